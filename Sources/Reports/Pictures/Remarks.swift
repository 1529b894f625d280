import Claims
import Documents
import Traces

/// The judge's remarks on a ladder, by the place in the trace that each belongs to.
struct Remarks {
  private(set) var all: [(place: Int, remark: Picture.Remark)] = []
  private var paired: Set<Int> = []

  init(judgement: LadderJudgement?, trace: Trace) {
    guard let judgement else { return }
    paired = Set(judgement.runs.flatMap { $0.left + $0.right })
    for part in judgement.parts {
      guard let place = place(of: part, judgement: judgement, trace: trace) else { continue }
      all.append(
        (
          place,
          Picture.Remark(
            mark: part.verdict.mark, subject: part.subject,
            claims: part.claims.filter { $0 != part.place.id },
            expected: part.verdict.expected, seen: part.verdict.seen, reason: part.verdict.reason)
        ))
    }
    all.sort { $0.place < $1.place }
  }

  /// Tells whether the document has the segment at this place.
  func isPaired(_ place: Int) -> Bool { paired.contains(place) }

  private func place(of part: Part, judgement: LadderJudgement, trace: Trace) -> Int? {
    switch part.subject {
    case .segment(let rung, let party):
      return pair(judgement, rung, party) ?? end(of: rung, in: trace)
    case .state(let rung, let party):
      return pair(judgement, rung, party) ?? pair(judgement, rung, party.other) ?? end(of: rung, in: trace)
    case .extra(let rung, _):
      let evidence = part.verdict.evidence.first { $0.trace == judgement.trace }
      return evidence?.events.first { trace.events.indices.contains($0) } ?? end(of: rung, in: trace)
    case .fact:
      return nil
    }
  }

  private func pair(_ judgement: LadderJudgement, _ rung: Int, _ party: Party) -> Int? {
    judgement.pairs.indices.contains(rung) ? judgement.pairs[rung][party] : nil
  }

  /// The last place before the runner came to the rung after this one.
  private func end(of rung: Int, in trace: Trace) -> Int {
    let next = trace.events.firstIndex { if case .rung(let index) = $0.what { index > rung } else { false } }
    return max(0, (next ?? trace.events.endIndex) - 1)
  }
}
