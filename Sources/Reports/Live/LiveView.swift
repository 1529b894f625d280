package import Documents
package import TCP
package import Traces

/// All that the screen of a connection by hand shows.
package struct LiveView: Equatable, Sendable {
  /// The lesson, and beside it the course of the timers.
  package var title: String
  package var subtitle: String
  package var names: Both<String>
  package var ends: Both<End>
  package var waiting: [Waiting]
  /// The index in ``waiting`` that the keys are for; nil where none waits.
  package var chosen: Int?
  /// The run so far.
  package var picture: Picture?
  /// The number of the ladder's lines below the screen: 0 where it shows the last one.
  package var linesBelow = 0
  /// The result of the last key; several sentences at most.
  package var message: String
  package var isRefused: Bool
  /// The key that does the page's next step, and the step in words.
  package var next: Next
  /// The number that was typed before a key.
  package var count: String
  /// The explanation that stands in the place of the ladder.
  package var explanation: [Paragraph]
  /// The help that fills the screen.
  package var help: LiveHelp?

  /// One end, as the kernel reports it.
  package struct End: Equatable, Sendable {
    package var state: State
    /// Tells whether the kernel has a socket at all.
    package var hasSocket: Bool
    package var sendQueue: Int
    package var receiveQueue: Int
    package var timer: KernelTimer?
    /// Tells whether a program still holds the socket.
    package var hasDescriptor: Bool
    package var lastCall: (call: Call, outcome: Outcome)?

    package init(
      socket: SocketRecord?, hasDescriptor: Bool, lastCall: (call: Call, outcome: Outcome)?
    ) {
      state = socket?.state ?? .closed
      hasSocket = socket != nil
      sendQueue = socket?.sendQueue ?? 0
      receiveQueue = socket?.receiveQueue ?? 0
      timer = socket?.timer
      self.hasDescriptor = hasDescriptor
      self.lastCall = lastCall
    }

    package static func == (one: End, other: End) -> Bool {
      one.state == other.state && one.hasSocket == other.hasSocket && one.sendQueue == other.sendQueue
        && one.receiveQueue == other.receiveQueue && one.timer == other.timer
        && one.hasDescriptor == other.hasDescriptor && one.lastCall?.call == other.lastCall?.call
        && one.lastCall?.outcome == other.lastCall?.outcome
    }
  }

  /// A segment on the wire.
  package struct Waiting: Equatable, Sendable {
    package var number: Int
    package var party: Party
    package var label: String
    /// The number of copies that the timer has sent while it waited.
    package var copies: Int
    package var isHeldBack: Bool
    package var isSentAgain: Bool
    /// Tells that it has arrived before.
    package var hasArrived: Bool

    package init(
      number: Int, party: Party, label: String, copies: Int, isHeldBack: Bool, isSentAgain: Bool,
      hasArrived: Bool = false
    ) {
      self.number = number
      self.party = party
      self.label = label
      self.copies = copies
      self.isHeldBack = isHeldBack
      self.isSentAgain = isSentAgain
      self.hasArrived = hasArrived
    }
  }

  /// The page's next step.
  package enum Next: Equatable, Sendable {
    /// The space key does this.
    case step(String)
    /// It is not possible now, for this reason.
    case obstacle(String)
    case finished
  }

  package init(
    title: String, subtitle: String, names: Both<String>, ends: Both<End>, waiting: [Waiting] = [],
    chosen: Int? = nil, picture: Picture? = nil, message: String = "", isRefused: Bool = false,
    next: Next = .finished, count: String = "", explanation: [Paragraph] = [], help: LiveHelp? = nil
  ) {
    self.title = title
    self.subtitle = subtitle
    self.names = names
    self.ends = ends
    self.waiting = waiting
    self.chosen = chosen
    self.picture = picture
    self.message = message
    self.isRefused = isRefused
    self.next = next
    self.count = count
    self.explanation = explanation
    self.help = help
  }
}
