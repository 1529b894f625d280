/// Decisions on a close that a page leaves open, or that it makes.
extension Plan {
  /// The part of the data that a program reads before it calls close(). Unread data makes an RST of the FIN.
  package enum Reading: String, CaseIterable, Sendable { case everything, nothing }

  /// The party whose first FIN the other's close() follows before anything acknowledges it, and then the other's FIN: the
  /// ACK must not leave by itself in between. Nil where no step asks for that.
  package var closesBeforeItsAck: Party? {
    let moves = steps.filter {
      switch $0.action {
      case .look, .read, .lose: false
      default: true
      }
    }
    for (place, step) in moves.enumerated() {
      guard case .expect(let active, let pattern) = step.action, pattern.flags.contains(.fin) else {
        continue
      }
      guard moves.indices.contains(place + 2), case .call(active.other, let call) = moves[place + 1].action,
        call == .close || call == .shutdown(.write),
        case .expect(active.other, let answer) = moves[place + 2].action, answer.flags.contains(.fin)
      else { return nil }
      return active
    }
    return nil
  }
}
