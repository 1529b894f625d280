import Documents
import TCP
import Traces

/// Puts a ladder beside the trace that was played from it, rung by rung.
struct LadderJudge {
  let trace: Trace
  private let index: Int
  private let unread: UnreadSteps
  var numbering: Numbering
  /// The segments of each party that are not yet compared.
  var remaining: Both<[(place: Int, segment: Segment)]>
  var judgement: LadderJudgement

  init(_ ladder: Ladder, of page: String, trace: Trace, index: Int) {
    self.trace = trace
    self.index = index
    unread = UnreadSteps(of: ladder)
    numbering = Numbering(placed: trace.placed)
    let start = trace.firstRung ?? trace.events.startIndex
    remaining = Both(left: trace.segments(of: .left), right: trace.segments(of: .right))
      .map { $0.filter { $0.place >= start } }
    judgement = LadderJudgement(page: page, ladder: ladder, trace: index)
  }

  mutating func judge() -> LadderJudgement {
    for rung in judgement.ladder.rungs.indices {
      if judgement.ladder.rungs[rung].isElision { numbering.bindAgain() }
      var pair: Both<Int?> = Both(nil)
      for party in Party.allCases {
        guard let pattern = judgement.ladder.rungs[rung].cells[party].segment else { continue }
        pair[party] = judge(pattern, rung: rung, party: party)
      }
      judgement.pairs.append(pair)
    }
    for rung in judgement.ladder.rungs.indices {
      for party in Party.allCases {
        guard let state = judgement.ladder.rungs[rung].cells[party].state else { continue }
        judge(state, rung: rung, party: party)
      }
    }
    judgeTheRest()
    if !numbering.isBoundAgain { judgement.offsets = numbering.offsets }
    return judgement
  }

  /// Compares the party's next segment; pure ACKs that the cell cannot mean are passed over.
  private mutating func judge(_ pattern: SegmentPattern, rung: Int, party: Party) -> Int? {
    while let next = remaining[party].first, isReached(rung) {
      remaining[party].removeFirst()
      guard pattern.isCompared(with: next.segment) else {
        passOver(next.place, rung: rung, party: party)
        continue
      }
      if trace.end == .stalled {
        // What the machine spoiled proves nothing, in either direction.
        let reason = trace.obstacle
        add(
          .segment(rung: rung, party: party),
          Verdict(.undecided, expected: pattern.description, seen: "", reason: reason))
        return next.place
      }
      let comparison = SegmentComparison(
        pattern, next.segment, of: party, &numbering, isExhaustive: judgement.ladder.isExhaustive)
      add(
        .segment(rung: rung, party: party),
        Verdict(
          comparison.differing.isEmpty ? .confirmed : .contradicted, isSimplified: comparison.isSimplified,
          expected: pattern.description, seen: comparison.seen.description,
          reason: comparison.differing.isEmpty
            ? nil
            : comparison.isSimplified
              ? "the document leaves the ACK flag out"
              : "differs in \(comparison.differing.joined(separator: ", "))",
          evidence: evidence([next.place])))
      return next.place
    }
    add(.segment(rung: rung, party: party), missing(pattern, of: party))
    return nil
  }

  /// Whether the play came to this rung before the bench could not go on.
  private func isReached(_ rung: Int) -> Bool {
    switch trace.end {
    case .finished, .stalled: return true
    case .unplayable, .leftOut: break
    }
    return trace.events.contains { $0.what == .rung(index: rung) }
  }

  private func missing(_ pattern: SegmentPattern, of party: Party) -> Verdict {
    if let reason = trace.obstacle {
      return Verdict(trace.open, expected: pattern.description, seen: "", reason: reason)
    }
    let silences = trace.events.indices.filter {
      if case .silence = trace.events[$0].what { trace.events[$0].party == party } else { false }
    }
    return Verdict(
      .contradicted, expected: pattern.description, seen: "nothing",
      reason: "\(trace.names[party]) sent no such segment", evidence: evidence(silences))
  }

  func evidence(_ places: [Int]) -> [Verdict.Evidence] {
    places.isEmpty ? [] : [Verdict.Evidence(trace: index, events: places)]
  }

  mutating func add(_ subject: Part.Subject, _ verdict: Verdict) {
    guard let place = judgement.place(of: subject) else { return }
    let claims = judgement.claims(of: subject)
    judgement.parts.append(
      Part(
        subject: subject, place: place, claims: claims.isEmpty ? [place.id] : claims,
        verdict: unread.qualified(verdict, ofRung: place.row - 1)))
  }
}

extension LadderJudgement {
  fileprivate func place(of subject: Part.Subject) -> Place? {
    switch subject {
    case .segment(let rung, let party), .state(let rung, let party), .extra(let rung, let party):
      Place(
        page: page, line: ladder.rungs[rung].line, table: ladder.table, row: rung + 1,
        column: ladder.rungs[rung].cells[party].column)
    case .fact: nil
    }
  }

  fileprivate func claims(of subject: Part.Subject) -> [String] {
    switch subject {
    case .segment(let rung, _), .state(let rung, _), .extra(let rung, _): ladder.rungs[rung].claims
    case .fact: []
    }
  }
}
