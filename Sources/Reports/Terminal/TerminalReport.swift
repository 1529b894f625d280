package import Claims
import Documents
import Traces

extension Assessment {
  /// The report for a terminal of this width.
  package func terminalReport(style: Style) -> String {
    let observers = ObserverLines(self, style: style)
    var lines = style.shownSections.isEmpty ? beginning(style: style) : []
    if style.tellsPages {
      for page in lessons { lines += PageLines(page, of: self, style: style).lines() }
    } else if style.beginsWithClaims {
      lines += overview(style: style)
    } else {
      lines += introduction(style: style)
      var drawn: [Int] = []
      for index in run.traces.indices where style.drawsAll || isWorthDrawing(index) {
        let drawing = terminalLines(ofTrace: index, style: style)
        if !drawing.isEmpty { drawn.append(index) }
        lines += drawing
      }
      lines += others(than: drawn, style: style)
      lines += ClaimLines(self, style: style).lines()
    }
    lines += observers.lines()
    lines += nextCommand(style: style)
    lines += [Line()] + wrapped(countedSummary, to: style.width).map { Line($0, .strong) }
    return painted(lines, style: style)
  }

  /// `17 claims: 16 confirmed, 1 conditional`.
  private var countedSummary: String {
    claims.isEmpty ? summary : "\(counted(claims.count, "claim")): \(summary)"
  }

  /// Some sections of a page, by their places in it.
  ///
  /// - Parameters:
  ///   - later: the places of those that wait so long that they are shown last: here they are only named.
  ///   - isFirst: true if the report begins with them.
  package func sections(
    _ places: [Int], later: [Int] = [], of page: String, isFirst: Bool, style: Style
  ) -> String {
    guard let page = lessons.first(where: { $0.name == page }) else { return "" }
    let all = PageLines(page, of: self, style: style)
    let lines = (places + later).sorted().flatMap {
      later.contains($0) ? all.lines(ofLaterSectionAt: $0) : all.lines(ofSectionAt: $0)
    }
    return painted((isFirst ? beginning(style: style) : []) + lines, style: style)
  }

  /// The lines above everything else: what was run, and what of the pages was not read.
  private func beginning(style: Style) -> [Line] {
    [masthead.clipped(to: style.width, mark: Glyphs(unicode: style.unicode).ellipsis)]
      + ObserverLines(self, style: style).unreadLines()
  }

  private func painted(_ lines: [Line], style: Style) -> String {
    lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }

  /// The meaning of the marks.
  private func introduction(style: Style) -> [Line] {
    guard lessons.count < pages.count else { return [] }
    let glyphs = Glyphs(unicode: style.unicode)
    let text =
      "\(glyphs.sign(of: .confirmed)) confirmed: the kernel did this."
      + " \(glyphs.sign(of: .contradicted)) contradicted: it did something else."
    return [Line()] + wrapped(text, to: style.width).map { Line($0, .faint) }
  }

  /// The command that gives the reason of the first contradiction; a page that is not built in has no reasons.
  private func nextCommand(style: Style) -> [Line] {
    let claim = claims.first { $0.verdict.mark == .contradicted && BuiltInPages.page($0.page) != nil }
    guard let claim, BuiltInPages.reason(for: claim.id) != nil else { return [] }
    let text = "tcpprobe explain \(claim.id) explains the first contradiction."
    return [Line()] + wrapped(text, to: style.width).map { Line($0, .faint) }
  }

  private var masthead: Line {
    Line("tcpprobe \(run.version)", .strong)
      + Line("  Linux \(run.machine.release) \(run.machine.architecture)", .faint)
  }

