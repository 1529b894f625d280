import Documents

/// The steps of a ladder that were not read, and so were not run either.
struct UnreadSteps {
  private let first: (rung: Int, unread: Page.Unread)?
  /// The first cell in which a step of TCP's may be hidden.
  private let firstStep: (rung: Int, unread: Page.Unread)?

  init(of ladder: Ladder) {
    first = ladder.firstUnread(hidingAStep: false)
    firstStep = ladder.firstUnread(hidingAStep: true)
  }

  /// The verdict on something of this rung, as far as the document's steps up to there were read.
  ///
  /// Nothing that follows an unread step, and nothing beside it, is held against the document; and where a step of TCP's
  /// may be hidden in it, what follows is not held for the document.
  func qualified(_ verdict: Verdict, ofRung rung: Int) -> Verdict {
    let cause: Page.Unread?
    switch verdict.kind {
    case .contradicted: cause = first.flatMap { $0.rung <= rung ? $0.unread : nil }
    case .confirmed: cause = firstStep.flatMap { $0.rung < rung ? $0.unread : nil }
    case .conditional, .unobservable, .undecided, .leftOut: cause = nil
    }
    guard let cause else { return verdict }
    return Verdict(
      .undecided, expected: verdict.expected, seen: verdict.seen, reason: cause.reason,
      evidence: verdict.evidence)
  }
}

extension Page.Unread {
  /// The reason why everything that hangs on it is undecided.
  package var reason: String {
    "`\(text)` in line \(line) could not be read" + (note.map { " (\($0))" } ?? "")
  }
}
