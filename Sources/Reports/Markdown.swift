import Claims
import Documents
import Notations
import Traces

extension Assessment {
  /// The report as a page: what was seen stands in it as ladders and facts, which the next kernel can be held to.
  ///
  /// - Parameter drawing: writes a ladder that was seen, with the kernel's own reasons; nil for a table, and one of the
  ///   reasons.
  func markdownReport(drawing: ((Ladder) -> String)? = nil) -> String {
    let machine = run.machine
    var blocks = [
      "# Linux \(machine.release) (\(machine.architecture)), measured with tcpprobe \(run.version)",
      "Made by \(markdownCode(run.command)).",
    ]
    let unread = pages.flatMap { page in
      page.unread.map { unread in
        "\(markdownProse(page.name)):\(unread.line): \(markdownCode(unread.text))"
          + (unread.note.map { ": " + markdownProse($0) } ?? "")
      }
    }
    if !unread.isEmpty { blocks += ["## Could not read", list(unread)] }
    for index in tracesByPlace { blocks += record(ofTrace: index, drawing) }
    if !claims.isEmpty { blocks += ["## Claims", claimsTable, "\(summary)."] }
    let watched = Observation.all(of: run).map(\.item) + Finding.all(of: run).map(\.item)
    if !watched.isEmpty { blocks += ["## Observers", list(watched)] }
    return blocks.joined(separator: "\n\n") + "\n"
  }

  private func record(ofTrace index: Int, _ drawing: ((Ladder) -> String)?) -> [String] {
    let trace = run.traces[index]
    let title = RunTitle(trace.variant, judgement: ladders.first { $0.trace == index }, pages: pages)
    var (heading, details) = (title.heading, title.details)
    if case .scenario = trace.variant.subject, let caption = title.circumstances.first {
      (heading, details) = (caption, Array(title.circumstances.dropFirst()))
    }
    var blocks = ["## \(markdownHeading(heading))", markdownProse(details.joined(separator: ", ")) + "."]
    if let reason = trace.reasonNotJudged { return blocks + ["Not judged: \(markdownProse(reason))."] }
    if case .ladder = trace.variant.subject {
      let ladder = trace.ladder(reasons: drawing != nil)
      if !ladder.rungs.isEmpty { blocks.append(trimmed(drawing?(ladder) ?? ladder.markdown)) }
      if drawing == nil { blocks += reasons(ofSegmentsOf: trace) }
    }
    return blocks + figures(of: trace)
  }

  /// The traces in the order of the pages: where a ladder stands, or the first of the facts that a trace decides.
  private var tracesByPlace: [Int] {
    let pageNumbers = Dictionary(pages.enumerated().map { ($1.name, $0) }) { first, _ in first }
    func place(_ index: Int) -> (page: Int, line: Int) {
      if let ladder = ladders.first(where: { $0.trace == index }) {
        return (pageNumbers[ladder.page] ?? .max, ladder.ladder.line)
      }
      let part = facts.first { $0.verdict.evidence.contains { $0.trace == index } }
      return part.map { (pageNumbers[$0.place.page] ?? .max, $0.place.line) } ?? (.max, .max)
    }
    let places = run.traces.indices.map(place)
    return run.traces.indices.sorted {
      (places[$0].page, places[$0].line, $0) < (places[$1].page, places[$1].line, $1)
    }
  }

  /// Writes the kernel's own reasons beside the numbers of the ladder's segments, in the order in which they leave: a table of
  /// which a reader makes neither a ladder nor facts.
  private func reasons(ofSegmentsOf trace: Trace) -> [String] {
    let segments = trace.events.indices[(trace.firstRung ?? 0)...].filter { trace.events[$0].segment != nil }
    let rows = trace.kernelReasons.compactMap { told in
      segments.firstIndex(of: told.segment).map { "| \($0 + 1) | \(markdownProse("\(told.reason)")) |" }
    }
    return rows.isEmpty
      ? [] : (["| segment number | \(Rung.Note.kernelReason) |", "| --- | --- |"] + rows).blocks
  }