  /// The run with its drawing; nothing where it has no step to draw, unless its figures are shown, too.
  func terminalLines(ofTrace index: Int, style: Style) -> [Line] {
    let trace = run.traces[index]
    let judgement = ladders.first { $0.trace == index }
    var picture = Picture(of: trace, judged: judgement, times: style.showsTimes)
    if style.tellsPages, !style.drawsAll { picture = picture.withoutRepetition() }
    if picture.rows.isEmpty, trace.reasonNotJudged == nil, !style.drawsAll { return [] }
    let title = title(ofTrace: index)
    let glyphs = Glyphs(unicode: style.unicode)
    var lines = [Line()]
    // A page that is told has its headings already.
    if !style.tellsPages { lines += wrapped(title.heading, to: style.width).map { Line($0, .strong) } }
    let isLesson = style.tellsPages && !style.showsEvidence
    let under = (isLesson ? title.circumstances : title.shownDetails).joined(separator: " \(glyphs.dot) ")
    // Several runs in a row may show the same.
    if isLesson, let sentence = title.sentence,
      index == 0 || self.title(ofTrace: index - 1).sentence != sentence
    {
      lines += wrapped(sentence, to: style.width).map { Line($0) }
    }
    lines += wrapped(under, to: style.width).map { Line($0, .faint) }
    if isLesson { picture.footnotes = [] }
    if style.setsBeside { picture.difference = difference(of: picture, atTrace: index) }
    if let reason = trace.reasonNotJudged { lines += [Line()] + notRun(reason, style: style) }
    if !picture.rows.isEmpty { lines += [Line()] + LadderDrawing(picture, style: style).lines() }
    return style.drawsAll ? lines + figures(of: trace, style: style) : lines
  }

  /// Ladders always are; a scenario's run is where a claim that holds otherwise turned out false in it.
  func isWorthDrawing(_ index: Int) -> Bool {
    guard case .scenario = run.traces[index].variant.subject else { return true }
    return claims.contains { claim in
      claim.verdict.kind == .conditional
        && claim.parts.contains { part in
          part.verdict.kind == .contradicted && part.verdict.evidence.contains { $0.trace == index }
        }
    }
  }

  private func others(than drawn: [Int], style: Style) -> [Line] {
    var table = TextTable()
    for index in run.traces.indices where !drawn.contains(index) {
      let trace = run.traces[index]
      if case .leftOut = trace.end { continue }
      let title = RunTitle(trace.variant, judgement: nil, pages: pages)
      let conditions =
        trace.variant.conditions.isEmpty
        ? "" : " (\(trace.variant.conditions.map(\.description).joined(separator: ", ")))"
      let count = trace.segments(of: .left).count + trace.segments(of: .right).count
      // It could not begin: the claims give the reason.
      if trace.end != .finished, count == 0 { continue }
      table.rows.append([.init(title.heading + conditions), .init(counted(count, "segment"), .faint)])
    }
    guard !table.rows.isEmpty else { return [] }
    return [Line(), Line("Also run", .strong) + Line("  (--all shows them)", .faint)]
      + table.lines(width: style.width)
  }

  private func notRun(_ reason: String, style: Style) -> [Line] {
    wrapped("not judged: \(reason)", to: style.width - 2).map { .blank(2) + Line($0, .soft) }
  }

  private func cell(of figure: Measurement, in trace: Trace) -> TextTable.Cell {
    switch figure.result {
    case .measured(let value, _):
      .init(
        [Paragraph(value.description, .strong), Paragraph(figure.source, .faint)]
          + trace.kernelReasons(of: figure.events).map { Paragraph("\($0)", .soft, label: "kernel: ") })
    case .undecided(let reason): .init("undecided: \(reason)", .soft)
    case .unobservable(let reason): .init("unobservable: \(reason)", .soft)
    }
  }

  private func figures(of trace: Trace, style: Style) -> [Line] {
    var table = TextTable()
    for event in trace.events {
      guard case .measurement(let figure) = event.what else { continue }
      table.rows.append([
        .init(figure.name),
        cell(of: figure, in: trace),
      ])
    }
    return table.rows.isEmpty ? [] : [Line()] + table.lines(width: style.width)
  }
}
