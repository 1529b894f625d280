import Benches
import Documents
import Linux
import TCP
import Traces

extension Stage {
  /// A socket in each situation, and what a program that waits for events is told of it.
  func playReadiness(under conditions: [Condition]) throws {
    let names = ["poll()", "epoll_wait()"]
    guard let situation = situation(of: conditions, measuring: names) else { return }
    let subject = try bring(into: situation)
    recorder.record(.rung(index: 0))
    guard let socket = subject.socket else { return }
    let proof = [lastLook(at: subject.party)]
    measure(
      names[0], try answer(giving: { "\(try socket.value.polled())" }),
      "the bits of revents, where all were asked for", proof: proof)
    measure(
      names[1], try answer(giving: { "\(try socket.value.epolled())" }),
      "the bits of events, level-triggered, where all were asked for", proof: proof)
  }
}
