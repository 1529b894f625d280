import TCP

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

extension Planner {
  /// Tells whether data of this party in this row arrives at the other after the other's segment of the row has left.
  func meetsData(of party: Party, _ index: Int) -> Bool {
    let cells = ladder.rungs[index].cells
    guard let data = cells[party].segment, data.carriesData, let met = cells[party.other].segment,
      !losses.contains(LostSegment(rung: index, party: party))
    else { return false }
    return answered(party == .left ? Both(left: data, right: met) : Both(left: met, right: data)) != party
  }

  /// Adds the send() of octets that leave with the FIN in one segment. With MSG_MORE they wait for the call that sends the
  /// FIN; where the page names that call, they are written before it.
  mutating func planLastData(_ count: Int, of party: Party, _ index: Int) throws(PageError) {
    let call = Call.send(count, more: true)
    let end = steps.lastIndex {
      if case .call(party, let call) = $0.action {
        call.sendsFin && history[party].called.contains(call)
      } else {
        false
      }
    }
    guard let end else {
      try plan(call, of: party, index)
      history[party].called.removeLast()
      return
    }
    history[party.other].unread += count
    steps.insert(Plan.Step(rung: steps[end].rung, action: .call(party, call)), at: end)
  }
}
