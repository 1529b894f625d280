extension Plan {
  /// When the end that is closed second makes its call.
  package enum PassiveClose: String, CaseIterable, Sendable {
    /// In its turn: after its ACK of the FIN was seen.
    case late
    /// As soon as the FIN has arrived, before its ACK leaves.
    case now
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
      steps.remove(at: next)
      steps.insert(Plan.Step(rung: step.rung, action: .call(active.other, call)), at: place + 1)
      return
    }
  }
}
