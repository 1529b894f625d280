import Documents
import TCP

/// The ACKs that a page does not show and that a script must have: it tells of each segment. A written record shows them all.
extension ScriptWriter {
  /// Writes the ACK that the kept end sends before a call of it.
  mutating func acknowledgeBeforeCall() {
    guard owed == .atOnce, nextOwn?.isPlainAck != true else { return }
    acknowledge(after: "+0")
  }

  /// Writes the ACK that the kept end sends before anything else comes.
  mutating func acknowledgeBeforeArrival() {
    guard owed == .atOnce else { return }
    if let next = nextOwn, next.isPlainAck, case .number(let number)? = next.acknowledgment {
      // It stands further down.
      var numbers = numbers[kept.other]
      if numbers.number(number, expected: numbers.arrived) == numbers.arrived { return }
    }
    acknowledge(after: "+0")
  }

  /// Writes the ACK that the kept end sends while it waits for a timer.
  mutating func acknowledgeBeforeWaiting() {
    guard let owed, nextOwn?.isPlainAck != true else { return }
    acknowledge(after: owed == .atOnce ? "+0" : "+0~+0.25")
  }

  private mutating func acknowledge(after time: String) {
    guard !ladder.isExhaustive else { return }
    let segment = ScriptSegment(
      flags: .ack, start: numbers[kept].next, acknowledgment: numbers[kept.other].arrived, options: nil)
    add("> \(segment)", after: time)
    owed = nil
  }

  /// Writes the other end's ACK of all that the kept end has sent, without which that would wait (Nagle).
  mutating func acknowledgeForSender() {
    guard !ladder.isExhaustive, numbers[kept].acknowledged < numbers[kept].arrived,
      numbers[kept].arrived == numbers[kept].next
    else { return }
    let segment = ScriptSegment(
      flags: .ack, start: numbers[kept.other].next, acknowledgment: numbers[kept].arrived, options: [])
    inject(segment, after: "+0")
    acceptWhereOpen()
  }

  /// The segment of the kept end that the page shows next.
  private var nextOwn: SegmentPattern? {
    plan.steps[(place + 1)...].lazy.compactMap { step in
      switch step.action {
      case .expect(kept, let pattern), .expectData(kept, let pattern, _, _),
        .expectHeld(kept, let pattern, _),
        .expectAbandoned(kept, let pattern):
        pattern
      case .expectBoth(let patterns): patterns[kept]
      default: nil
      }
    }.first
  }
}

extension SegmentPattern {
  /// Tells whether it is an ACK and nothing else.
  fileprivate var isPlainAck: Bool { mayBePureAck && namesAck }
}

extension State {
  /// The kernel's constant for the state.
  var constant: String {
    switch self {
    case .closed: "TCP_CLOSE"
    case .finWait1: "TCP_FIN_WAIT1"
    case .finWait2: "TCP_FIN_WAIT2"
    default: "TCP_" + rawValue
    }
  }
}
