package import Documents
import TCP
package import Traces

/// Puts a ladder beside the trace that was run from it, rung by rung.
struct LadderJudge {
  let trace: Trace
  private let index: Int
  private let unread: UnreadSteps
  var numbering: Numbering
  /// The segments of each party that are not yet compared.
  var remaining: Both<[(place: Int, segment: Segment)]>
  var judgement: LadderJudgement
  /// The writes of each party, as places in its stream; and the run of segments that was put together last.
  let writes: Both<Writes>
  /// The plan by which the ladder was run; nil where it cannot be.
  let plan: Plan?
  var lastRun: Both<(first: SequenceNumber, end: SequenceNumber)?> = Both(nil)

  /// The first rung that other calls than those that were added might have made true, with the reason.
  private var apart: (rung: Int, reason: String)?

  init(_ ladder: Ladder, of page: String, trace: Trace, index: Int) {
    self.trace = trace
    self.index = index
    unread = UnreadSteps(of: ladder)
    numbering = Numbering(placed: trace.placed)
    let start = trace.firstRung ?? trace.events.startIndex
    remaining = Both(left: trace.segments(of: .left), right: trace.segments(of: .right))
      .map { $0.filter { $0.place >= start } }
    writes = Both(
      left: Writes(of: .left, in: trace, from: start), right: Writes(of: .right, in: trace, from: start))
    plan = try? Plan(ladder, page: page)
    judgement = LadderJudgement(page: page, ladder: ladder, trace: index)
  }

  mutating func judge() -> LadderJudgement {
    for rung in judgement.ladder.rungs.indices {
      if judgement.ladder.rungs[rung].isElision { numbering.bindAgain() }
      var run: Both<[Int]> = Both([])
      for party in Party.allCases {
        let cell = judgement.ladder.rungs[rung].cells[party]
        guard let pattern = cell.segment else { continue }
        if cell.isOldDuplicate {
          bind(pattern, rung: rung, party: party)
          continue
        }
        if beginsAnew(pattern, of: party, rung: rung) { numbering.bindAgain(party) }
        run[party] = judge(pattern, rung: rung, party: party)
      }
      judgement.runs.append(run)
      judgement.pairs.append(run.map(\.first))
    }
    for rung in judgement.ladder.rungs.indices {
      for party in Party.allCases {
        guard let state = judgement.ladder.rungs[rung].cells[party].state else { continue }
        judge(state, rung: rung, party: party)
      }
    }
    judgeTheRest()
    noteRepeats()
    noteAdditions()
    if !numbering.isBoundAgain { judgement.offsets = numbering.offsets }
    return judgement
  }

  /// Compares the party's next segment; pure ACKs that the cell cannot mean are passed over.
  ///
  /// - Returns: the places of the segments that the cell was compared with.
  private mutating func judge(_ pattern: SegmentPattern, rung: Int, party: Party) -> [Int] {
    while let next = remaining[party].first, isReached(rung),
      !wasAwaitedInVain(rung, of: party, before: next.place)
    {
      remaining[party].removeFirst()
      guard pattern.isCompared(with: next.segment) else {
        passOver(next.place, rung: rung, party: party)
        continue
      }
      if trace.end == .stalled {
        // A disturbed run proves nothing, in either direction.
        let reason = trace.obstacle?.description
        add(
          .segment(rung: rung, party: party),
          Verdict(.undecided, expected: pattern.description, seen: "", reason: reason))
        return [next.place]
      }
      if isSuperseded(next.segment, for: pattern, of: party)
        || isUnnamedRepeat(next.place, for: pattern, rung: rung, party: party)
      {
        judgement.passedOver.append(next.place)
        continue
      }
      if isNamedLater(next.segment, than: pattern, rung: rung, party: party) {
        remaining[party].insert(next, at: 0)
        break
      }
      let run = self.run(from: next, for: pattern, rung: rung, party: party)
      let comparison = SegmentComparison(
        pattern, run.segment, of: party, &numbering, isExhaustive: judgement.ladder.isExhaustive)
      var verdict = Verdict(
        comparison.differing.isEmpty ? .confirmed : .contradicted, isSimplified: comparison.isSimplified,
        expected: pattern.description, seen: comparison.seen.description,
        reason: comparison.differing.isEmpty
          ? nil
          : comparison.isSimplified
            ? "the document omits the ACK flag"
            : comparison.difference,
        evidence: evidence(run.places))
      if let note = run.note(in: trace) { verdict.composition = [note] }
      if let reason = lastDataDoubt(comparison, run, party: party) {
        apart = (rung, reason)
      } else if let reason = doubt(comparison, run, rung: rung, party: party) {
        verdict.kind = .undecided
        verdict.reason = reason
      }
      add(.segment(rung: rung, party: party), verdict)
      return run.places
    }
    add(.segment(rung: rung, party: party), missing(pattern, of: party, rung: rung))
    return []
  }

