import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension ScriptRun {
  func make(_ call: ScriptCall, _ event: Script.Event, at place: Int) throws -> Bool {
    let arguments = ScriptArguments(
      call: call, settings: script.settings, descriptors: stage.descriptors,
      beginning: Clock.realtimeOffset() + clock.beginning)
    let calling = try arguments.calling()
    stage.willMake(call, settings: script.settings)
    let work = calling.work
    let began = Clock.monotonic()
    // A socket belongs to the namespace of the thread that makes it.
    if call.name == "socket" {
      let outcome = try host.enter { work() }
      return try end(call, outcome, at: place, began: began, ended: Clock.monotonic())
    }
    let thread = try benchStep("make a thread for a call") {
      try ThreadedCall(ringing: CInt(bell.writing), repeatingIf: { $0.error == .interrupted }, work)
    }
    if call.end != nil {
      // The next event of the script may not come before the call.
      _ = thread.isAsleep(until: began + Self.patience.inNanoseconds)
      stalled(since: began)
      pending = Pending(event: place, call: call, thread: thread, begun: began)
      clock.happened(began: began)
      return false
    }
    guard let (outcome, time) = try outcome(of: thread, until: began + Self.patience.inNanoseconds) else {
      clock.happened(began: began)
      giveUp(thread)
      return note(.waiting, at: place)
    }
    thread.end()
    return try end(call, outcome, at: place, began: began, ended: time)
  }

  /// Ends a call that still waits. What it gives in the end is closed with all else.
  func giveUp(_ thread: ThreadedCall<ScriptCalling.Outcome>) {
    thread.end()
    if let outcome = thread.outcome?.value { stage.own(outcome.descriptors) }
  }

  /// Waits until a call has returned, and looks meanwhile at what the kernel sends.
  private func outcome(
    of thread: ThreadedCall<ScriptCalling.Outcome>, until deadline: Int64
  ) throws -> (value: ScriptCalling.Outcome, time: Int64)? {
    while true {
      if let outcome = thread.outcome { return (outcome.value, outcome.ended) }
      if Clock.monotonic() > deadline { return nil }
      let ready = try waitReadable([CInt(bell.reading)] + host.descriptors, until: deadline)
      if ready[0] { _ = try? PlainCalls.read(bell.reading, 1) }
      if ready.dropFirst().contains(true) { try collect() }
    }
  }

  /// Notes the end of a call.
  private func end(
    _ call: ScriptCall, _ outcome: ScriptCalling.Outcome, at place: Int, began: Int64, ended: Int64,
    deviation: Duration = .zero
  ) throws -> Bool {
    clock.happened(began: began, ended: max(ended, clock.before.ended))
    trace.stall = max(trace.stall, .nanoseconds(outcome.begun - began))
    if outcome.error == nil {
      if let missing = stage.didMake(call, outcome) {
        trace.reason = .other("line \(script.events[place].line): \(missing)")
        return true
      }
      if call.name == "socket", let congestion = host.congestion {
        // Only a TCP socket has one.
        _ = try? PlainCalls.setOption(
          outcome.result, ScriptConstants.values["SOL_TCP"] ?? 6,
          ScriptConstants.values["TCP_CONGESTION"] ?? 13, Array(congestion.utf8),
          length: congestion.utf8.count)
      }
    }
    var arguments = call.arguments
    for (place, value) in outcome.changed where arguments.indices.contains(place) { arguments[place] = value }
    // A descriptor has the script's number.
    let number = ScriptCalls.givingDescriptors.contains(call.name) ? call.result.number : nil
    let result = number.flatMap { $0 >= 0 && outcome.error == nil ? $0 : nil } ?? outcome.result
    let end = ScriptTrace.Return(result: result, error: outcome.error?.name, arguments: arguments)
    return note(.returned(end), at: place, time: ended, deviation: deviation)
  }

  /// Waits for the end of a call that the script lets wait.
  func finishPending() throws -> Bool {
    guard let waiting = pending else { return false }
    pending = nil
    let (place, call, thread, begun) = (waiting.event, waiting.call, waiting.thread, waiting.begun)
    let bounds = clock.bounds(ofEnd: call.end, of: script.events[place].time, begun: begun)
    let deadline = max(Clock.monotonic(), bounds.latest) + Self.patience.inNanoseconds
    guard let (outcome, time) = try outcome(of: thread, until: deadline) else {
      giveUp(thread)
      return note(.waiting, at: place)
    }
    thread.end()
    return try end(
      call, outcome, at: place, began: clock.before.began, ended: time, deviation: bounds.deviation(of: time)
    )
  }
}
