import Claims
import Documents

/// The reason why a connection ended, in words.
struct EndingWords {
  let ending: Ending
  let names: Both<String>

  /// The party that the kind is about, and the other one.
  private var own: String { names[ending.party] }
  private var other: String { names[ending.party.other] }
  private var isInferred: Bool { ending.isInferred }

  /// True if a text leaves out what would tell the reason.
  private var isUntold: Bool {
    ending.remarks.contains { if case .untold = $0 { true } else { false } }
  }

  private var octets: String { bytes(ending.proofs.first { $0.role == .data }?.octets ?? 0) }

  /// One line, as a list of connections has it.
  var headline: String {
    switch ending.kind {
    case .noAnswer: "\(other) never answered: the connection was not made"
    case .refused: "\(other) refused the connection"
    case .unreachable: "\(other) cannot be reached, an ICMP error says"
    case .neverAcknowledged: "\(own) never answered the SYN+ACK of \(other)"
    case .openerReset: "\(own) answered the SYN+ACK with RST"
    case .closed: "closed in the ordinary way; \(own) closed first"
    case .closedByBoth: "closed in the ordinary way, by both ends at the same time"
    case .lastAckMissing: "both ends closed, but the ACK of one FIN is missing"
    case .unreadData:
      "\(own) sent RST: it \(isInferred ? "probably " : "")had not read all of the last \(octets)"
    case .lateWrite: "\(other) wrote to \(own), which had closed already"
    case .unknownConnection:
      "the host of \(own) \(isInferred ? "probably " : "")did not know the connection any more"
    case .aborted: "\(own) aborted the connection with RST"
    case .keepAliveReset: "\(own) gave up: \(other) did not answer its keep-alive probes"
    case .retransmissionReset: "\(own) gave up: \(other) did not acknowledge what it sent"
    case .retransmissionsUnanswered: "\(other) does not acknowledge what \(own) sends again and again"
    case .finUnanswered: "\(other) does not acknowledge the FIN of \(own)"
    case .keepAlivesUnanswered: "\(other) does not answer the keep-alive probes of \(own)"
    case .zeroWindow: "\(own) does not read: its window is 0, and \(other) must wait"
    case .halfClosed: "\(own) has closed, \(other) has not"
    case .undecided where isUntold: "undecided: the text leaves out what would show why it ended"
    case .undecided: "undecided: no packet ends the connection"
    }
  }

  /// The course of events, and what to look at.
  var explanation: String {
    switch ending.kind {
    case .noAnswer:
      "No packet came back to the SYN. A firewall that drops, a host that is down, a wrong address, or a listener whose"
        + " queue is full looks like this. A capture at \(other) would tell whether the SYN arrives there. connect() fails"
        + " with ETIMEDOUT."
    case .refused:
      "Nothing listens on that port, or a firewall answers in its place. connect() fails with ECONNREFUSED."
    case .unreachable: "The ICMP error ends connect() at once if it is about the host or the port."
    case .neverAcknowledged:
      "Either the SYN+ACK or its ACK is lost on the way, the address of the opener is not its own (a SYN flood), or the"
        + " capture does not see one direction."
    case .openerReset:
      "The program or the host of the opener did not want the connection any more: it had given up (closed the socket"
        + " during connect()), it was restarted, or it only scans ports."
    case .closed: "Both FINs were acknowledged. \(own) waits in TIME_WAIT for about a minute."
    case .closedByBoth: "The two FINs crossed, and both were acknowledged. Both ends wait in TIME_WAIT."
    case .lastAckMissing:
      "No packet acknowledges the FIN of \(other), which repeats it until it gives up; no data is lost by that."
        + (isInferred ? " The capture may also have ended just before the ACK." : "")
    case .unreadData:
      "The program closed its socket, or ended, while data that had arrived was still unread. TCP then sends RST in place"
        + " of FIN, and \(other) may lose data that was on its way to it (ECONNRESET)."
        + (isInferred
          ? " Inferred: a capture does not show what a program reads; SO_LINGER with 0 seconds looks the same."
          : "")
    case .lateWrite:
      "After the FIN nobody reads there, so the data was answered with RST. Nothing of it was read. The next write() of"
        + " \(other) fails with EPIPE; read() returns end of stream."
    case .unknownConnection:
      "The RST has no ACK: it answers a segment for which its host has no socket. The host was restarted, the socket was"
        + " given up after a timeout, or a firewall or NAT device forgot the connection."
        + (isInferred ? " Inferred: the capture has no such segment." : "")
    case .aborted:
      "It sent RST on its own, with nothing unread as far as the capture shows. SO_LINGER with 0 seconds, or a program"
        + " that was killed, or a firewall that ends connections does this."
    case .keepAliveReset:
      "The other host was down or could not be reached; nothing else was sent. The program gets ETIMEDOUT."
        + (isInferred
          ? " One probe is little: the program may have sent the RST itself, with SO_LINGER." : "")
    case .retransmissionReset:
      "What it sent was repeated and never acknowledged. The other host was down or could not be reached."
    case .retransmissionsUnanswered, .finUnanswered:
      (ending.kind == .finUnanswered
        ? "The FIN was repeated, and nothing came back."
        : "The segments were repeated, and nothing came back.")
        + " The host of \(other) is down, the way there or back is broken, or the capture does not see one direction."
        + (isInferred
          ? " One repetition is little: the answer may have come behind the end of the capture." : "")
    case .keepAlivesUnanswered:
      "The host of \(other) is down or cannot be reached"
        + (isInferred ? ", or the answer came behind the end of the capture." : ".")
    case .zeroWindow:
      "Its receive buffer is full because its program does not read. Look at that program. TCP alone never ends such a"
        + " connection: \(other) goes on asking."
        + (isInferred ? " No probe passed: \(other) may have nothing to send." : "")
    case .halfClosed:
      "\(other) has received the FIN and is in CLOSE_WAIT. If it sends nothing more, its program has not called close():"
        + " no timer of TCP ends that."
    case .undecided where isUntold:
      "A capture file of the same packets would show it: tcpdump -w FILE, and then tcpprobe explain FILE."
    case .undecided:
      "As far as the capture shows, the connection is still open, or it ended where the capture does not see it."
    }
  }
}

/// `1 byte`, `1,200 bytes`.
func bytes(_ count: Int) -> String { counted(count, "byte") }
