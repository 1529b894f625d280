import Linux
import Traces

/// The waits of one connection: how long they may last, whether the machine held one up, and what follows from that.
///
/// Lengths of time are durations; points in time are the clock's (``Linux/Clock/monotonic()``).
package final class Waiting {
  private let log: Log
  private var stalls = StallWatch()
  /// Tells that what is run now does not hang on time: a stall makes nothing else of it, and is not recorded.
  package var isPatient = false
  /// Lets a stall disturb even a patient run, where one of the kernel's timers has sent something meanwhile.
  package var heedsTimers = false
  /// Tells that the machine has held a patient wait up.
  package private(set) var wasHeldUp = false
  /// Makes the first disturbance end the run with ``Disturbed``, so that it is begun again without delay.
  var endsWhenDisturbed = false
  /// The time at which the run is given up, because something hangs.
  private var limit = Clock.time(after: allowance)
  /// Tells that the limit was extended for a timer of known length.
  private var isLong = false
  /// The time spent waiting for segments, without what the machine came back too late.
  private var waited = Duration.zero
  /// The time that a run may take besides the kernel's timers that it waits for.
  static let allowance = Duration.seconds(150)
  /// Is told what is waited for, where that takes longer than a person expects.
  package var progress: (String) -> Void = { _ in }

  init(log: Log) { self.log = log }

  /// Gives the run up, because of the machine. It is recorded as disturbed, and begun again by whoever began it: at once
  /// where that was asked for, else when it has come to its end.
  package func disturbed(because reason: Disturbance) throws {
    log.record(reason.event)
    if endsWhenDisturbed { throw Disturbed() }
  }

  /// Extends the limit by this length, for a timer of the kernel's that is waited for.
  func extend(by length: Duration) {
    isLong = true
    limit = max(limit, Clock.time(after: length + Self.allowance))
  }

  /// A step was done; the time that it took counts as a stall where it is too long.
  func stepEnded() { stalls.beat() }

  /// Forgets the time that has passed since the last step: something else was done meanwhile.
  package func resume() { stalls = StallWatch() }

  /// Waits in `body`, which returns at the deadline at the latest, unless the machine is held up.
  func wait<Result>(until deadline: Int64, _ body: () throws -> Result) throws -> Result {
    // The run is given up in order: whoever ends the program outright leaves the kernel with orphans.
    if Signals.isPending { throw Interrupted() }
    let began = Clock.monotonic()
    // No run lasts so long: something hangs, and the others are not to wait for it.
    if began > limit { throw CannotRun(reason: hang) }
    stalls.willWait()
    let result = try body()
    waited += .nanoseconds(max(0, min(Clock.monotonic(), deadline) - began))
    let stall = stalls.didWait(until: deadline)
    if stalls.longest > StallWatch.slow { log.wasSlow = true }
    if let stall {
      if isPatient { wasHeldUp = true } else { try disturbed(because: .heldUp(stall)) }
    }
    return result
  }

  /// The reason for giving a run up that hangs. The kernel has let nothing come where most of the time was spent waiting.
  private var hang: Reason {
    let allowed = "\(Self.allowance.components.seconds) s"
    let text = "it was not over " + (isLong ? "\(allowed) after what it waits for" : "after \(allowed)")
    return waited > Self.allowance / 2 ? .timedOut(text) : .disturbed("the machine was too busy: \(text)")
  }

  /// Lets so much time pass while nothing is under way. A machine that stops meanwhile makes it longer and disturbs
  /// nothing.
  package func pause(_ length: Duration) throws {
    let deadline = Clock.time(after: length)
    defer { resume() }
    while Clock.monotonic() < deadline {
      if Signals.isPending { throw Interrupted() }
      Clock.sleep(until: min(deadline, Clock.time(after: .milliseconds(200))))
    }
  }
}

/// A way in which the machine, and not the kernel's TCP, made a run what it is.
package enum Disturbance: Equatable, Sendable {
  /// A step was held up for so long.
  case heldUp(Duration)
  /// A look came so late that what it found may have been so at any time within this length.
  case lookedLate(Duration)
  /// A round trip took so much longer than the path.
  case slowRoundTrip(Duration)
  /// A timer of the kernel's sent something again that was not lost.
  case resent
  /// A filter lost a segment that it was not meant for.
  case lostMore
  /// The kernel began a waiting call again, for the process was stopped.
  case repeatedCall

  /// The event that tells of it.
  fileprivate var event: Event.What {
    switch self {
    case .heldUp(let length), .lookedLate(let length), .slowRoundTrip(let length):
      .stall(nanoseconds: length.inNanoseconds)
    case .resent: .disturbance(cause: .timer)
    case .lostMore: .disturbance(cause: .unmeantLoss)
    case .repeatedCall: .disturbance(cause: .repeatedCall)
    }
  }
}

/// The machine has disturbed a run, so that nothing can be measured by it any more. Whoever began the run begins it again.
struct Disturbed: Error {}

/// A signal asks the program to end.
package struct Interrupted: Error { package init() {} }
