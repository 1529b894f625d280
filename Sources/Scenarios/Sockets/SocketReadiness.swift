import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// The events that poll() and epoll report.
  package static let readiness = Scenario(
    "poll and epoll",
    Declaration(
      [.poll, .epoll], under: everywhere,
      given: smallBuffers(in: whereFull), isDrawn: false)
  ) { try $0.runReadiness(under: $1) }
}

extension Figure {
  fileprivate static let poll = Figure("poll()", .programs)
  fileprivate static let epoll = Figure("epoll_wait()", .programs)
}

extension Connection {
  /// A socket in each situation, and what a program that waits for events is told of it.
  fileprivate func runReadiness(under conditions: [Condition]) throws {
    let names: [Figure] = [.poll, .epoll]
    guard let situation = situation(of: conditions, measuring: names) else { return }
    let subject = try bring(into: situation)
    log.record(.rung(index: 0))
    guard let socket = subject.socket else { return }
    let proof = [lastLook(at: subject.party)]
    measure(
      names[0], try answer(giving: { .words("\(try socket.value.polled())") }),
      "the bits of revents, where all were asked for", proof: proof)
    measure(
      names[1], try answer(giving: { .words("\(try socket.value.epolled())") }),
      "the bits of events, level-triggered, where all were asked for", proof: proof)
  }
}
