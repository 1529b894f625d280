import TCP

/// A segment of a ladder that does not arrive: the one that this party sends in the rung of this index.
struct LostSegment: Hashable {
  var rung: Int
  var party: Party
}

extension Ladder {
  /// The segments that are lost: told in the receiver's cell of the same row, or of the next before any other
  /// segment.
  func losses(page: String) throws(PageError) -> Set<LostSegment> {
    var losses: Set<LostSegment> = []
    for (index, rung) in rungs.enumerated() {
      for receiver in Party.allCases where rung.cells[receiver].isLost {
        let sender = receiver.other
        if rung.cells[sender].segment != nil {
          losses.insert(LostSegment(rung: index, party: sender))
        } else if index > 0, rung.cells[receiver].segment == nil,
          rungs[index - 1].cells[sender].segment != nil
        {
          losses.insert(LostSegment(rung: index - 1, party: sender))
        } else {
          throw PageError(
            page: page, line: rung.line,
            message:
              "this cell marks a lost segment, but \(parties[sender]) sends no segment"
              + " in this row or the row before")
        }
      }
    }
    return losses
  }

  /// Tells whether data of the other party reaches this one after this rung, or it says that it still reads.
  func receivesData(_ party: Party, after index: Int, losses: Set<LostSegment>) -> Bool {
    rungs.indices[(index + 1)...].contains { later in
      let cells = rungs[later].cells
      let isLost = losses.contains(LostSegment(rung: later, party: party.other))
      if cells[party.other].segment?.carriesData ?? false, !isLost { return true }
      if cells[party.other].calls.contains(where: { if case .send = $0 { true } else { false } }) {
        return true
      }
      return cells[party].calls.contains { if case .receive = $0 { true } else { false } }
    }
  }

  /// Tells whether a later cell of this party's stands for data.
  func sendsMoreData(_ party: Party, after index: Int) -> Bool {
    rungs[(index + 1)...].contains { $0.cells[party].segment?.carriesData ?? false }
  }

  /// Tells whether a segment arrives later than in its row.
  package var hasLateArrivals: Bool {
    rungs.contains { rung in Party.allCases.contains { rung.cells[$0].elements.contains(.arrivesLater) } }
  }

  /// The one party that sends in the next row in which any does.
  func nextSender(after index: Int) -> Party? {
    let next = rungs[(index + 1)...].first { rung in
      Party.allCases.contains { rung.cells[$0].segment != nil }
    }
    guard let next else { return nil }
    let senders = Party.allCases.filter { next.cells[$0].segment != nil }
    return senders.count == 1 ? senders[0] : nil
  }

  func lastSender(before index: Int) -> Party? {
    for rung in rungs[..<index].reversed() {
      for party in Party.allCases where rung.cells[party].segment != nil { return party }
    }
    return nil
  }
}
