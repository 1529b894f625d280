import TCP

/// An exchange as programs print it.
extension Exchange {
  /// The lines of `tcpdump -n`: numbers behind the first of each end are relative, and an ACK without data has none.
  package var tcpdumpLines: [String] {
    var bases: [Endpoint: UInt32] = [:]
    return packets.map { packet, time in
      let segment = packet.segment
      let (source, destination) = (packet.source, packet.destination)
      let isFirst = bases.isEmpty
      var (sequence, acknowledgment) = (segment.sequence.rawValue, segment.acknowledgment.rawValue)
      if isFirst {
        bases[source] = sequence
        if segment.flags.contains(.ack) { bases[destination] = acknowledgment }
      } else if segment.flags.contains(.syn) {
        bases[source] = sequence
      } else {
        sequence &-= bases[source] ?? 0
        if let base = bases[destination] { acknowledgment &-= base }
      }
      let names: [(Flags, String)] = [(.fin, "F"), (.syn, "S"), (.rst, "R"), (.psh, "P"), (.ack, ".")]
      let letters = names.filter { segment.flags.contains($0.0) }.map(\.1).joined()
      let length = packet.payload.count
      var line =
        "\(Self.clock(time)) IP \(Self.dotted(source)) > \(Self.dotted(destination)): Flags [\(letters)]"
      if length > 0 || !segment.flags.isDisjoint(with: [.syn, .fin, .rst]) {
        line += ", seq \(sequence)" + (length > 0 ? ":\(sequence &+ UInt32(length))" : "")
      }
      if segment.flags.contains(.ack) { line += ", ack \(acknowledgment)" }
      return line + ", win \(segment.window), length \(length)"
    }
  }

  /// The lines of tshark: all numbers are relative, and every line has all of them.
  package var tsharkLines: [String] {
    var bases: [Endpoint: UInt32] = [:]
    return packets.enumerated().map { index, sent in
      let (packet, time) = sent
      let segment = packet.segment
      if bases[packet.source] == nil {
        bases[packet.source] = segment.sequence.rawValue &- (segment.flags.contains(.syn) ? 0 : 1)
      }
      if bases[packet.destination] == nil, segment.flags.contains(.ack) {
        bases[packet.destination] = segment.acknowledgment.rawValue &- 1
      }
      let names: [(Flags, String)] = [
        (.fin, "FIN"), (.syn, "SYN"), (.rst, "RST"), (.psh, "PSH"), (.ack, "ACK"),
      ]
      let flags = names.filter { segment.flags.contains($0.0) }.map(\.1).joined(separator: ", ")
      let sequence = segment.sequence.rawValue &- (bases[packet.source] ?? 0)
      var line = "\(index + 1) \(Double((time - Self.time) / 1000) / 1e6) \(packet.source.address)"
      line += " → \(packet.destination.address) TCP 60 \(packet.source.port) → \(packet.destination.port)"
      line += " [\(flags)] Seq=\(sequence)"
      if segment.flags.contains(.ack) {
        line += " Ack=\(segment.acknowledgment.rawValue &- (bases[packet.destination] ?? 0))"
      }
      return line + " Win=\(segment.window) Len=\(packet.payload.count)"
    }
  }

  private static func dotted(_ end: Endpoint) -> String { "\(end.address).\(end.port)" }

  /// `00:00:01.001000` behind the first packet.
  private static func clock(_ time: Int64) -> String {
    func padded(_ number: Int64, _ width: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let (seconds, micros) = ((time - Self.time) / 1_000_000_000, (time - Self.time) / 1000 % 1_000_000)
    return padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2) + ":" + padded(seconds % 60, 2)
      + "." + padded(micros, 6)
  }
}
