/// The results of changed kernels as a page.
package struct ScoreTable: Sendable {
  /// A set of changes: its title and its results, in their order.
  package var sets: [(title: String, results: [ChangeResult])]
  package var verdicts: HandVerdicts
  /// The description of the run: lines above the tables.
  package var preface: [String]

  package init(
    _ sets: [(title: String, results: [ChangeResult])], verdicts: HandVerdicts, preface: [String] = []
  ) {
    self.sets = sets
    self.verdicts = verdicts
    self.preface = preface
  }

  /// The figures of one set.
  package struct Score: Equatable, Sendable {
    package var run = 0
    package var equivalent = 0
    package var found = 0
    package var cutShort = 0
    package var missed = 0
    package var undecided = 0

    /// Those that are noticed, in percent of those that somebody could see; nil where there are none.
    package var percent: Int? {
      let visible = found + cutShort + missed
      return visible == 0 ? nil : ((found + cutShort) * 100 + visible / 2) / visible
    }
  }

  package func score(of results: [ChangeResult]) -> Score {
    var score = Score()
    for result in results where result.wasRun {
      score.run += 1
      switch result.outcome {
      case .found: score.found += 1
      case .panic, .hang, .failed: score.cutShort += 1
      case .same where verdicts.verdict(of: result.id)?.verdict == .equivalent: score.equivalent += 1
      case .same: score.missed += 1
      default: score.undecided += 1
      }
    }
    return score
  }

  package var markdown: String {
    var lines = ["# Changed kernels that a record tells of", ""] + preface + [""]
    lines += ["| set | run | equivalent | found | panic, hang or error | missed | no result | score |"]
    lines += ["| --- | --- | --- | --- | --- | --- | --- | --- |"]
    for set in sets {
      let score = score(of: set.results)
      let cells = [
        set.title, "\(score.run)", "\(score.equivalent)", "\(score.found)", "\(score.cutShort)",
        "\(score.missed)", "\(score.undecided)", score.percent.map { "\($0) %" } ?? "–",
      ]
      lines.append(Self.row(cells))
    }
    lines += ["", "Score: found, panic, hang or error, of all that were run and are not equivalent."]
    for set in sets where !set.results.isEmpty {
      lines += ["", "## \(set.title)", ""] + left(out: set.results)
      lines += ["| change | place | what | result | first change of the record | changes |"]
      lines += ["| --- | --- | --- | --- | --- | --- |"]
      lines += set.results.filter(\.wasRun).map { Self.row(cells(of: $0)) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Those that no kernel was made of, in a line.
  private func left(out results: [ChangeResult]) -> [String] {
    func count(_ outcome: ChangeResult.Outcome) -> Int { results.count { $0.outcome == outcome } }
    let absent = results.filter { $0.outcome == .notInThisKernel }.map(\.id)
    var texts: [String] = []
    if count(.notCompiled) > 0 { texts.append("\(count(.notCompiled)) could not be compiled") }
    if count(.sameCode) > 0 { texts.append("\(count(.sameCode)) gave the same machine code") }
    if !absent.isEmpty { texts.append("not in this kernel: \(absent.joined(separator: ", "))") }
    return texts.isEmpty ? [] : ["Not run: \(texts.joined(separator: "; ")).", ""]
  }

  private func cells(of result: ChangeResult) -> [String] {
    let place = "\(result.file.split(separator: "/").last ?? ""):\(result.line) \(result.function)()"
    var first = ""
    if let change = result.first {
      first =
        "\(change.section): \(change.behaviour): \(change.before) / \(change.after) (\(change.noticedBy))"
    } else if let line = result.lines.first {
      first = line
    }
    return [
      result.id, place, result.what, inWords(result), first, result.changes == 0 ? "" : "\(result.changes)",
    ]
  }

  private func inWords(_ result: ChangeResult) -> String {
    switch result.outcome {
    case .found: return "found"
    case .panic: return "panic"
    case .hang: return "hang"
    case .failed: return "error"
    case .noRecord: return "no record"
    case .notCompiled: return "not compiled"
    case .sameCode: return "same machine code"
    case .notInThisKernel: return "not in this kernel"
    case .same:
      guard let (verdict, reason) = verdicts.verdict(of: result.id) else { return "missed" }
      return "\(verdict.rawValue): \(reason)"
    }
  }

  private static func row(_ cells: [String]) -> String {
    "| " + cells.map { $0.replacing("|", with: "\\|").replacing("\n", with: " ") }.joined(separator: " | ")
      + " |"
  }
}
