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
      seen("RST without ACK", "answer of a closed port (by default)", where: { $0.flags.contains(.rst) }) {
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
      wire("one ACK too few", "three-steps, table 3", counting: \.isPureAck) { $0 == 1 ? .vanish : .pass },
      wire("a challenge ACK that is missing", "answers to two SYNs in a row (tcp_invalid_ratelimit: 0)") {
        var answered: Set<Set<Endpoint>> = []
        return { departure in
          if isSynAck(departure.packet.segment) { answered.insert(departure.packet.connection) }
          return departure.packet.segment.isPureAck && answered.contains(departure.packet.connection)
            ? .vanish : .pass
        }
      },
      wire("no RST where nobody listens", "connect() where nobody listens (by default)") {
        { $0.packet.segment.flags.contains(.rst) ? .vanish : .pass }
      },
      wire("one ACK too many", "two-handshakes, table 4", counting: \.isPureAck) {
        $0 == 2 ? .double : .pass
      },
      wire("a FIN that comes late", "FIN of shutdown(WR) (by default)", counting: isFin) {
        $0 == 1 ? .vanish : .pass
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

  /// A wire that treats a segment by its place among those that are counted, from 1, in each connection: there may be
  /// others before the one that a ladder shows.
  private static func wire(
    _ name: String, _ expected: String..., counting isCounted: @escaping (Segment) -> Bool,
    fate: @escaping (Int) -> AlteredWire.Fate
  ) -> DeliberateChange {
    DeliberateChange(
      name: name,
      world: .wire {
        var counts: [Set<Endpoint>: Int] = [:]
        return { departure in
          guard isCounted(departure.packet.segment) else { return .pass }
          let count = counts[departure.packet.connection, default: 0] + 1
          counts[departure.packet.connection] = count
          return fate(count)
        }
      }, expected: expected)
  }
}

extension Packet {
  /// The two ends of its connection.
  fileprivate var connection: Set<Endpoint> { [source, destination] }
}
