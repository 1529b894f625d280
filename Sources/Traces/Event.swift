package import Documents
package import TCP

/// One thing that was done or seen during a run.
package struct Event: Codable, Equatable, Sendable {
  /// Nanoseconds since the run began.
  package var time: Int64
  /// The party that it happened to; of a segment, the party that it left.
  package var party: Party?
  /// The observer that saw it; nil where the probe did it itself.
  package var observer: ObserverKind?
  package var what: What

  package init(time: Int64, party: Party? = nil, observer: ObserverKind? = nil, what: What) {
    self.time = time
    self.party = party
    self.observer = observer
    self.what = what
  }

  package enum What: Codable, Equatable, Sendable {
    /// The runner comes to this rung of its ladder.
    case rung(index: Int)
    /// A call began at the event's time and was back at `ended`.
    case call(call: Call, outcome: Outcome, ended: Int64)
    /// A segment left the party. `bytes` is the packet from its IP header on, for capture files.
    case segment(segment: Segment, bytes: Bytes)
    /// The segment of that event reached the other party.
    case delivered(segment: Int)
    /// The segment of that event did not reach the other party, by the bench's doing.
    case dropped(segment: Int)
    /// The segment of that event went on changed into this one.
    case altered(segment: Int, into: Segment)
    /// The probe made this segment up, and it arrived as if the party had sent it.
    case forged(segment: Segment)
    /// The kernel said why it freed the segment of that event, which had arrived or was made up, without using it.
    case discarded(segment: Int, reason: String)
    /// The kernel said why it sends the party's next RST.
    case resetting(reason: String)
    /// The party's host lost all that it knew of the connection, by the bench's doing.
    case rebooted
    /// A transition as the kernel traced it.
    case transition(from: State, to: State)
    /// The socket that a look at the party found; nil where there is none any more.
    case sighting(record: SocketRecord?)
    /// The contents of TCP_INFO.
    case info(info: Info)
    /// A kernel timer was armed, to fire after so many nanoseconds.
    case timer(name: String, nanoseconds: Int64)
    /// A scenario's figure.
    case measurement(figure: Measurement)
    /// The probe or the machine held up this step for so long that a kernel timer may have fired because of it.
    case stall(nanoseconds: Int64)
    /// The machine has disturbed the run in another way.
    case disturbance(cause: DisturbanceCause)
    /// The runner waited for this in vain.
    case silence(awaited: String, nanoseconds: Int64)
  }

  /// The segment that left, where this is one.
  package var segment: Segment? { if case .segment(let segment, _) = what { segment } else { nil } }
}

extension Event.What {
  /// The same where events stand elsewhere: each place that this one refers to becomes another.
  package func referring(to place: (Int) -> Int) -> Event.What {
    switch self {
    case .delivered(let segment): return .delivered(segment: place(segment))
    case .dropped(let segment): return .dropped(segment: place(segment))
    case .discarded(let segment, let reason): return .discarded(segment: place(segment), reason: reason)
    case .altered(let segment, let new): return .altered(segment: place(segment), into: new)
    case .measurement(var figure):
      figure.events = figure.events.map(place)
      return .measurement(figure: figure)
    default: return self
    }
  }
}

/// The end of a call.
package enum Outcome: Codable, Equatable, Sendable {
  /// It succeeded; of send and receive the octets, else 0.
  case returned(value: Int)
  /// It would have blocked, or goes on in the background (EINPROGRESS).
  case pending
  /// It failed with this errno, by name.
  case failed(errno: String)
}
