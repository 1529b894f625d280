import Traces
import Claims
import Documents
package import Records

/// The result of a bisection: each behaviour with the kernels that were run, and where it changes.
package struct BisectionReport {
  private let bisection: Bisection
  /// The kernels, oldest first: as a person knows them, and their versions alone.
  private let titles: [String]
  private let versions: [String]

  package init(_ bisection: Bisection, titles: [String], versions: [String]) {
    self.bisection = bisection
    self.titles = titles
    self.versions = versions
  }

  package func text(style: Style) -> String {
    let findings = bisection.findings
    var lines = findings.flatMap { self.lines(of: $0, style) }
    if findings.isEmpty { lines += same(style) }
    let others = bisection.differences.count - findings.count
    if others > 0, !findings.isEmpty {
      lines += [
        Line(),
        Line(
          "\(counted(others, "more behaviour")) \(others == 1 ? "differs" : "differ") between these kernels: --all searches for all",
          .faint),
      ]
    }
    let skipped = bisection.skipped.map { versions[$0] }
    lines += [
      Line(),
      Line(
        "\(bisection.ran) of \(counted(bisection.count, "kernel")) run"
          + (skipped.isEmpty ? "" : "; no result from \(skipped.joined(separator: ", "))"), .strong),
    ]
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }

  private func lines(of finding: Bisection.Finding, _ style: Style) -> [Line] {
    var lines = [Line()] + wrapped(finding.subject.name, to: style.width).map { Line($0, .strong) }
    var table = TextTable()
    for stretch in stretches(of: finding.search) {
      table.rows.append([.init(stretch.kernels, .faint), .init(stretch.value)])
    }
    lines += table.lines(width: style.width)
    for change in finding.search.changes {
      lines += said("last    ", "\(titles[change.last])", style)
      lines += said("first   ", "\(titles[change.first])", style)
      if !change.skipped.isEmpty {
        let names = change.skipped.map { versions[$0] }.joined(separator: ", ")
        lines += said("", "or a kernel between them that gave no result: \(names)", style)
      }
    }
    if finding.search.isBackAndForth {
      lines += said(
        "note    ",
        "It changes more than once."
          + (bisection.isEvery
            ? "" : " A bisection may miss further changes; --exhaustive finds all."),
        style)
    }
    if let notice = finding.notice { lines += said("noticed ", notice.readers, style) }
    if let known = finding.known { lines += said("known   ", known, style) }
    return lines
  }

  private func said(_ label: String, _ text: String, _ style: Style) -> [Line] {
    Paragraph(text, .plain, label: label).lines(in: style.width - 2).map { .blank(2) + $0 }
  }

  /// Kernels that follow each other and do the same, of those that were run.
  private func stretches(of search: ChangeSearch) -> [(kernels: String, value: String)] {
    var stretches: [(first: Int, last: Int, value: String)] = []
    for (place, value) in search.known {
      if let last = stretches.last, last.value == value {
        stretches[stretches.count - 1].last = place
      } else {
        stretches.append((place, place, value))
      }
    }
    return stretches.map { stretch in
      let names = [stretch.first, stretch.last].map { versions[$0] }
      return (names[0] == names[1] ? names[0] : names.joined(separator: " to "), stretch.value)
    }
  }

  /// The ends do the same: a bisection has nothing to look for.
  private func same(_ style: Style) -> [Line] {
    guard let ends = bisection.ends else { return [] }
    var lines: [Line] = []
    if case .named(let texts) = bisection.aim {
      for (subject, value) in bisection.alike(namedBy: texts).prefix(12) {
        lines += [Line()] + wrapped(subject.name, to: style.width).map { Line($0, .strong) }
        lines += wrapped(value, to: style.width - 2).map { .blank(2) + Line($0) }
      }
    }
    let text =
      bisection.isEvery
      ? "All kernels behave the same."
      : "\(titles[ends.oldest]) and \(titles[ends.newest]) behave the same. --exhaustive also runs the kernels between them."
    return lines + [Line()] + wrapped(text, to: style.width).map { Line($0) }
  }
}

extension Traces.Figure.Notice {
  /// The readers of a change, and what they notice.
  var readers: String {
    switch self {
    case .programs: "by programs: an errno, a reset, a hang, lost data"
    case .operators: "by operators: timers, ports, memory"
    case .packets: "in a capture only"
    }
  }
}

extension ChangeKind {
  /// The readers of a change, and what they notice.
  fileprivate var readers: String {
    switch self {
    case .programs: Traces.Figure.Notice.programs.readers
    case .operators: Traces.Figure.Notice.operators.readers
    case .packets: Traces.Figure.Notice.packets.readers
    case .settings: "in the defaults of sysctls"
    }
  }
}

extension HeldRecord {
  /// The changes, for a terminal.
  ///
  /// - Parameter title: what the kernel is called.
  package func text(_ title: String) -> String {
    var lines = changes.map { row in
      "\(row.subject.name)\n  before  \(row.values[0] ?? "")\n  now     \(row.values[1] ?? "")\n  noticed \(row.kind.readers)"
    }
    lines += undecided.prefix(12).map { "\($0.name)\n  undecided now" }
    lines.append(
      "\(title): \(counted(changes.count, "change")), \(grouped(same)) the same"
        + (undecided.isEmpty ? "" : ", \(undecided.count) undecided"))
    return (lines.joined(separator: "\n") + "\n").visible
  }
}