  /// Writes measurements as facts, each with the condition that it holds under.
  private func figures(of trace: Trace) -> [String] {
    let figures = trace.events.compactMap {
      if case .measurement(let figure) = $0.what { figure } else { nil }
    }
    let facts = figures.compactMap { figure in
      figure.kept.map {
        Fact(what: figure.name, value: $0.description, setBy: trace.variant.conditions.setBy)
      }
    }
    let others = figures.compactMap { figure in
      figure.missing.map { markdownProse("\(figure.name): \($0)") }
    }
    let table = Facts(rows: facts)
    // A reader takes two columns that hold segments for the two parties: one of numbers is none.
    let reasons = figures.enumerated().compactMap { index, figure -> String? in
      let told = trace.kernelReasons(of: figure.events).map(\.description).joined(separator: ", ")
      return told.isEmpty ? nil : "| \(index + 1) | \(cell(markdownProse("\(figure.name): \(told)"))) |"
    }
    let told = (["| figure number | \(Rung.Note.kernelReason) |", "| --- | --- |"] + reasons).blocks
    return (facts.isEmpty ? [] : [trimmed(table.markdown)]) + (others.isEmpty ? [] : [list(others)])
      + (reasons.isEmpty ? [] : told)
  }

  /// The values share a column: a reader takes two that hold segments for the two parties.
  private var claimsTable: String {
    let rows = claims.map { claim in
      [markdownProse(claim.id), claim.verdict.mark.words, said(claim)].map(cell).joined(separator: " | ")
    }
    return (["claim | verdict | document and kernel", "--- | --- | ---"] + rows)
      .map { "| \($0) |" }.joined(separator: "\n")
  }

  private func said(_ claim: ClaimResult) -> String {
    let verdict = claim.verdict
    var parts = claim.restatement.map { [markdownProse($0.withoutPlace.withoutFullStop)] } ?? []
    switch verdict.mark {
    case .confirmed: parts.append("seen: \(markdownCode(verdict.seen))")
    case .contradicted, .simplified, .conditional:
      parts.append("document: \(markdownCode(verdict.expected)), kernel: \(markdownCode(verdict.seen))")
    case .undecided, .unobservable, .leftOut: parts.append("document: \(markdownCode(verdict.expected))")
    }
    if let reason = verdict.reason, !reason.isEmpty { parts.append(markdownProse(reason)) }
    parts += verdict.notes.map(markdownProse)
    let reasons = reasons(of: claim)
    if !reasons.isEmpty {
      parts.append("\(Rung.Note.kernelReason): " + markdownProse(reasons.joined(separator: "; ")))
    }
    return parts.joined(separator: "; ")
  }
}

extension [String] {
  /// Lines that are one block of a page.
  fileprivate var blocks: [String] { [joined(separator: "\n")] }
}

extension String {
  /// A sentence that others follow behind a semicolon.
  fileprivate var withoutFullStop: String { hasSuffix(".") ? String(dropLast()) : self }
}

extension Observation {
  fileprivate var item: String {
    var parts = variants > 0 ? [sights] + limits : []
    parts += reasons.map { (isMissed ? "not available: " : "") + $0 }
    if isMissed { parts.append("as a result, \(kind.cost)") }
    return "\(kind.rawValue): " + parts.joined(separator: "; ")
  }
}

extension Finding {
  fileprivate var item: String { text + (explanation.map { ": \($0)" } ?? "") }
}

private func list(_ items: [String]) -> String {
  items.map { "- " + oneLine($0) }.joined(separator: "\n")
}

/// A cell is one line, and a pipe in it does not end it.
private func cell(_ text: String) -> String {
  oneLine(text).replacing("|", with: "\\|")
}

private func oneLine(_ text: String) -> String {
  text.split(whereSeparator: \.isNewline).joined(separator: "; ")
}
