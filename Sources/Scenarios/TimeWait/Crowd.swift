import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Any number of connections in TIME_WAIT.
  package static let crowd = Scenario(
    "a crowd in TIME_WAIT",
    Declaration(
      [
        .crowd, .connectionsInTimeWait, .destinations, .memoryOfOne, .memoryGrowth, .tableReading,
        .timeToMake,
      ], under: [[.count(1000)]],
      isRecorded: false,
      isObserved: false, needs: [.namespace])
  ) { try $0.runCrowd(under: $1) }
}

extension Figure {
  fileprivate static let crowd = Figure("TIME_WAITs of many closed connections", .operators)
}

extension Connection {
  /// Connections are made and closed until so many are in TIME_WAIT, and what they cost is looked at.
  ///
  /// On a loopback of its own, whatever the bench: on a wire each segment would go through the probe's hands.
  fileprivate func runCrowd(under conditions: [Condition]) throws {
    let count = conditions.lazy.compactMap { $0.name == "connections" ? Int($0.value) : nil }.first ?? 1000
    let name = Figure.crowd
    let figures = CrowdFigures()
    let crowd = try gather(count, under: conditions)
    let took = Clock.monotonic() - figures.began
    let held = try crowdStep("count what is in TIME_WAIT") { try crowd.inTimeWait(expecting: count) }
    if crowd.total < count {
      cannotMeasure(
        name, because: .other("after \(crowd.total) the first were about to go: --count \(crowd.total / 2)"))
    } else {
      measure(
        name, held == count ? "one for each" : .words("\(held) of \(count)"),
        "/proc/net/sockstat of the namespace",
        proof: [])
    }
    for figure in figures.all(held, of: crowd, family: bench.family, took: took) {
      measure(figure.figure, figure.value, figure.source, proof: [])
    }
  }
}
