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
    guard let situation = try situation(of: conditions) else { return }
    try sibling { connection in
      let subject = try connection.bring(into: situation)
      connection.log.record(.rung(index: 0))
      guard let socket = subject.socket else { throw NotMeasurable(reason: "there is no socket") }
      let proof = [connection.log.lastLook(at: subject.party)]
      connection.measure(
        .poll, try connection.answer(giving: { .words("\(try socket.value.polled())") }),
        "the bits of revents, where all were asked for", proof: proof)
      connection.measure(
        .epoll, try connection.answer(giving: { .words("\(try socket.value.epolled())") }),
        "the bits of events, level-triggered, where all were asked for", proof: proof)
    }
  }
}
