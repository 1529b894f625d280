import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// As many connections in TIME_WAIT as one wants.
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

  /// All ports to one destination are in TIME_WAIT.
  package static let usedUpPorts = Scenario(
    "ports used up by TIME_WAIT",
    Declaration(
      [
        .ports,
        .usedUp,
        .elsewhere,
        .reuse,
      ], isRecorded: false, isObserved: false, needs: [.namespace])
  ) { try $0.runUsedUpPorts(under: $1) }
}

extension Figure {
  fileprivate static let crowd = Figure("TIME_WAITs of many closed connections", .operators)
  fileprivate static let ports = Figure(
    "ports to one destination", .operators, settings: ["ip_local_port_range"])
  fileprivate static let usedUp = Figure(
    "connect() when each port to a destination is in TIME_WAIT", .operators)
  fileprivate static let elsewhere = Figure("connect() to another destination at that moment", .operators)
  fileprivate static let reuse = Figure("connect() at that moment with tcp_tw_reuse at 2", .operators)
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

  /// All ports to one destination are in TIME_WAIT, and one more is asked for.
  fileprivate func runUsedUpPorts(under conditions: [Condition]) throws {
    let began = Clock.monotonic()
    let crowd = try gather(nil, under: conditions)
    guard !crowd.refusals.isEmpty || crowd.total >= 2 * crowd.ports.count else {
      throw NotMeasurable(reason: .disturbed("after \(crowd.total) the first were about to go"))
    }
    let source = "connect() without bind(), with tcp_tw_reuse at 0"
    try crowdStep("connect once more") {
      measure(.ports, .count(crowd.made[0]), "connections until connect() failed", proof: [])
      measure(.usedUp, try crowd.connecting(to: 0), source, proof: [])
      measure(.elsewhere, try crowd.connectingElsewhere(), source, proof: [])
      // Some must have been in TIME_WAIT for as long as that.
      let delay = try crowd.allowReuse()
      Clock.sleep(until: began + delay)
      measure(.reuse, try crowd.connecting(to: 0), "connect() without bind()", proof: [])
    }
  }

  /// Makes so many in TIME_WAIT, or as many as one destination has ports for.
  private func gather(_ count: Int?, under conditions: [Condition]) throws -> Crowd {
    let began = Clock.monotonic()
    var elapsed: Int64 { Clock.monotonic() - began }
    let settings = conditions.filter { $0.name.contains("_") }.map { ("net.ipv4." + $0.name, $0.value) }
    let crowd = try crowdStep("make room for connections in TIME_WAIT") {
      try Crowd(of: count ?? CrowdLimit.ports, bench.family, settings: settings)
    }
    while true {
      if Signals.isPending { throw Interrupted() }
      // Where ports come back before the last is taken, there is no end to it.
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

  private func crowdStep<R>(_ step: String, _ body: () throws -> R) throws -> R {
    do { return try body() } catch { throw BenchError(step: step, reason: "\(error)") }
  }
}
