import Documents
import Linux
import SystemPackage
import TCP
import Traces

/// One run of a script on a host of its own.
///
/// The peer's segments are forged. Calls are made on the kernel's sockets, each on a thread of its own. The kernel's segments
/// are put beside the script, and the run ends with the first difference.
final class ScriptRun {
  let script: Script
  let host: ScriptHost
  var stage = ScriptStage()
  var trace = ScriptTrace()
  var clock: ScriptClock
  /// The segments of the kernel that no event has taken.
  var departures: [(packet: DetailedPacket, time: Int64)] = []
  /// A call that the script lets wait.
  var pending: Pending?
  /// A pipe that an octet is written to when a call is back.
  let bell: (reading: Int, writing: Int)
  var nextPort: UInt16 = 40_000
  private var variables: [String: Int] = [:]

  struct Pending {
    var event: Int
    var call: ScriptCall
    var thread: ThreadedCall<ScriptCalling.Outcome>
    var begun: Int64
  }

  /// The time that a call may take that returns at once, and by which a segment may be later than its bounds before it
  /// is given up.
  static let patience = Duration.seconds(2)

  init(_ script: Script) throws(BenchError) {
    self.script = script
    clock = ScriptClock(script.settings)
    host = try benchStep("set up the host of a script") { try ScriptHost(script.settings) }
    let pipe = try benchStep("make a pipe") { try PlainCalls.pipe() }
    bell = (pipe.reading, pipe.writing)
  }

  deinit {
    _ = try? PlainCalls.close(bell.reading)
    _ = try? PlainCalls.close(bell.writing)
  }

  /// Runs the script. What fails on the way, and is not for the script to fail, is the reason why the run says nothing.
  func run() -> ScriptTrace {
    defer { tidy() }
    var line = script.events.first?.line ?? 1
    do {
      for command in script.preparation {
        trace.reason = try host.carryOut(command)
        if trace.reason != nil { return trace }
      }
      try host.rememberCounters()
      clock = ScriptClock(script.settings)
      var hasEnded = false
      for place in script.events.indices where !hasEnded {
        line = script.events[place].line
        hasEnded = try perform(script.events[place], at: place) || trace.reason != nil
      }
      if !hasEnded { _ = try finishPending() }
      trace.lost = try host.lost()
    } catch let unsupported as ScriptCalling.Unsupported {
      trace.reason = .other("line \(line): \(unsupported.text)")
    } catch let error as Errno {
      trace.reason = .other("line \(line): \(error.explained)")
    } catch {
      trace.reason = .other("line \(line): \(error)")
    }
    return trace
  }

  /// Carries out an event.
  ///
  /// - Returns: true where it ended the run, with a difference.
  private func perform(_ event: Script.Event, at place: Int) throws -> Bool {
    if pending?.thread.outcome != nil, try finishPending() { return true }
    switch event.action {
    case .outbound(let packet): return try expect(packet, event, at: place)
    case .inbound(let packet):
      try pause(until: clock.due(event.time, isInbound: true))
      let began = Clock.monotonic()
      if let reason = try inject(packet) {
        trace.reason = .other("line \(event.line): \(reason)")
        return true
      }
      stalled(since: began)
      clock.happened(began: began)
      return note(.done, at: place)
    case .shell(let commands):
      try pause(until: clock.due(event.time))
      let began = Clock.monotonic()
      var counters: [String: Int]?
      for command in commands {
        if case .counter(let name, _) = command {
          counters = (counters ?? [:]).merging([name: try host.movedCounters()[name] ?? 0]) { _, new in new }
        } else if let reason = try host.carryOut(command) {
          trace.reason = reason
          return true
        }
      }
      clock.happened(began: began)
      return note(counters.map { .counters($0) } ?? .done, at: place)
    case .code(let statements):
      try pause(until: clock.due(event.time))
      // A call that waits may give the socket that is asked.
      if pending?.thread.outcome != nil, try finishPending() { return true }
      let began = Clock.monotonic()
      let values = try values(for: statements)
      clock.happened(began: began)
      return values.map { note(.values($0), at: place) } ?? true
    case .call(let call):
      if try finishPending() { return true }
      try pause(until: clock.due(event.time))
      return try make(call, event, at: place)
    }
  }

  /// Notes a step, and tells whether it differs from the script.
  func note(
    _ seen: ScriptTrace.Seen, at place: Int, time: Int64? = nil, deviation: Duration = .zero
  ) -> Bool {
    let time = Duration.nanoseconds((time ?? clock.before.ended) - clock.beginning)
    let step = ScriptTrace.Step(event: place, time: time, seen: seen, deviation: deviation)
    trace.steps.append(step)
    // Late segments are told apart at the end: the run goes on.
    var judged = step
    judged.deviation = min(.zero, deviation)
    do throws(MissingValue) {
      return try script.difference(in: judged, variables: &variables) != nil
    } catch {
      trace.reason = .other("\(error)")
      return true
    }
  }

  /// Waits until this time, and looks meanwhile at what the kernel sends. By how much later it comes back, the machine held
  /// the run up.
  private func pause(until deadline: Int64) throws {
    while Clock.monotonic() < deadline {
      if try waitReadable(host.descriptors, until: deadline).contains(true) { try collect() }
    }
    stalled(since: deadline)
  }

  func stalled(since time: Int64) {
    trace.stall = max(trace.stall, .nanoseconds(Clock.monotonic() - time))
  }

  /// Takes what the kernel has sent.
  func collect() throws {
    while let (bytes, time) = try host.next() {
      if let packet = DetailedPacket(bytes: bytes) { departures.append((packet, time)) }
    }
  }

  /// Ends what the run has left: calls that wait, sockets, connections.
  private func tidy() {
    if let pending { giveUp(pending.thread) }
    pending = nil
    stage.closeAll()
  }
}
