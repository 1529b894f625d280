/// An edge of TCP's state machine as RFC 9293 has it, in its diagram or in its text: the states that it leaves, the event,
/// the endpoint's action, and the state that it leads to.
package struct Edge: Hashable, Sendable {
  /// More than one where the RFC says the same of several.
  package let from: [State]
  package let event: Event
  package let action: Action
  /// Nil where the state stays.
  package let to: State?
  package let source: Source

  init(_ from: [State], _ event: Event, _ action: Action, _ to: State?, _ source: Source) {
    self.from = from
    self.event = event
    self.action = action
    self.to = to
    self.source = source
  }

  package enum Event: Hashable, Sendable {
    case call(UserCall)
    case arrival(Arrival)
    case timeout(Timeout)
  }

  /// A call of the program in the RFC's words (section 3.9.1).
  package enum UserCall: String, Sendable {
    case passiveOpen = "passive OPEN"
    case activeOpen = "active OPEN"
    case send = "SEND"
    case close = "CLOSE"
    case abort = "ABORT"
  }

  /// A segment that arrives, as far as the edge goes by it.
  package enum Arrival: String, Sendable {
    case syn = "SYN"
    case synAck = "SYN,ACK"
    case ackOfSyn = "ACK of SYN"
    case fin = "FIN"
    case ackOfFin = "ACK of FIN"
    case finAndAckOfFin = "FIN+ACK of FIN"
    case finAgain = "FIN again"
    case largerSyn = "larger SYN"
    case reset = "RST"
    case resetAfterActiveOpen = "RST (active)"
    case resetWithin = "RST in window"
    case unacceptableAck = "ACK too high/old"
    case anyButReset = "any but RST"
  }

  package enum Timeout: String, Sendable {
    case twoSegmentLifetimes = "2 MSL timeout"
    case user = "user timeout"
  }

  package enum Action: Hashable, Sendable {
    case nothing, createBlock, deleteBlock
    case send(Flags)
  }

  /// The place where a standard has the edge.
  package enum Source: Hashable, Sendable {
    case figure5
    /// A note under figure 5.
    case note(Int)
    /// A section of RFC 9293.
    case section(String)
    /// A section of another RFC, whose rule RFC 9293 takes up.
    case other(rfc: Int, section: String)
  }
}

extension Edge {
  /// The number of the edge in ``all``, from 1 on.
  package var number: Int { (Edge.all.firstIndex(of: self) ?? 0) + 1 }

  /// Tells whether figure 5 draws it as an arrow.
  package var isDrawn: Bool { source == .figure5 }

  /// The edge from each of its states.
  package var transitions: [Transition] { from.map { Transition(self, from: $0) } }
}

extension Edge.Event: CustomStringConvertible {
  /// The event in the figure's words.
  package var description: String {
    switch self {
    case .call(let call): call.rawValue
    case .arrival(let arrival): "rcv \(arrival.rawValue)"
    case .timeout(let timeout): timeout.rawValue
    }
  }
}

extension Edge.Action: CustomStringConvertible {
  /// The action in the figure's words; empty where there is none.
  package var description: String {
    switch self {
    case .nothing: ""
    case .createBlock: "create TCB"
    case .deleteBlock: "delete TCB"
    case .send(let flags): "snd " + flags.description.replacing("+", with: ",")
    }
  }
}

extension Edge.Source: CustomStringConvertible {
  package var description: String {
    switch self {
    case .figure5: "RFC 9293 figure 5"
    case .note(let number): "RFC 9293 figure 5, note \(number)"
    case .section(let section): "RFC 9293 section \(section)"
    case .other(let rfc, let section): "RFC \(rfc) section \(section)"
    }
  }
}
