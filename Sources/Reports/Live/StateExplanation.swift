import Documents
import TCP

/// Two sentences on a state that an end is in, true of Linux: its meaning, and the segment or call that leads on.
package struct StateExplanation: Equatable, Sendable {
  package var meaning: String
  package var way: String

  /// - Parameters:
  ///   - end: as the kernel reports it.
  ///   - other: the name of the other end.
  package init(of end: LiveView.End, other: String) {
    (meaning, way) = StateExplanation.sentences(of: end, other)
  }

  private static func sentences(of end: LiveView.End, _ other: String) -> (String, String) {
    let isOrphan = !end.hasDescriptor
    switch end.state {
    case .closed:
      if end.hasDescriptor {
        return (
          "The program has a descriptor without a connection: it was refused, reset, or has ended.",
          "Only close() is possible; until then send() and recv() return the error or the end of the stream."
        )
      }
      return (
        "The kernel has no socket for this connection, and answers what arrives for it with RST, but for a SYN where a program"
          + " listens.",
        "connect() begins a connection, after close() with a new socket at the same port."
      )
    case .listen:
      return (
        "The program waits for connections, and there is none yet.",
        "A SYN from \(other) makes an entry in SYN_RECV beside the listening socket, which stays as it is."
      )
    case .synSent:
      return (
        "The SYN has left, and connect() is not finished; without an answer the kernel retransmits the SYN.",
        "SYN+ACK from \(other) leads to ESTABLISHED, RST with the right ACK to CLOSED (ECONNREFUSED), and SYN alone to"
          + " SYN_RECV."
      )
    case .synReceived:
      return (
        "The SYN has come and SYN+ACK has left"
          + (isOrphan
            ? "; the kernel keeps a small entry that no program sees yet."
            : ": both ends have called connect()."),
        "ACK from \(other) leads to ESTABLISHED, RST to CLOSED; until then the kernel retransmits the SYN+ACK."
      )
    case .established:
      return (
        "The connection is open: both programs may send and receive.",
        "close() or shutdown(WR) sends FIN and leads to FIN_WAIT_1 (close() with unread data sends RST instead); FIN from"
          + " \(other) leads to CLOSE_WAIT."
      )
    case .finWait1:
      return (
        "The FIN has left and is not acknowledged yet; the kernel retransmits it.",
        "Its ACK leads to FIN_WAIT_2; FIN from \(other) leads to TIME_WAIT if it also acknowledges this FIN, else to CLOSING."
      )
    case .finWait2:
      return (
        isOrphan
          ? "The FIN is acknowledged, and the program has called close(): the kernel waits for the other FIN no longer than"
            + " tcp_fin_timeout."
          : "The FIN is acknowledged, and the program still holds the socket: there is no timer, and this may last forever.",
        "FIN from \(other) leads to TIME_WAIT; data from \(other) is "
          + (isOrphan ? "answered with RST." : "still received.")
      )
    case .closeWait:
      return (
        "FIN from \(other) has come: recv() returns 0 after the data, send() still works, and no timer ends this state.",
        "The state changes only at a call: close() or shutdown(WR) sends FIN and leads to LAST_ACK"
          // The FIN itself counts as one.
          + (end.receiveQueue > 1 ? "; close() with this data unread sends RST instead." : ".")
      )
    case .closing:
      return (
        "Both FINs have left and crossed: the other one has come, and the own one is not acknowledged.",
        "The ACK of the own FIN leads to TIME_WAIT; without it the kernel retransmits the FIN."
      )
    case .lastAck:
      return (
        "Both FINs have left, the other one first; only the ACK of the own one is missing.",
        "This ACK leads to CLOSED, and nothing is left; without it the kernel retransmits the FIN."
      )
    case .timeWait:
      return (
        "Both FINs are acknowledged, and this end closed first or at the same time: for 60 s it can repeat a lost last ACK,"
          + " and old segments do no harm.",
        "The timer leads to CLOSED, and so does an RST that fits; a retransmitted FIN is acknowledged, and the 60 s restart."
          + " connect() from this port ends it early: timestamps tell new segments from old."
      )
    }
  }
}

extension LiveView {
  /// The present state of both ends, explained.
  package var explanations: [Paragraph] {
    Party.allCases.map { party in
      let explanation = StateExplanation(of: ends[party], other: names[party.other])
      let state = ends[party].state.rawValue
      return Paragraph("\(names[party]), \(state): \(explanation.meaning) \(explanation.way)")
    }
  }
}
