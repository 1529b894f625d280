package import TCP

/// What was played, by value: enough to play it again.
package struct Play: Codable, Hashable, Sendable {
  package var subject: Subject
  package var bench: BenchKind
  package var family: Family
  /// Where this play differs from the ordinary one; empty for that.
  package var conditions: [Condition]

  package init(subject: Subject, bench: BenchKind, family: Family, conditions: [Condition] = []) {
    self.subject = subject
    self.bench = bench
    self.family = family
    self.conditions = conditions
  }

  package enum Subject: Codable, Hashable, Sendable {
    /// A table of a page, by the page's name and the table's number in it.
    case ladder(page: String, table: Int)
    case scenario(id: ScenarioID)
  }
}

/// Where connections are made and watched.
package enum BenchKind: String, Codable, CaseIterable, Sendable {
  /// Both parties on one loopback interface, in real time.
  case loopback
  /// Two hosts with a TUN device each; the probe carries every packet.
  case wire
}

/// What no ladder can say is played by a scenario.
package enum ScenarioID: String, Codable, CaseIterable, Sendable {
  /// A connection is opened, and the end that accepted it writes first.
  case opening
  /// A connection is opened and closed by both ends.
  case close
  /// One end is done sending, the other goes on.
  case halfClose = "half-close"
  /// Nobody listens.
  case closedPort = "closed port"
  /// One end has much to send and gets no ACK.
  case sendingAhead = "sending ahead"
  /// A segment is lost, doubled or overtaken.
  case badPath = "bad path"
  /// A segment is lost, and the kernel's counters tell what sent it again.
  case resend
  /// Nobody says anything.
  case idle
  /// A FIN overtakes the data before it.
  case overtakingFin = "overtaking FIN"
  /// The last ACK of a close is lost.
  case lostLastAck = "lost last ACK"
  /// One end closes, the other never does.
  case closeWait = "close-wait"
  /// A connection ends with RST.
  case reset
  /// TIME_WAIT is waited for until it is over.
  case timeWait = "TIME_WAIT"
  /// The timer that TIME_WAIT begins with.
  case timeWaitTimer = "the timer of TIME_WAIT"
  /// A server whose port is in TIME_WAIT starts again.
  case bindInTimeWait = "restart in TIME_WAIT"
  /// A client whose port is in TIME_WAIT connects again, and the kernel is to choose the port.
  case connectInTimeWait = "connect in TIME_WAIT"
  /// A client connects again from the port that it had.
  case samePortInTimeWait = "the same port in TIME_WAIT"
  /// Segments arrive for a connection that is in TIME_WAIT.
  case segmentsInTimeWait = "segments in TIME_WAIT"
  /// An old duplicate, the ACK of it, and the RST that answers the ACK.
  case assassination = "assassination of TIME_WAIT"
  /// As many connections in TIME_WAIT as one wants.
  case crowd = "a crowd in TIME_WAIT"
  /// All ports to one destination are in TIME_WAIT.
  case usedUpPorts = "ports used up by TIME_WAIT"
  /// What the kernel tells of the way that segments take.
  case path
  /// The end that connects writes at once.
  case fastOpen = "fast open"
  /// Connections are asked for, again and again.
  case synNumbers = "SYN numbers"
  /// One end does not read, and the other has more for it than it has room for.
  case zeroWindow = "zero window"
  /// Data in flight grows with ACKs, then a segment is lost.
  case congestion
}

/// A condition under which something is played: a setting, an option or an order of calls, never another rung.
package struct Condition: Codable, Hashable, Sendable {
  package var name: String
  package var value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Whether the passive end closes after its ACK of the FIN left (`late`), or before (`now`).
  package static func passiveClose(_ timing: PassiveClose) -> Condition {
    Condition("passive close", timing.rawValue)
  }
  package enum PassiveClose: String, CaseIterable, Sendable { case late, now }

  /// Which end closes first.
  package static func firstToClose(_ end: FirstToClose) -> Condition {
    Condition("first to close", end.rawValue)
  }
  package enum FirstToClose: String, CaseIterable, Sendable { case connected, accepted }

  /// How the first end to close does it.
  package static func closesBy(_ call: Call) -> Condition { Condition("first FIN by", call.description) }

  /// What befalls a segment on its way.
  package static func path(_ mishap: Mishap) -> Condition { Condition("the path", mishap.rawValue) }
  package enum Mishap: String, CaseIterable, Sendable {
    case loses = "loses a segment"
    case doubles = "doubles a segment"
    case reorders = "lets one overtake another"
  }

  /// How a connection ends that is not closed by both ends.
  package static func endedBy(_ way: Reset) -> Condition { Condition("ended by", way.rawValue) }
  package enum Reset: String, CaseIterable, Sendable {
    case unreadData = "close() with unread data"
    case linger = "close() with SO_LINGER 0"
    case lateWrite = "a write to an end that has closed"
  }

  /// What the end that is reset does first.
  package static let writesFirst = Condition("the other end", "writes first")

  /// How often the last ACK is lost.
  package static func losses(_ count: Int) -> Condition {
    Condition("lost", count == 1 ? "once" : "\(count) times")
  }

  /// A setting of the namespace that the first end to close lives in.
  package static func setting(_ name: String, _ value: String) -> Condition { Condition(name, value) }

  /// A socket option of the end that connects, off by default.
  package static func option(_ name: String) -> Condition { Condition(name, "1") }

  /// How many segments are under way.
  package static func inFlight(_ count: Int) -> Condition { Condition("in flight", "\(count)") }

  /// The socket that ended did not have SO_REUSEADDR.
  package static let keepsAddress = Condition("old socket", "without SO_REUSEADDR")

  /// So many connections.
  package static func count(_ count: Int) -> Condition { Condition("connections", "\(count)") }
  /// Whether each connection has a four-tuple of its own, or all have the same.
  package static func fourTuples(_ count: FourTuples) -> Condition {
    Condition("four-tuples", count.rawValue)
  }
  package enum FourTuples: String, CaseIterable, Sendable { case many, one }
  /// The congestion control of the end that connects, set before connect().
  package static func congestionControl(_ name: String) -> Condition { Condition("TCP_CONGESTION", name) }

  /// TCP_QUICKACK of the end that connects, before connect(); on by default.
  package static func quickAck(_ on: Bool) -> Condition { Condition("TCP_QUICKACK", on ? "1" : "0") }
}

extension Condition: CustomStringConvertible {
  package var description: String { "\(name): \(value)" }
}

extension [Condition] {
  /// What a facts table says in "set by" of a figure that was taken under these conditions.
  package var setBy: String { isEmpty ? "by default" : map(\.description).joined(separator: ", ") }
}
