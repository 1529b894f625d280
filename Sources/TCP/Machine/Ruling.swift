/// The treatment that the RFCs ask for of a segment that arrives in a state, and the section that asks for it.
package struct Ruling: Hashable, Sendable {
  /// Any of these is as it should be, the first as the section says it.
  package var outcomes: [Outcome]
  package var source: Edge.Source

  package struct Outcome: Hashable, Sendable {
    package var answer: Answer
    /// Nil where the state stays.
    package var next: State?

    package init(_ answer: Answer, _ next: State? = nil) {
      self.answer = answer
      self.next = next
    }
  }

  package enum Answer: String, Hashable, Sendable {
    case nothing
    case ack = "ACK"
    case synAck = "SYN+ACK"
    case reset = "RST"

    /// The answer that an end has sent, by the flags of its segments; nil where the RFCs have no such answer.
    package init?(_ sent: [Flags]) {
      guard let first = sent.first else {
        self = .nothing
        return
      }
      guard sent.count == 1 else { return nil }
      let control = first.intersection(.control)
      switch control {
      case .rst: self = .reset
      case .syn where first.contains(.ack): self = .synAck
      case [] where first.contains(.ack): self = .ack
      default: return nil
      }
    }
  }

  init(_ outcomes: [Outcome], _ section: String, rfc: Int = 9293) {
    self.outcomes = outcomes
    source = rfc == 9293 ? .section(section) : .other(rfc: rfc, section: section)
  }

  /// Tells whether an end that was in this state does as it should.
  package func allows(_ answer: Answer?, _ state: State, from before: State) -> Bool {
    outcomes.contains { $0.answer == answer && ($0.next ?? before) == state }
  }
}

extension Ruling {
  /// The treatment of a segment (RFC 9293 section 3.10.7, with RFC 5961).
  package init(_ segment: MatrixSegment, in state: State) {
    switch state {
    case .closed: self = Self.inClosed(segment)
    case .listen: self = Self.inListen(segment)
    case .synSent: self = Self.inSynSent(segment)
    default: self = Self.withWindow(segment, in: state)
    }
  }

  private static func inClosed(_ segment: MatrixSegment) -> Ruling {
    let isReset = segment.kind.flags.contains(.rst)
    return Ruling([Outcome(isReset ? .nothing : .reset)], "3.10.7.1")
  }

  private static func inListen(_ segment: MatrixSegment) -> Ruling {
    let flags = segment.kind.flags
    let outcome: Outcome
    if flags.contains(.rst) {
      outcome = Outcome(.nothing)
    } else if flags.contains(.ack) {
      outcome = Outcome(.reset)
    } else if flags.contains(.syn) {
      outcome = Outcome(.synAck, .synReceived)
    } else {
      outcome = Outcome(.nothing)
    }
    return Ruling([outcome], "3.10.7.2")
  }

  private static func inSynSent(_ segment: MatrixSegment) -> Ruling {
    let flags = segment.kind.flags
    let isAcceptable = segment.acknowledgment == .current
    let outcome: Outcome
    if flags.contains(.ack), !isAcceptable {
      outcome = Outcome(flags.contains(.rst) ? .nothing : .reset)
    } else if flags.contains(.rst) {
      outcome = isAcceptable ? Outcome(.nothing, .closed) : Outcome(.nothing)
    } else if flags.contains(.syn) {
      outcome = isAcceptable ? Outcome(.ack, .established) : Outcome(.synAck, .synReceived)
    } else {
      outcome = Outcome(.nothing)
    }
    return Ruling([outcome], "3.10.7.3")
  }
}
