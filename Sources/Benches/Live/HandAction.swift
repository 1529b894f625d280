package import Documents
package import TCP
package import Traces

/// One thing that a person does with a connection by hand. Segments are named by their numbers in the waiting list.
package enum HandAction: Equatable, Sendable {
  case call(Party, Call)
  /// The segment arrives; each that the timer sent of it meanwhile is lost.
  case deliver(Int)
  case lose(Int)
  /// A copy of the segment arrives, and the segment waits on.
  case duplicate(Int)
  /// The segment is passed over by whoever takes the next one.
  case holdBack(Int)
  case holdNoLonger(Int)
  /// An RST arrives at the other party as if this one had sent it.
  case reset(Party)
  /// A segment of an earlier connection arrives as if this party had sent it.
  case inject(Party, SegmentPattern)
  /// The party's host loses the connection.
  case reboot(Party)
  /// Nothing is done until one of the kernel's timers has done something.
  case awaitTimer
}

/// The result of one action.
package struct HandStep: Equatable, Sendable {
  package var action: HandAction
  /// The reason why it was not possible, in a sentence without a full stop; nil where it was done.
  package var obstacle: String?
  /// Tells that the person did not wait until the timer expired.
  package var isBrokenOff = false
  /// The segment that it was about.
  package var segment: WaitingSegment?
  /// The outcome of the call.
  package var outcome: Outcome?
  /// The outcome of each party's connect() that went on in the background and has ended by now.
  package var connects: Both<Outcome?> = Both(nil)
  /// The state of each party before and after; nil where the party's socket is gone.
  package var before: Both<State>
  package var after: Both<State>
  /// The segments that the kernel has sent because of it.
  package var sent: [WaitingSegment] = []

  package init(action: HandAction, before: Both<State>, after: Both<State>) {
    self.action = action
    self.before = before
    self.after = after
  }

  package var isDone: Bool { obstacle == nil && !isBrokenOff }
}
