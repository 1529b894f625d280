import Benches
import Documents
import Linux
import TCP
import Traces

/// What it costs to carry one segment: seen by nobody, looked up once, and watched by all observers.
enum Steps {
  private static let exchanges = 50
  private static let octets = 100

  static func measure() throws -> [Line] {
    let bare = try BareWire()
    let wire = try Wire(family: .ipv4)
    let all = Observers(on: wire)
    let one = Observers(on: wire, without: Set(ObserverKind.allCases).subtracting([.sockDiag]))
    let payload = [UInt8](repeating: 0x61, count: octets)
    let found = try Rounds.medians(
      of: "segments",
      [
        { try bare.exchange(exchanges, payload) },
        { try exchange(on: wire, one) },
        { try exchange(on: wire, all) },
      ])
    return [
      Line(name: "read and written, nothing else", nanoseconds: found[0]),
      Line(
        name: "a step, with sock_diag alone", nanoseconds: found[1],
        ratio: times(found[1], found[0]) + " as long"),
      Line(
        name: "a step, with all observers", nanoseconds: found[2],
        ratio: times(found[2], found[0]) + " as long"),
    ]
  }

  /// The same as ``BareWire/exchange(_:_:)``, as a scenario does it.
  private static func exchange(on wire: Wire, _ observers: Observers) throws -> Int64 {
    let connection = try Connection(
      on: wire, observers: observers, names: Both(left: "client", right: "server"), opener: .left)
    try connection.open()
    let before = segments(of: connection)
    let time = try Rounds.time {
      for _ in 0..<exchanges { try connection.exchange(octets) }
    }
    return time / Int64(max(1, segments(of: connection) - before))
  }

  private static func segments(of connection: Connection) -> Int {
    connection.log.events.count { $0.segment != nil }
  }
}

extension Connection {
  /// Each end sends once and reads what the other sent.
  func exchange(_ octets: Int) throws {
    for party in [Party.left, .right] {
      try call(.send(octets), by: party)
      try expect(party, SegmentPattern(isData: true))
      try call(.receive(octets), by: party.other)
    }
  }
}
