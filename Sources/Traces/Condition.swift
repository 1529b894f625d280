package import Documents
package import TCP

/// A condition under which something is run: a setting, an option or an order of calls, never another rung.
package struct Condition: Codable, Hashable, Sendable {
  package var name: String
  package var value: String

  enum CodingKeys: String, CodingKey { case name, value }

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// The time at which the passive end closes: after its ACK of the FIN left (`late`), or before (`now`).
  package static func passiveClose(_ timing: PassiveClose) -> Condition {
    Condition("second close()", timing.rawValue)
  }
  package enum PassiveClose: String, CaseIterable, Sendable {
    case late = "after the ACK"
    case now = "before the ACK"
  }

  /// The data that a program reads before it calls close(), where the page names no such call.
  package static func beforeClose(_ reading: Plan.Reading) -> Condition {
    Condition("before close()", "the program has read \(reading.rawValue)")
  }

  /// The end that closes first.
  package static func firstToClose(_ end: FirstToClose) -> Condition {
    Condition("first to close", end.rawValue)
  }
  package enum FirstToClose: String, CaseIterable, Sendable { case connected, accepted }

  /// The call by which the first end closes.
  package static func closesBy(_ call: Call) -> Condition { Condition("first FIN by", call.description) }

  /// The mishap of a segment on its way.
  package static func path(_ mishap: Mishap) -> Condition { Condition("the path", mishap.rawValue) }
  package enum Mishap: String, CaseIterable, Sendable {
    case loses = "loses a segment"
    case doubles = "doubles a segment"
    case reorders = "lets one overtake another"
  }

  /// The way in which a connection ends that is not closed by both ends.
  package static func endedBy(_ way: Reset) -> Condition { Condition("ended by", way.rawValue) }
  package enum Reset: String, CaseIterable, Sendable {
    case unreadData = "close() with unread data"
    case linger = "close() with SO_LINGER 0"
    case lateWrite = "a write to an end that has closed"
  }

  /// The first act of the end that is reset: it writes.
  package static let writesFirst = Condition("the other end", "writes first")

  /// The number of times that the last ACK is lost.
  package static func losses(_ count: Int) -> Condition {
    Condition("lost", count == 1 ? "once" : "\(count) times")
  }

  /// A setting of the namespace that the first end to close lives in.
  package static func setting(_ name: String, _ value: String) -> Condition { Condition(name, value) }

  /// A socket option of the end that connects, off by default.
  package static func option(_ name: String) -> Condition { Condition(name, "1") }

  /// The timestamp of a SYN that arrives in TIME_WAIT, beside the last one of the connection.
  package static func timestampOfSyn(_ timestamp: SynTimestamp) -> Condition {
    Condition("timestamp of the SYN", timestamp.rawValue)
  }
  package enum SynTimestamp: String, CaseIterable, Sendable { case none, earlier, later }

  /// Segments that a scenario makes up have no timestamps, though the connection's own have them.
  package static let madeUpWithoutTimestamps = Condition(
    "timestamps of made-up segments", "only where the figure names them")

  /// The number of segments under way.
  package static func inFlight(_ count: Int) -> Condition { Condition("in flight", "\(count)") }

  /// The socket that ended did not have SO_REUSEADDR.
  package static let keepsAddress = Condition("old socket", "without SO_REUSEADDR")

  /// The number of connections.
  package static func count(_ count: Int) -> Condition { Condition("connections", "\(count)") }
  /// The number of four-tuples: one for each connection, or one for all.
  package static func fourTuples(_ count: FourTuples) -> Condition {
    Condition("four-tuples", count.rawValue)
  }
  package enum FourTuples: String, CaseIterable, Sendable { case many, one }
  /// The congestion control of the end that connects, set before connect().
  package static func congestionControl(_ name: String) -> Condition { Condition("TCP_CONGESTION", name) }

  /// TCP_QUICKACK of the end that connects, before connect(); on by default.
  package static func quickAck(_ on: Bool) -> Condition { Condition("TCP_QUICKACK", on ? "1" : "0") }

  /// The state that something arrives in.
  package static func arrivesIn(_ state: State) -> Condition { Condition("state", state.rawValue) }

  /// The edge of TCP's state machine that an end is made to take.
  package static func edge(_ transition: Transition) -> Condition { Condition("edge", transition.name) }

  /// Each segment that arrives in the state has a figure of its own, and leaves its events in the trace.
  package static let everyCell = Condition("segments", "each with its events")

  /// The contents of the reader's queue when something arrives.
  package static func receiveQueue(_ queue: ReceiveQueue) -> Condition {
    Condition("receive queue", queue.rawValue)
  }
  package enum ReceiveQueue: String, CaseIterable, Sendable { case empty, unread = "with unread data" }

  /// TCP_MAXSEG of the end that connects, before connect().
  package static func maximumSegment(_ octets: Int) -> Condition { Condition("TCP_MAXSEG", "\(octets)") }

  /// SO_RCVBUF of both ends, before connect() and listen().
  package static func receiveBuffer(_ octets: Int) -> Condition { Condition("SO_RCVBUF", "\(octets)") }
  /// The behaviour of the end that connects after the handshake.
  package static func afterTheHandshake(_ deed: Deed) -> Condition { Condition("the client", deed.rawValue) }
  package enum Deed: String, CaseIterable, Sendable {
    case writes
    case isSilent = "is silent"
  }

  /// The behaviour of the end that receives, where it does more than that.
  package static func receiver(_ habit: Habit) -> Condition { Condition("the receiver", habit.rawValue) }
  package enum Habit: String, CaseIterable, Sendable { case replies }

  /// The calls on a socket, which wait or return EAGAIN (O_NONBLOCK).
  package static func calls(_ way: Waiting) -> Condition { Condition("calls on the socket", way.rawValue) }
  package enum Waiting: String, CaseIterable, Sendable {
    case wait
    case doNotWait = "do not wait"
  }

  /// The fate of window probes.
  package static func windowProbes(_ lot: ProbeLot) -> Condition { Condition("window probes", lot.rawValue) }
  package enum ProbeLot: String, CaseIterable, Sendable {
    case answered = "are answered"
    case lost = "are lost"
  }

  /// The time for which the answer to a SYN is under way, which both ends take for the length of the path.
  package static func roundTrip(milliseconds: Int) -> Condition {
    Condition("round trip", "\(milliseconds) ms")
  }

  /// Nothing is shortened: every timer of the run runs to its end, however long that is by default.
  package static let waitedOut = Condition("every timer", "waited out")
}

extension Condition: CustomStringConvertible {
  package var description: String { "\(name): \(value)" }
}

extension [Condition] {
  /// The text in "set by" of a facts table for a figure that was taken under these conditions.
  package var setBy: String { isEmpty ? "by default" : map(\.description).joined(separator: ", ") }
}
