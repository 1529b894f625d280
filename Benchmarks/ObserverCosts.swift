import Benches
import Documents
import TCP
import Traces

/// The time that each observer adds to a ladder whose connection is opened, used once and closed.
enum ObserverCosts {
  /// Each round's.
  private static let count = 10
  private static let page = MeasuredPage(exchanges: 1, octets: 100)

  static func measure(_ limit: TimeLimit) throws -> [Line] {
    let wire = try Wire(family: .ipv4)
    let all = Observers(on: wire)
    let kinds = all.reports(on: wire).filter { $0.ran && $0.kind != wire.segmentObserver.kind }.map(\.kind)
    let left = [[]] + kinds.map { Set([$0]) }
    let found = try Rounds.medians(
      of: "ladders", within: limit, left.map { left in { try ladders(without: left) } })
    let whole = found[0]
    // Every wait looks the socket up: where sock_diag may not, /proc/net/tcp is read instead, which costs more.
    let lines = zip(kinds, found.dropFirst()).map { kind, without in
      Line(
        name: "\(kind.rawValue) adds", nanoseconds: max(0, whole - without),
        ratio: whole > without
          ? "\(percent(whole - without, of: without)) more than without it"
          : kind == .sockDiag ? "without it, waits read /proc/net/tcp" : "too little to see")
    }
    let missing = ObserverKind.allCases.filter { !kinds.contains($0) && $0 != wire.segmentObserver.kind }
    if !missing.isEmpty { say("  not here: " + missing.map(\.rawValue).joined(separator: ", ")) }
    return [Line(name: "with all observers", nanoseconds: whole)] + lines
  }

  /// On new hosts each time: a connection leaves a TIME_WAIT, and /proc/net/tcp is read from its beginning.
  private static func ladders(without left: Set<ObserverKind>) throws -> Int64 {
    let runner = Runner(on: try Wire(family: .ipv4), without: left)
    let time = try Rounds.time {
      for _ in 0..<count {
        guard try page.run(by: runner).end == .finished else {
          throw NotMeasured(description: "a ladder was not run to its end")
        }
      }
    }
    return time / Int64(count)
  }

  private static func percent(_ part: Int64, of whole: Int64) -> String {
    let tenths = part * 1000 / max(1, whole)
    return "\(tenths / 10).\(tenths % 10) %"
  }
}
