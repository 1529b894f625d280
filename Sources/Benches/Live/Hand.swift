import Documents
import Linux
import TCP
package import Traces

/// A connection on the wire that moves only where a person says so.
///
/// Every segment that leaves waits in ``waiting``. ``perform(_:)`` does one thing and returns when nothing more moves by
/// itself; between two of them ``poll()`` takes in what the kernel's timers have done.
package final class Hand {
  let bench: any Bench
  let observers: Observers
  package let beginning: Beginning
  var connection: Connection
  /// The segments that have left and have not arrived, oldest first.
  package var waiting: [WaitingSegment] { list.segments }
  var list = WaitingList()
  /// All that was done with this connection so far, without what was not possible.
  package internal(set) var actions: [HandAction] = []
  /// The times of the events that came by themselves, between two actions.
  var timesOfTimers: Set<Int64> = []
  /// The last state of each party that a look has recorded.
  var known = Both(State.closed)

  /// Makes the first connection. The bench must hold its packets.
  package init(on bench: any Bench, _ beginning: Beginning) throws {
    precondition(bench.holdsPackets)
    self.bench = bench
    self.beginning = beginning
    observers = Observers(on: bench)
    connection = try Hand.connection(on: bench, observers, beginning)
    try begin()
  }

  /// The trace of this connection so far, without what only a person's slowness has made.
  package func trace(_ variant: Variant) -> Trace { connection.finish(variant, without: list.hidden) }

  /// The same as it is drawn, with everything that a timer sent.
  package func steps(_ variant: Variant) -> StepTrace {
    StepTrace(of: connection.finish(variant)) { timesOfTimers.contains($0.time) }
  }

  /// The number of events so far: where it is the same, nothing has changed.
  package var eventCount: Int { connection.log.events.count }
}

/// One action at a time.
extension Hand {
  /// Does this, where it is possible, and returns when nothing more moves by itself.
  ///
  /// - Parameter goesOn: is asked again and again while a timer is waited for; false ends the wait.
  package func perform(_ action: HandAction, while goesOn: () throws -> Bool = { true }) throws -> HandStep {
    // The work of a timer since the last action is no part of this one, unless this one waits for a timer.
    let isWait = action == .awaitTimer
    var (before, highest) = (known, list.nextNumber)
    let hasMoved = isWait ? try takeIn() : try poll()
    if !isWait { (before, highest) = (known, list.nextNumber) }
    var step = HandStep(action: action, before: before, after: before)
    step.segment = action.number.flatMap { list[$0] }
    if let number = action.number, step.segment == nil {
      step.obstacle = "no segment \(number) is on the wire"
      return step
    }
    do {
      switch action {
      case .call(let party, let call): step.outcome = try make(call, by: party)
      case .awaitTimer:
        guard !hasMoved else { break }
        switch try awaitTimer(while: goesOn) {
        case .came: break
        case .brokenOff: step.isBrokenOff = true
        case .notPossible(let reason): step.obstacle = reason
        }
      case .reset(let party): step.obstacle = try forgeReset(from: party)
      case .inject(let party, let pattern): try PlanRun(on: connection).inject(pattern, of: party)
      case .reboot(let party): step.obstacle = try reboot(party)
      case .deliver, .lose, .duplicate, .holdBack, .holdNoLonger:
        if let entry = step.segment { try apply(action, to: entry) }
      }
    } catch let error as BenchError {
      step.obstacle = "\(error)"
    } catch let error as CannotRun {
      step.obstacle = "\(error.reason)"
    }
    let settling = connection.log.nextPlace
    try settle(owing: step.receiver, isAnswer: !isWait)
    if isWait { timesOfTimers.formUnion(connection.log.events[settling...].map(\.time)) }
    for party in Party.allCases { try connection.acceptIfWaiting(party) }
    try connection.look()
    known = try states()
    step.connects = Both(left: try endConnect(of: .left), right: try endConnect(of: .right))
    step.after = known
    step.sent = waiting.filter { $0.number >= highest }
    if step.isDone { actions.append(action) }
    return step
  }

  private func apply(_ action: HandAction, to entry: WaitingSegment) throws {
    switch action {
    case .holdBack: list.hold(entry.number, back: true)
    case .holdNoLonger: list.hold(entry.number, back: false)
    case .duplicate:
      acknowledgeAtOnce(entry.party.other)
      try connection.path.deliverCopy(of: entry.place)
    case .deliver, .lose:
      list.remove(entry.number)
      for copy in entry.copies { connection.path.drop(copy) }
      guard case .deliver = action else { return connection.path.drop(entry.place) }
      acknowledgeAtOnce(entry.party.other)
      try connection.path.release(entry.place)
    default: break
    }
  }

  /// Sees to it that the party's next ACK is not delayed: a person would take it for one that does not come.
  private func acknowledgeAtOnce(_ party: Party) {
    try? connection.ends[party].socket?.value.set(.quickAck, to: true)
  }

  /// Takes in what leaves until nothing more can before a timer fires.
  ///
  /// - Parameters:
  ///   - receiver: a party that has received something and has not answered: its ACK may be delayed after all.
  ///   - isAnswer: true if the segments that leave answer the action; else a timer sends them.
  private func settle(owing receiver: Party?, isAnswer: Bool) throws {
    let highest = list.nextNumber
    try connection.move(untilQuietFor: {
      let owes = receiver.map { party in !waiting.contains { $0.number >= highest && $0.party == party } }
      return owes == true ? WaitLimits.delayedAck : WaitLimits.immediate
    }) { list.admit($0, in: connection.log, isAnswer: isAnswer) }
  }
}

extension HandAction {
  /// The number of the segment that it is about; nil where it is about none.
  package var number: Int? {
    switch self {
    case .deliver(let number), .lose(let number), .duplicate(let number), .holdBack(let number),
      .holdNoLonger(let number):
      number
    case .call, .reset, .inject, .reboot, .awaitTimer: nil
    }
  }
}

extension HandStep {
  /// The party that has to acknowledge what has arrived by this step; nil where none has.
  fileprivate var receiver: Party? {
    guard let segment, segment.segment.sequenceLength > 0 else { return nil }
    switch action {
    case .deliver, .duplicate: return segment.party.other
    default: return nil
    }
  }
}