  /// Tells whether the run came to this rung before the bench could not go on.
  private func isReached(_ rung: Int) -> Bool {
    switch trace.end {
    case .finished, .stalled: return true
    case .cannotRun, .leftOut: break
    }
    return trace.events.contains { $0.what == .rung(index: rung) }
  }

  /// Tells whether the party's segment of this rung was waited for, and none came before this place: what came later
  /// belongs to a later rung.
  private func wasAwaitedInVain(_ rung: Int, of party: Party, before place: Int) -> Bool {
    guard let start = trace.events.firstIndex(where: { $0.what == .rung(index: rung) }) else { return false }
    let events = trace.events[start..<max(start, place)]
    let end = events.dropFirst().firstIndex { if case .rung = $0.what { true } else { false } }
    return events[..<(end ?? events.endIndex)].contains {
      if case .silence = $0.what { $0.party == party } else { false }
    }
  }

  private func missing(_ pattern: SegmentPattern, of party: Party, rung: Int) -> Verdict {
    if let reason = trace.obstacle {
      return Verdict(trace.open, expected: pattern.description, seen: "", reason: reason.description)
    }
    // Only a loss before the segment can have taken it along.
    let end = trace.events.firstIndex { $0.what == .rung(index: rung + 1) } ?? trace.events.endIndex
    if trace.variant.bench == .loopback,
      trace.segments(of: party).contains(where: { $0.place < end && trace.isLost(segmentAt: $0.place) })
    {
      return Verdict(
        .undecided, expected: pattern.description, seen: "",
        reason:
          "on loopback more segments may be lost than the page says, without a trace; --on wire can tell")
    }
    let silences = trace.events.indices.filter {
      if case .silence = trace.events[$0].what { trace.events[$0].party == party } else { false }
    }
    return Verdict(
      .contradicted, expected: pattern.description, seen: "nothing",
      reason: "\(trace.names[party]) did not send this segment", evidence: evidence(silences))
  }

  func evidence(_ places: [Int]) -> [Verdict.Evidence] {
    places.isEmpty ? [] : [Verdict.Evidence(trace: index, events: places)]
  }

  mutating func add(_ subject: Part.Subject, _ verdict: Verdict) {
    guard let place = judgement.place(of: subject) else { return }
    var verdict = unread.qualified(verdict, ofRung: place.row - 1)
    if let apart, apart.rung < place.row, verdict.kind == .contradicted {
      verdict.kind = .undecided
      verdict.isSimplified = false
      verdict.reason = apart.reason
    }
    judgement.parts.append(
      Part(
        subject: subject, place: place, claims: judgement.claims(of: subject),
        verdict: verdict))
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
    case .segment(let rung, let party), .state(let rung, let party), .extra(let rung, let party):
      ladder.claims(ofRung: rung, by: party)
    case .fact: []
    }
  }
}

extension Trace {
  /// Tells whether this run of the ladder contradicts it anywhere.
  package func contradicts(_ ladder: Ladder, of page: String) -> Bool {
    var judge = LadderJudge(ladder, of: page, trace: self, index: 0)
    return judge.judge().parts.contains { $0.verdict.kind == .contradicted }
  }
}
