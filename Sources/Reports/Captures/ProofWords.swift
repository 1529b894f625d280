import Claims
import Documents

extension Ending.Proof {
  /// `4, 6, 7 and 12 more`: the numbers of its packets.
  var numbers: String {
    let shown = packets.prefix(4).map(String.init).joined(separator: ", ")
    return packets.count > 4 ? "\(shown) and \(packets.count - 4) more" : shown
  }

  /// A sentence about its packets.
  func words(names: Both<String>, unicode: Bool) -> String {
    let (own, other) = (names[party], names[party.other])
    let wait = nanoseconds.map { readable(nanoseconds: $0, unicode: unicode) }
    let within = wait.map { " within \($0)" } ?? ""
    let times = packets.count == 1 ? "once" : "\(packets.count) times"
    switch role {
    case .syn: return "\(own) sends SYN"
    case .synAck: return "\(own) answers with SYN+ACK"
    case .synAgain: return "\(own) sends the SYN again, \(times)\(within)"
    case .synAckAgain: return "\(own) sends the SYN+ACK again, \(times)\(within)"
    case .fin: return "\(own) sends FIN"
    case .finAcknowledged: return "\(own) acknowledges the FIN"
    case .finAgain: return "\(own) sends the FIN again, \(times)\(within)"
    case .rst: return "\(own) sends RST"
    case .icmp: return "an ICMP error about the segment of \(own)"
    case .data: return "\(own) sends \(bytes(octets ?? 0))"
    case .lastOwnData: return "\(own) sends \(bytes(octets ?? 0)), its last data"
    case .lateData: return "\(own) sends \(bytes(octets ?? 0)) behind the FIN of \(other)"
    case .trigger: return "\(own) sends a segment of the connection"
    case .closedWindow:
      return "\(own) tells a window of 0" + (wait.map { ", and for \($0) none above it" } ?? "")
    case .windowProbes: return "\(own) asks whether the window is open, \(times)"
    case .retransmissions: return "\(own) repeats what it sent, \(times)\(within)"
    case .keepAlives: return "\(own) sends keep-alive probes, \(times)"
    case .lastHeard: return "the last packet of \(own)"
    }
  }
}

extension Ending.Remark {
  /// - Parameter packet: the word for a packet with its number: `line` of a text.
  func words(names: Both<String>, packet unit: String, unicode: Bool) -> String {
    switch self {
    case .beganBefore: "The connection began before the capture."
    case .unheard(let party):
      "No packet of \(names[party]) was captured, and \(names[party.other]) acknowledges some: the capture does not see"
        + " that direction, or began later."
    case .omitted(let count): "Counted and not kept: \(segments(count)) in its middle."
    case .retransmissions(let party, let count):
      "\(names[party]) sent \(segments(count)) again: lost behind the capture point, or their ACKs were."
    case .gapsFilled(let party, let count):
      "\(segments(count)) of \(names[party]) came out of order: lost before the capture point, or overtaken."
    case .unseen(let party, let octets):
      "The capture is not complete: without \(bytes(octets)) of \(names[party]) that were acknowledged."
    case .superSegments(let party, let count):
      "\(segments(count)) of \(names[party]) larger than a packet may be: the network device cuts or joins them"
        + " (offload). On the wire there were more."
    case .copies(let count):
      "\(counted(count, "packet")) passed a second interface of the capture; each is counted once."
    case .lateReset(let party, let packet):
      "The RST of \(names[party]) (\(unit) \(packet)) came behind the close: it changed nothing."
    case .uselessReset(let party, let packet):
      "\(names[party]) went on behind its RST (\(unit) \(packet)): the RST was probably injected, as firewalls do."
    case .windowWasClosed(let party, let packet):
      "The window of \(names[party]) was 0 since \(unit) \(packet): nobody read there."
    case .ackLost(let party, let packets):
      "\(names[party]) repeated its FIN (\(unit) \(packets.map(String.init).joined(separator: ", "))) after its ACK had"
        + " passed: that ACK was lost behind the capture point."
    case .crossed: "The data had left before the FIN could be known."
    case .untold(.lengths):
      "The text does not give the length of each segment with data, and the numbers around them do not show it."
    case .untold(.numbers):
      "The text does not give the sequence number of each segment with data, or of the RST: a repetition cannot be told"
        + " from new data."
    case .untold(.probes):
      "The text gives ACKs without sequence numbers: they may be keep-alive probes that nobody answered."
    case .captureGoesOn(let time):
      "The capture goes on for \(readable(nanoseconds: time, unicode: unicode)) behind its last packet."
    case .nextConnection(let number): "The same two ports are used again by connection \(number)."
    }
  }
}

/// `1 segment`, `1,200 segments`.
func segments(_ count: Int) -> String { counted(count, "segment") }
