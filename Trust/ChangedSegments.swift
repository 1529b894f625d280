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
      seen("a SYN that asks for ECN", "flags of the handshake", where: isSyn) {
        $0.flags.formUnion([.ece, .cwr])
      },
      seen("RST without ACK", "answer where nobody listens", where: { $0.flags.contains(.rst) }) {
        $0.flags.remove(.ack)
      },
      wire("no RST where nobody listens", "connect() where nobody listens") {
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
      wire("a FIN that comes late", "FIN of close()", "FIN of shutdown(WR)") {
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
          if matches(departure.packet.segment) { change(&departure.packet.segment) }
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
