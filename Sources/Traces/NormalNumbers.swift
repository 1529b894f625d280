import Documents
import TCP

/// Sequence numbers and timestamps of a run's connections, relative to the first one of each direction.
struct NormalNumbers {
  /// The ports of the connection that the last segment belongs to: the left one's first.
  private var flow: [UInt16] = []
  private var flows: [[UInt16]] = []
  /// The first numbers of each direction, of the newest connection between these ports first.
  private var bases: [[UInt16]: Both<[SequenceNumber]>] = [:]

  /// Takes a segment that left, which may be the first of another connection.
  mutating func meet(_ segment: Segment, from party: Party, in bytes: Bytes) {
    if let ports = bytes.ports {
      flow = party == .left ? [ports.source, ports.destination] : [ports.destination, ports.source]
      if !flows.contains(flow) { flows.append(flow) }
    }
    var base = bases[flow] ?? Both([])
    if segment.flags.contains(.syn) ? base[party].first != segment.sequence : base[party].isEmpty {
      base[party].insert(segment.sequence, at: 0)
    }
    if base[party.other].isEmpty, let acknowledged = segment.acknowledged {
      base[party.other] = [acknowledged + -1]
    }
    bases[flow] = base
  }

  func text(of segment: Segment, from party: Party, bytes: Bytes?) -> String {
    let base = bases[flow] ?? Both([])
    // Of the newest connection nothing is said.
    let number = flows.firstIndex(of: flow) ?? 0
    var text = number + 1 < flows.count ? "#\(number + 1) " : ""
    // An RST in answer to a segment without an ACK has no number of its own (RFC 9293, section 3.10.7.1).
    let hasNone = segment.flags.contains(.rst) && segment.sequence.rawValue == 0
    text +=
      "\(segment.flags) "
      + (hasNone
        ? "none"
        : relative(segment.sequence, base[party], within: segment.flags.contains(.syn) ? 1 << 18 : 1 << 24))
    if segment.length > 0 { text += "(\(segment.length))" }
    if let acknowledged = segment.acknowledged { text += " ack \(relative(acknowledged, base[party.other]))" }
    text += " win \(segment.window)"
    for option in segment.options { text += " " + self.text(of: option, from: party) }
    if let bytes {
      if let mark = bytes.congestion, mark != 0 { text += " ecn \(mark)" }
    }
    return text
  }

  /// The number as the distance from the nearest first number before it.
  ///
  /// - Parameter limit: the largest distance. The number of another connection's SYN is any number: by chance it may lie as
  ///   near as data can.
  private func relative(
    _ number: SequenceNumber, _ bases: [SequenceNumber], within limit: Int = 1 << 24
  ) -> String {
    let distances = bases.enumerated().map { ($0.offset, number - $0.element) }
    let nearest = distances.filter { 0..<limit ~= $0.1 }.min { $0.1 < $1.1 }
    if let nearest { return (nearest.0 == 0 ? "" : "earlier ") + "\(nearest.1)" }
    if let first = distances.first, -(1 << 18)..<0 ~= first.1 { return "\(first.1)" }
    return number.rawValue == 0 ? "none" : "far"
  }

  private func text(of option: Option, from party: Party) -> String {
    let base = bases[flow] ?? Both([])
    switch option {
    case .sack(let blocks):
      return "sack "
        + blocks.map { "\(relative($0.left, base[party.other])):\(relative($0.right, base[party.other]))" }
        .joined(separator: " ")
    case .timestamps(_, let echo): return echo == 0 ? "TS ecr 0" : "TS"
    case .fastOpen(let cookie): return "TFO \(cookie.count)"
    // The signature of RFC 2385 is another one with each number and port.
    case .other(kind: 19, let body): return "option-19 \(body.count)"
    default: return "\(option)"
    }
  }
}

extension Bytes {
  private var headerLength: Int? {
    guard let first = array.first else { return nil }
    return first >> 4 == 4 ? Int(first & 0x0F) * 4 : first >> 4 == 6 ? 40 : nil
  }

  /// The ports of the segment in this packet.
  fileprivate var ports: (source: UInt16, destination: UInt16)? {
    guard let start = headerLength, array.count >= start + 4 else { return nil }
    return (
      UInt16(array[start]) << 8 | UInt16(array[start + 1]),
      UInt16(array[start + 2]) << 8 | UInt16(array[start + 3])
    )
  }

  /// The ECN field of the IP header (RFC 3168 section 5).
  fileprivate var congestion: UInt8? {
    guard let first = array.first, array.count > 1 else { return nil }
    return first >> 4 == 4 ? array[1] & 3 : array[1] >> 4 & 3
  }
}
