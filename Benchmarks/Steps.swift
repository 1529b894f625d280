import Benches
import TCP

/// The cost of one segment of a page that `tcpprobe check` runs, beside a segment that is only read and written.
enum Steps {
  private static let exchanges = 50
  private static let octets = 100

  static func measure(_ limit: TimeLimit) throws -> [Line] {
    let bare = try BareWire()
    let payload = [UInt8](repeating: 0x61, count: octets)
    let page = MeasuredPage(exchanges: exchanges, octets: octets)
    var segments = 0
    let found = try Rounds.medians(
      of: "segments", within: limit,
      [
        { try bare.exchange(exchanges, payload) },
        {
          let wire = try Wire(family: .ipv4)
          let time = try Rounds.time { segments = try page.check(on: wire).segmentCount }
          return time / Int64(max(1, segments))
        },
      ])
    return [
      Line(name: "read and written, nothing else", nanoseconds: found[0]),
      Line(
        name: "read, run and judged as by check", nanoseconds: found[1],
        ratio: "\(times(found[1], found[0])) as long; a page of \(segments) segments"),
    ]
  }
}
