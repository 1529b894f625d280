import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// One thread waits in a call, another ends the socket.
  package static let waitingCalls = Scenario(
    "waiting calls",
    Declaration(
      EndingCall.allCases.map(\.figure),
      under: ["accept()", "connect()", "recv()", "send()", "poll()", "epoll_wait()"].map { [.waiting($0)] },
      given: smallBuffers(in: .underAny([.waiting("send()")])), isDrawn: false,
      needs: [.wire(in: .underAny([.waiting("connect()")]))],
      timed: .init("the thread that sends", in: .underAny([.waiting("send()")])))
  ) { try $0.runWaitingCalls(under: $1) }
}

extension EndingCall {
  /// The figure of a call that waits when this one is made.
  fileprivate var figure: Figure {
    let busy = Known(
      "Some kernels since Linux 6.1 refuse it with EBUSY while a call waits.", .between("6.0", "6.7"))
    return Figure(
      "blocked call when another thread calls \(rawValue)", formerly: ["a waiting call at \(rawValue)"],
      .programs,
      known: self == .disconnect ? busy : nil)
  }
}

extension Connection {
  /// One thread of a program waits in a call, and another ends the same socket, in each of the ways that there are.
  fileprivate func runWaitingCalls(under conditions: [Condition]) throws {
    guard let kind = conditions.waitingCall else { return }
    waiting.isPatient = true
    waiting.heedsTimers = true
    for way in EndingCall.allCases {
      try sibling { connection in
        let subject = try connection.bring(into: kind.situation)
        if kind == .connect { connection.path.loseEverything() }
        let value = try connection.outcome(of: kind, at: subject, endedBy: way)
        try connection.look()
        measure(
          way.figure, value, "what the call returned in its thread, which had been seen asleep in the kernel",
          proof: [log.lastLook(at: subject.party)])
      }
    }
  }

  private func outcome(of kind: WaitingCall.Kind, at subject: Subject, endedBy way: EndingCall) throws
    -> Value
  {
    guard let call = try start(kind, at: subject) else { return "there is no socket" }
    defer { call.end() }
    guard try isAsleep(call) else { return .words("does not wait: " + told(call.ending, of: kind)) }
    let answer = try answer {
      // A call that still holds the socket is to leave nothing behind that goes on sending.
      guard way == .close else { return try end(subject, by: way) }
      try close(subject, linger: .seconds(0))
      call.close()
    }
    // Who is woken is woken within that call; what then leaves, and its answer, may do so as well.
    if try isAsleep(call) { try settle() }
    let isBlocked = try isAsleep(call)
    if call.wasRepeatedAfterClose { try waiting.disturbed(because: .repeatedCall) }
    let ending = "\(kind.rawValue)() " + (isBlocked ? "stays blocked" : told(call.ending, of: kind))
    return answer == .succeeds ? .words(ending) : .list([answer, .words("and \(ending)")])
  }

  /// In a scope of its own: nobody else may hold the socket when it is closed.
  private func start(_ kind: WaitingCall.Kind, at subject: Subject) throws -> WaitingCall? {
    guard let socket = subject.socket else { return nil }
    return try WaitingCall(kind, on: socket.value, remote: ends[subject.party].tuple.remote)
  }

  private func told(_ ending: WaitingCall.Ending?, of kind: WaitingCall.Kind) -> String {
    switch (ending, kind) {
    case (nil, _): "is not over"
    case (.failed(let errno), _): "gives \(errno.name)"
    case (.returned(0), .receive): "gives end of stream"
    case (.returned(let count), .receive), (.returned(let count), .send): "gives \(count) bytes"
    case (.returned, .accept): "gives a connection"
    case (.returned, .connect), (.returned, .close): "succeeds"
    case (.returned(let bits), .poll), (.returned(let bits), .epoll):
      "gives \(Readiness(rawValue: UInt32(bits)))"
    }
  }
}

extension WaitingCall.Kind {
  /// In which the call has to wait.
  fileprivate var situation: Situation {
    switch self {
    case .accept: .listening
    case .connect: .bound
    case .receive, .poll, .epoll, .close: .established
    case .send: .full
    }
  }
}

extension [Condition] {
  fileprivate var waitingCall: WaitingCall.Kind? {
    first { $0.name == "waiting call" }.flatMap { condition in
      WaitingCall.Kind.allCases.first { "\($0.rawValue)()" == condition.value }
    }
  }
}
