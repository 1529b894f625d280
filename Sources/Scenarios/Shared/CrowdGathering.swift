import Benches
import Documents
import Linux
import TCP
import Traces

/// Many connections in TIME_WAIT, made one by one.
extension Connection {
  /// Makes so many in TIME_WAIT, or as many as one destination has ports for.
  func gather(_ count: Int?, under conditions: [Condition]) throws -> Crowd {
    let began = Clock.monotonic()
    var elapsed: Int64 { Clock.monotonic() - began }
    let crowd = try crowdStep("make room for connections in TIME_WAIT") {
      try Crowd(of: count ?? CrowdLimit.ports, bench.family, settings: conditions.settings)
    }
    while true {
      if Signals.isPending { throw Interrupted() }
      // Ports that come back before the last is taken would let it go on for ever.
      let goesOn = crowd.refusals.isEmpty && crowd.total < 2 * crowd.ports.count
      let wanted = count ?? (goesOn ? crowd.total + 250 : crowd.total)
      // Behind that the first of them would be gone.
      guard crowd.total < wanted, elapsed < 58_000_000_000 else { return crowd }
      try crowdStep("make connection \(crowd.total + 1)") { try crowd.make(min(250, wanted - crowd.total)) }
      if elapsed > 2_000_000_000 {
        waiting.progress("\(crowd.total)\(count.map { " of \($0)" } ?? "") connections are in TIME_WAIT")
      }
    }
  }

  func crowdStep<R>(_ step: String, _ body: () throws -> R) throws -> R {
    do { return try body() } catch { throw BenchError(step: step, reason: "\(error)") }
  }
}
