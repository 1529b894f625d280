package import TCP

/// The steps of a ladder's run: calls, waits and losses, with all that the page implies
/// made explicit (the section "Running" of the design).
package struct Plan: Equatable, Sendable {
  /// The party that connects; of a ladder that begins ESTABLISHED, the left one.
  package var opener: Party
  /// True if the ladder shows the connection being opened. One that does not begins ESTABLISHED.
  package var opens: Bool
  /// The number of each party's first segment, where the document has one of its own for it.
  package var first: Both<UInt32?>
  /// The number of each party's SYNs that are answered by a SYN+ACK that is lost, and then sent again by the party's
  /// own timer. The other's timer runs as well: the path must be long enough for the order that the document shows.
  package var unheard: Both<Int>
  /// Tells whether the page leaves open how much a program has read before it calls close(), where that makes a
  /// difference.
  package var leavesReadingOpen: Bool
  /// The party that does not listen: it answers a SYN with RST.
  package var refuser: Party?
  /// The parties that listen though the other does not call connect(): segments of an earlier connection come to them.
  package var listeners: [Party]
  package var steps: [Step]

  package struct Step: Equatable, Sendable {
    /// The index of the rung that asks for it.
    package var rung: Int
    package var action: Action

    package init(rung: Int, action: Action) {
      self.rung = rung
      self.action = action
    }
  }

  /// Tells whether a cell stands for data that its party has sent before.
  package enum Repeats: Equatable, Sendable {
    case none
    /// The first segment of it: the rest may not come before that is acknowledged, or nobody knows how much it is.
    case first
    /// All of it, in whatever order it leaves.
    case all
  }

  package enum Action: Equatable, Sendable {
    /// This party's next segment that the pattern is compared with is lost on the way.
    case lose(Party, SegmentPattern)
    case call(Party, Call)
    /// The party reads what has arrived, where anything has; the page does not name this call.
    case read(Party)
    /// The party's next segment is waited for.
    case expect(Party, SegmentPattern)
    /// So many octets of the party's are waited for, in as many segments as they leave in.
    case expectData(Party, SegmentPattern, octets: Int, Repeats)
    /// The party's next segment is waited for; before it arrives, the other calls close(), so that its kernel has no
    /// socket for it and answers with RST.
    case expectAbandoned(Party, SegmentPattern)
    /// Both parties' next segments are waited for, and leave before either arrives.
    case expectBoth(Both<SegmentPattern>)
    /// The party's next segment is waited for, and does not arrive before it is released. It may be one that the party
    /// has sent before.
    case expectHeld(Party, SegmentPattern, isAgain: Bool)
    /// This party's segment that is held arrives.
    case release(Party)
    /// A segment arrives that looks like one of this party's, and that it does not send.
    case inject(Party, SegmentPattern)
    /// This party's end of the connection is gone without a word.
    case reboot(Party)
    /// The party's next connection begins at this number.
    case place(Party, UInt32)
    /// The party is waited for until it sends again.
    case resend(Party)
    /// Nothing moves; what both parties are is looked at.
    case look
  }
}

extension Plan {
  /// Tells whether the cell of this party in this rung stands for data that it has sent before.
  package func repeats(of party: Party, inRung rung: Int) -> Repeats {
    for step in steps where step.rung == rung {
      switch step.action {
      case .expectData(party, _, _, let repeats): return repeats
      case .expectHeld(party, let pattern, let isAgain): return isAgain && pattern.carriesData ? .all : .none
      default: break
      }
    }
    return .none
  }
}
