import Documents
import Traces

extension Verdict {
  /// The verdict on a claim from those on its parts.
  ///
  /// The same part run under several conditions is conditional where it came out differently. A claim is as good
  /// as its worst part: contradicted, undecided, conditional, left out, unobservable, confirmed.
  init(combining parts: [(part: Part, trace: Int)], in run: Run) {
    var verdicts: [Verdict] = []
    var done: [Part] = []
    for (part, _) in parts {
      if done.contains(where: { $0.isSame(as: part) }) { continue }
      done.append(part)
      verdicts.append(Verdict(ofVariants: parts.filter { $0.part.isSame(as: part) }, in: run))
    }
    let rank: [Kind] = [.contradicted, .undecided, .conditional, .leftOut, .unobservable, .confirmed]
    let worst = rank.first { kind in verdicts.contains { $0.kind == kind } } ?? .undecided
    let decisive = verdicts.filter { $0.kind == worst }
    func joined(_ texts: [String]) -> String {
      var unique: [String] = []
      for text in texts where !text.isEmpty && !unique.contains(text) { unique.append(text) }
      return unique.joined(separator: "; ")
    }
    self.init(
      worst, isSimplified: worst == .contradicted && decisive.allSatisfy(\.isSimplified),
      expected: joined(decisive.map(\.expected)), seen: joined(decisive.map(\.seen)),
      reason: worst == .confirmed ? nil : joined(decisive.compactMap(\.reason)),
      evidence: verdicts.flatMap(\.evidence))
    takeNotes(of: verdicts)
  }

  /// Takes the notes of all these verdicts, each once.
  private mutating func takeNotes(of verdicts: [Verdict]) {
    added = []
    composition = []
    for text in verdicts.flatMap(\.added) where !added.contains(text) { added.append(text) }
    for text in verdicts.flatMap(\.composition) where !composition.contains(text) { composition.append(text) }
  }

  /// The verdict on one part that was run once or more often.
  fileprivate init(ofVariants variants: [(part: Part, trace: Int)], in run: Run) {
    let kinds = Set(variants.map(\.part.verdict.kind))
    defer { takeNotes(of: variants.map(\.part.verdict)) }
    if let conditional = variants.first(where: { $0.part.verdict.kind == .conditional }) {
      self = conditional.part.verdict
      evidence = variants.flatMap(\.part.verdict.evidence)
      return
    }
    guard kinds.contains(.confirmed), kinds.contains(.contradicted) else {
      let worst = [Kind.contradicted, .undecided, .leftOut].first { kinds.contains($0) } ?? .confirmed
      self = variants.first { $0.part.verdict.kind == worst }?.part.verdict ?? variants[0].part.verdict
      evidence = variants.flatMap(\.part.verdict.evidence)
      return
    }
    // Each outcome once, with all conditions that lead to it; a run that could not be decided has none.
    var outcomes: [(seen: String, conditions: [String])] = []
    for variant in variants where ![.undecided, .leftOut].contains(variant.part.verdict.kind) {
      let name = run.traces[variant.trace].variant.circumstances(
        among: variants.map { run.traces[$0.trace].variant })
      let seen = variant.part.verdict.seen
      if let known = outcomes.firstIndex(where: { $0.seen == seen }) {
        outcomes[known].conditions.append(name)
      } else {
        outcomes.append((seen, [name]))
      }
    }
    let texts = outcomes.map { "\($0.seen) (\($0.conditions.joined(separator: "; ")))" }
    self.init(
      .conditional, expected: variants[0].part.verdict.expected, seen: texts.joined(separator: ", "),
      reason: nil, evidence: variants.flatMap(\.part.verdict.evidence))
  }
}

extension [LadderJudgement] {
  /// The same, where a part that differs in one run of a ladder is as the document says in another: there it is true
  /// under a condition, and not contradicted.
  func conditional(in run: Run) -> [LadderJudgement] {
    map { judgement in
      let others = filter {
        $0.page == judgement.page && $0.ladder.table == judgement.ladder.table && $0.trace != judgement.trace
          && run.traces[$0.trace].end == .finished
      }
      guard !others.isEmpty else { return judgement }
      var copy = judgement
      for (index, part) in judgement.parts.enumerated() where part.verdict.kind == .contradicted {
        let variants = ([judgement] + others).sorted { $0.trace < $1.trace }
        let verdict = Verdict(
          ofVariants: variants.map { (part: $0.part(like: part), trace: $0.trace) }, in: run)
        guard verdict.kind == .conditional else { continue }
        copy.parts[index].verdict.kind = .conditional
        copy.parts[index].verdict.isSimplified = false
        copy.parts[index].verdict.seen = verdict.seen
        copy.parts[index].verdict.reason = nil
      }
      return copy
    }
  }
}

extension LadderJudgement {
  /// The same cell's part here. A segment that the document does not have, and that was not sent here, is as the document
  /// says.
  fileprivate func part(like other: Part) -> Part {
    if let same = parts.first(where: { $0.isSame(as: other) }) { return same }
    var absent = other
    absent.verdict = Verdict(.confirmed, expected: other.verdict.expected, seen: "nothing")
    return absent
  }
}

extension Part {
  /// The same cell or row of the same document.
  package func isSame(as other: Part) -> Bool { subject == other.subject && place == other.place }
}

extension ClaimResult {
  /// The parts that gave the verdict: where that is conditional, all runs of the cells that differ under a condition.
  package var decisive: [Part] {
    guard verdict.kind == .conditional else { return parts.filter { $0.verdict.kind == verdict.kind } }
    let differing = parts.filter { [.conditional, .contradicted].contains($0.verdict.kind) }
    return parts.filter { part in differing.contains { $0.isSame(as: part) } }
  }
}

extension Variant {
  /// The circumstances that set this run apart from the others: its conditions, and its family and bench where those differ.
  fileprivate func circumstances(among variants: [Variant]) -> String {
    var names = conditions.map(\.description)
    if variants.contains(where: { $0.family != family }) { names.append(family.name) }
    if variants.contains(where: { $0.bench != bench }) { names.append(bench.rawValue) }
    return names.isEmpty ? "by default" : names.joined(separator: ", ")
  }
}
