import Benches
import Grounds
import TCP

extension DeliberateChange {
  static var wires: [DeliberateChange] {
    [
      seen("a FIN without ACK", "three-steps, table 5", where: isFin) { $0.flags.remove(.ack) },
      seen("the number of a FIN off by one", "three-steps, table 5", where: isFin) {
        $0.sequence = $0.sequence + 1
      },
      seen("the ACK of a FIN off by one", "three-steps, table 5", where: { $0.isPureAck }) {
        $0.acknowledgment = $0.acknowledgment + 1
      },
      seen("the ACK of data off by one", "three-steps, table 3", where: { $0.isPureAck }) {
        $0.acknowledgment = $0.acknowledgment + 1
      },
      seen("a SYN that asks for ECN", "flags of the handshake (by default)", where: isSyn) {
        $0.flags.formUnion([.ece, .cwr])
      },
      seen("RST without ACK", "answer where nobody listens (by default)", where: { $0.flags.contains(.rst) })
      {
        $0.flags.remove(.ack)
      },
      seen("a SYN without the option of timestamps", "options of a SYN (by default)", where: isSyn) {
        segment in
        segment.options.removeAll { if case .timestamps = $0 { true } else { false } }
      },
      seen("a SYN+ACK with another MSS", "MSS option of a SYN+ACK (by default)", where: isSynAck) { segment in
        segment.options = segment.options.map {
          if case .maximumSegmentSize = $0 { .maximumSegmentSize(536) } else { $0 }
        }
      },
      seen("data that is one byte shorter", "three-steps, table 3", where: { $0.length == 100 }) {
        $0.length = 99
      },
      seen("a SYN with another window", "window of a SYN (by default)", where: isSyn) { $0.window = 1000 },
      wire("one ACK too few", "three-steps, table 3") {
        var isFirst = true
        return { departure in
          guard departure.packet.segment.isPureAck, isFirst else { return .pass }
          isFirst = false
          return .vanish
        }
      },
      wire("a challenge ACK that is missing", "answers to two SYNs in a row (tcp_invalid_ratelimit: 0)") {
        var synAcks = 0
        return { departure in
          if isSynAck(departure.packet.segment) { synAcks += 1 }
          return departure.packet.segment.isPureAck && synAcks > 0
            && departure.packet.source.address != departure.packet.destination.address
            ? .vanish : .pass
        }
      },
      wire("no RST where nobody listens", "connect() where nobody listens (by default)") {
        { $0.packet.segment.flags.contains(.rst) ? .vanish : .pass }
      },
      wire("one ACK too many", "two-handshakes, table 4") {
        var count = 0
        return { departure in
          guard departure.packet.segment.isPureAck else { return .pass }
          count += 1
          return count == 2 ? .double : .pass
        }
      },
      wire("a FIN that comes late", "FIN of shutdown(WR) (by default)") {
        var isFirst = true
        return { departure in
          guard isFin(departure.packet.segment), isFirst else { return .pass }
          isFirst = false
          return .vanish
        }
      },
    ]
  }

  private static func isFin(_ segment: Segment) -> Bool { segment.flags.contains(.fin) }
  private static func isSynAck(_ segment: Segment) -> Bool { segment.flags.isSuperset(of: [.syn, .ack]) }
  private static func isSyn(_ segment: Segment) -> Bool {
    segment.flags.contains(.syn) && !segment.flags.contains(.ack)
  }

  /// A kernel that sends another segment than it did.
  private static func seen(
    _ name: String, _ expected: String..., where matches: @escaping (Segment) -> Bool,
    change: @escaping (inout Segment) -> Void
  ) -> DeliberateChange {
    DeliberateChange(
      name: name,
      world: .wire {
        { departure in
          guard matches(departure.packet.segment) else { return .pass }
          change(&departure.packet.segment)
          // What carries options is to arrive so, too.
          if departure.packet.segment.flags.contains(.syn) { departure.bytes = departure.packet.bytes }
          return .pass
        }
      }, expected: expected)
  }

  private static func wire(
    _ name: String, _ expected: String..., rule: @escaping () -> AlteredWire.Rule
  ) -> DeliberateChange {
    DeliberateChange(name: name, world: .wire(rule), expected: expected)
  }
}
