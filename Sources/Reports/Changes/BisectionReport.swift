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
    let told = SearchLines(titles: titles, versions: versions, isEvery: bisection.isEvery, style: style)
    var lines = findings.flatMap { self.lines(of: $0, told) }
    if findings.isEmpty { lines += same(told) }
    let others = bisection.differences.count - findings.count
    if others > 0, !findings.isEmpty {
      lines += [
        Line(),
        Line(
          "\(counted(others, "more behaviour")) \(others == 1 ? "differs" : "differ") between these kernels: --all searches for all",
          .faint),
      ]
    }
    lines += told.closing(ran: bisection.ran, skipped: bisection.skipped)
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }

  private func lines(of finding: Bisection.Finding, _ told: SearchLines) -> [Line] {
    var lines = told.lines(of: finding.subject.name, finding.search)
    if let notice = finding.notice { lines += told.said("noticed ", notice.readers) }
    if let known = finding.known { lines += told.said("known   ", known) }
    return lines
  }

  /// The ends do the same: a bisection has nothing to look for.
  private func same(_ told: SearchLines) -> [Line] {
    guard let ends = bisection.ends else { return [] }
    var lines: [Line] = []
    if case .named(let texts) = bisection.aim {
      for (subject, value) in bisection.alike(namedBy: texts).prefix(12) {
        lines += [Line()] + wrapped(subject.name, to: told.style.width).map { Line($0, .strong) }
        lines += wrapped(value, to: told.style.width - 2).map { .blank(2) + Line($0) }
      }
    }
    return lines + told.same(ends, doing: "behave the same")
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
