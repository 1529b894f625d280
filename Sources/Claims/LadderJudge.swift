import Documents
import TCP
import Traces

/// Puts a ladder beside the trace that was played from it, rung by rung.
struct LadderJudge {
  let trace: Trace
  private let index: Int
  private var numbering: Numbering
  /// The segments of each party that are not yet compared.
  private var left: Both<[(place: Int, segment: Segment)]>
  private var judgement: LadderJudgement

  init(_ ladder: Ladder, of page: String, trace: Trace, index: Int) {
    self.trace = trace
    self.index = index
    numbering = Numbering(placed: trace.placed)
    let start = trace.firstRung ?? trace.events.startIndex
    left = Both(left: trace.segments(of: .left), right: trace.segments(of: .right))
      .map { $0.filter { $0.place >= start } }
    judgement = LadderJudgement(page: page, ladder: ladder, trace: index)
  }

  mutating func judge() -> LadderJudgement {
    for rung in judgement.ladder.rungs.indices {
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
    judgement.offsets = numbering.offsets
    return judgement
  }

  /// Compares the party's next segment; pure ACKs that the cell cannot mean are passed over.
  private mutating func judge(_ pattern: SegmentPattern, rung: Int, party: Party) -> Int? {
    while let next = left[party].first, isReached(rung) {
      left[party].removeFirst()
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
    guard case .unplayable = trace.end else { return true }
    return trace.events.contains { $0.what == .rung(index: rung) }
  }

  private func missing(_ pattern: SegmentPattern, of party: Party) -> Verdict {
    if let reason = trace.obstacle {
      return Verdict(.undecided, expected: pattern.description, seen: "", reason: reason)
    }
    let silences = trace.events.indices.filter {
      if case .silence = trace.events[$0].what { trace.events[$0].party == party } else { false }
    }
    return Verdict(
      .contradicted, expected: pattern.description, seen: "nothing",
      reason: "\(trace.names[party]) sent no such segment", evidence: evidence(silences))
  }

  private mutating func judge(_ state: State, rung: Int, party: Party) {
    let stretches = stretches(of: rung)
    let seen = stretches.flatMap { trace.states(of: party, in: $0) }
    let proof = seen.filter { $0.state == state }
    if trace.end != .stalled, !proof.isEmpty {
      let verdict = Verdict(
        .confirmed, expected: "[\(state.rawValue)]", seen: "[\(state.rawValue)]",
        evidence: evidence(proof.map(\.place)))
      return add(.state(rung: rung, party: party), verdict)
    }
    var names: [String] = []
    for other in seen where !names.contains(other.state.rawValue) { names.append(other.state.rawValue) }
    let text = names.isEmpty ? "nothing" : names.map { "[\($0)]" }.joined(separator: ", ")
    var obstacle = trace.end == .finished ? trace.blindness(to: state) : trace.obstacle
    if seen.isEmpty, obstacle == nil { obstacle = "no observer looked at this moment" }
    add(
      .state(rung: rung, party: party),
      Verdict(
        obstacle == nil ? .contradicted : .undecided, expected: "[\(state.rawValue)]", seen: text,
        reason: obstacle,
        evidence: evidence(seen.map(\.place))))
  }

  /// The stretches in which nothing moved after a rung's segments left and arrived; of a rung without a segment,
  /// the one that begins with it, and those after its calls.
  private func stretches(of rung: Int) -> [Range<Int>] {
    let places = Party.allCases.compactMap { judgement.pairs[rung][$0] }
    if !places.isEmpty { return places.flatMap { trace.quietStretches(around: $0) } }
    guard let start = trace.events.firstIndex(where: { $0.what == .rung(index: rung) }) else { return [] }
    let end = trace.events[(start + 1)...].firstIndex { if case .rung = $0.what { true } else { false } }
    let calls = trace.events[start..<(end ?? trace.events.endIndex)].indices.filter {
      if case .call = trace.events[$0].what { true } else { false }
    }
    return ([start] + calls).map { $0..<trace.endOfStretch(from: $0) }
  }

  /// What was sent after the last rung: more than pure ACKs contradicts, where the play came to its end.
  private mutating func judgeTheRest() {
    let last = judgement.ladder.rungs.count - 1
    for party in Party.allCases {
      for (place, segment) in left[party] {
        // What came before the bench could not go on may belong to a rung that was never played.
        if segment.isPureAck || trace.end != .finished {
          passOver(place, rung: last, party: party)
        } else {
          addExtra(place, rung: last, party: party)
        }
      }
    }
  }

  /// A pure ACK that the document does not have; only a written record says that there is none.
  private mutating func passOver(_ place: Int, rung: Int, party: Party) {
    if judgement.ladder.isExhaustive, trace.end == .finished {
      addExtra(place, rung: rung, party: party)
    } else {
      judgement.passedOver.append(place)
    }
  }

  private mutating func addExtra(_ place: Int, rung: Int, party: Party) {
    guard let segment = trace.events[place].segment else { return }
    var pattern = SegmentPattern(
      flags: segment.flags, sequence: numbering.written(segment.sequence, like: nil, of: party),
      length: segment.length > 0 ? segment.length : nil)
    if let acknowledged = segment.acknowledged {
      pattern.acknowledgment = .number(numbering.written(acknowledged, like: nil, of: party.other))
    }
    add(
      .extra(rung: rung, party: party),
      Verdict(
        .contradicted, expected: "nothing", seen: pattern.description,
        reason: "the document has no such segment", evidence: evidence([place])))
  }

  private func evidence(_ places: [Int]) -> [Verdict.Evidence] {
    places.isEmpty ? [] : [Verdict.Evidence(trace: index, events: places)]
  }

  private mutating func add(_ subject: Part.Subject, _ verdict: Verdict) {
    guard let place = judgement.place(of: subject) else { return }
    let claims = judgement.claims(of: subject)
    judgement.parts.append(
      Part(subject: subject, place: place, claims: claims.isEmpty ? [place.id] : claims, verdict: verdict))
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
