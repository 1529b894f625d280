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

/// A segment that has left its party and waits until a person says what becomes of it.
package struct WaitingSegment: Equatable, Sendable {
  /// Its number in the list, from 1; no other segment of the connection has it.
  package var number: Int
  /// The party that sent it.
  package var party: Party
  package var segment: Segment
  /// The place of its event.
  package var place: Int
  /// The places of the same segment's events as the party's timer sent it again meanwhile.
  package var copies: [Int] = []
  package var isHeldBack = false
  /// Tells that the party had sent it before, and that it was lost or unanswered.
  package var isSentAgain = false
  /// Tells that it has arrived before: it was sent again because no answer came in time.
  package var hasArrived = false
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

  package var isDone: Bool { obstacle == nil && !isBrokenOff }
}
