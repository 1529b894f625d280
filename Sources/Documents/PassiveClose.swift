extension Plan {
  /// Decisions that a page leaves to the runner.
  package struct Choices: Hashable, Sendable {
    package var passiveClose: PassiveClose
    /// The data that a program has read before a close(), where the page does not say; nil for everything.
    package var reading: Reading?

    package init(passiveClose: PassiveClose = .late, reading: Reading? = nil) {
      self.passiveClose = passiveClose
      self.reading = reading
    }
  }

  /// The part of the data that a program reads before it calls close(). Unread data makes an RST of the FIN.
  package enum Reading: String, CaseIterable, Sendable { case everything, nothing }

  /// The moment at which the end that is closed second makes its call.
  package enum PassiveClose: String, CaseIterable, Sendable {
    /// In its turn: after its ACK of the FIN was seen.
    case late
    /// As soon as the FIN has arrived, before its ACK leaves.
    case now
  }
}

extension Plan {
  /// The party whose FIN the ladder has first; nil where it has none.
  package var closesFirst: Party? {
    steps.lazy.compactMap { step -> Party? in
      guard case .expect(let party, let pattern) = step.action, pattern.flags.contains(.fin) else {
        return nil
      }
      return party
    }.first
  }

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

extension Planner {
  /// Moves the second party's closing call to just after the first party's FIN has arrived.
  ///
  /// A party that has more to send or to read before stays with its turn: it would close on its own data.
  mutating func hastenPassiveClose() {
    for (place, step) in steps.enumerated() {
      guard case .expect(let active, let pattern) = step.action, pattern.flags.contains(.fin) else {
        continue
      }
      // A FIN that is lost has not arrived; the one that is sent again has.
      if losses.contains(LostSegment(rung: step.rung, party: active)) { continue }
      let next = steps[place...].firstIndex {
        if case .call(active.other, _) = $0.action { true } else { false }
      }
      guard let next, case .call(_, let call) = steps[next].action,
        call == .close || call == .shutdown(.write)
      else { return }
      var moved = [Plan.Step(rung: step.rung, action: .call(active.other, call))]
      steps.remove(at: next)
      if steps[next - 1].action == .read(active.other) {
        moved.insert(Plan.Step(rung: step.rung, action: .read(active.other)), at: 0)
        steps.remove(at: next - 1)
      }
      steps.insert(contentsOf: moved, at: place + 1)
      return
    }
  }
}
