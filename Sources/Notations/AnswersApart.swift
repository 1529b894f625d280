package import Documents

extension Ladder {
  /// The ladder with a segment and its answer in rows of their own, as a picture shows them. Two segments that cross each
  /// other stay in one row: the plan of the ladder says which ones do.
  package var withAnswersApart: Ladder {
    guard let plan = try? Plan(self, page: "") else { return self }
    var apart = self
    apart.rungs = rungs.indices.flatMap { index in
      plan.firstOfTwo(inRung: index).map { rungs[index].apart(from: $0) } ?? [rungs[index]]
    }
    // A loss in the next row may lie too far from its segment now.
    return (try? Plan(apart, page: ""))?.actions == plan.actions ? apart : self
  }
}

extension Plan {
  fileprivate var actions: [Action] { steps.map(\.action).filter { $0 != .look } }

  /// The party whose segment the other's answers in this rung; nil where not both send, or where the two cross.
  fileprivate func firstOfTwo(inRung rung: Int) -> Party? {
    let senders = steps.filter { $0.rung == rung }.compactMap { step -> Party? in
      switch step.action {
      case .expect(let party, _), .expectData(let party, _, _, _), .expectAbandoned(let party, _): party
      default: nil
      }
    }
    return senders.count == 2 ? senders[0] : nil
  }
}

extension Rung {
  /// The segment of this party and its calls; and the answer, with the states of both: they hold until the next step.
  fileprivate func apart(from party: Party) -> [Rung] {
    var (cause, answer) = (self, self)
    cause.cells[party.other] = Cell(column: cells[party.other].column)
    cause.cells[party].elements.removeAll(where: \.isOfState)
    cause.notes = []
    cause.isReceipt = false
    answer.cells[party] = Cell(
      column: cells[party].column, elements: cells[party].elements.filter(\.isOfState))
    answer.claims = []
    return [cause, answer]
  }
}

extension Cell.Element {
  fileprivate var isOfState: Bool {
    switch self {
    case .state, .received, .perhapsReceived, .orNext, .unread: true
    default: false
    }
  }
}
