import Traces
import Claims
package import Records

extension Comparison {
  /// The changes, the most important first, and what is known about them.
  ///
  /// - Parameters:
  ///   - names: what the two records are called.
  ///   - canRepeat: true if the later record was just made, so that it can be made again under other settings.
  package func terminalReport(
    names: (before: String, after: String), canRepeat: Bool = false, style: Style
  ) -> String {
    let lines = ComparisonLines(comparison: self, names: names, canRepeat: canRepeat, style: style).lines()
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }
}

/// A comparison for a terminal.
struct ComparisonLines {
  let comparison: Comparison
  let names: (before: String, after: String)
  /// True if the later record can be made again under other settings.
  var canRepeat = false
  let style: Style
  /// More than so many are counted, and not shown.
  private static let most = 12
  private static let mostTraces = 3

  private var glyphs: Glyphs { Glyphs(unicode: style.unicode) }

  func lines() -> [Line] {
    var lines = [
      kernel("before", comparison.before, names.before), kernel("now", comparison.after, names.after),
    ]
    lines += circumstances() + changes() + settings() + accepted() + skips() + traceCounts() + additions()
    return lines + [Line()] + wrapped(comparison.summary, to: style.width).map { Line($0, .strong) }
  }

  private func kernel(_ label: String, _ environment: Environment, _ name: String) -> Line {
    let hertz = environment[Environment.Name.hertz].map { ", HZ \($0)" } ?? ""
    let record = RecordName(of: environment)
    let name = ([name] + [record.label, record.host].compactMap { $0 }).filter { !$0.isEmpty }
      .joined(separator: ", ")
    return
      (Line(label, .faint).padded(to: 8) + Line("Linux \(environment.kernel)", .strong)
      + Line("\(hertz)  \(name)", .faint)).clipped(to: style.width, mark: glyphs.ellipsis)
  }

  private func circumstances() -> [Line] {
    guard !comparison.sightChanges.isEmpty else { return [] }
    var table = TextTable()
    for change in comparison.sightChanges {
      table.rows.append([
        .init(change.name, .strong), .init("\(change.before) \(glyphs.becomes) \(change.after)", .soft),
      ])
    }
    let lines = [Line(), Line("Made under different conditions (\(comparison.sightChanges.count))", .strong)]
    return lines + table.lines(width: style.width)
      + wrapped("Only what both records could see is compared.", to: style.width - 2).map {
        .blank(2) + Line($0, .faint)
      }
  }

  private func changes() -> [Line] {
    let open = comparison.changes.filter { $0.accepted == nil && !$0.isOfTrace }
    let shown = style.drawsAll ? open : Array(open.prefix(Self.most))
    var lines: [Line] = []
    var notice: Traces.Figure.Notice?
    for (index, change) in shown.enumerated() {
      if change.notice != notice {
        notice = change.notice
        let count = open.count { $0.notice == change.notice }
        lines += [Line(), Line("\(change.notice.title) (\(count))", .strong)]
      }
      lines += ChangeLines(change: change, number: index + 1, style: style).lines()
    }
    if shown.count < open.count {
      let rest = Traces.Figure.Notice.allCases.compactMap { notice in
        let count = open.dropFirst(shown.count).count { $0.notice == notice }
        return count == 0 ? nil : "\(grouped(count)) \(notice.place)"
      }
      let text =
        "and \(grouped(open.count - shown.count)) more (\(rest.joined(separator: ", "))): --all shows them"
      lines += [Line()] + wrapped(text, to: style.width - 2).map { .blank(2) + Line($0, .faint) }
    }
    return lines + traces(after: shown.count)
  }

  /// The runs of which no figure differs: mostly one change of the kernel is in many of them.
  private func traces(after count: Int) -> [Line] {
    let open = comparison.changes.filter { $0.accepted == nil && $0.isOfTrace }
    guard !open.isEmpty else { return [] }
    let shown = style.drawsAll ? open : Array(open.prefix(Self.mostTraces))
    var lines = [
      Line(), Line("The same figures, but other packets, timers or counters (\(open.count))", .strong),
    ]
    for (index, change) in shown.enumerated() {
      lines += ChangeLines(change: change, number: count + index + 1, style: style).lines()
    }
    let rest = open.dropFirst(shown.count)
    if !rest.isEmpty {
      var names: [String] = []
      for change in rest where !names.contains(change.subject.section) {
        names.append(change.subject.section)
      }
      let text =
        "and \(counted(rest.count, "more run")) of \(names.joined(separator: "; ")): --all shows them"
      lines += [Line()] + wrapped(text, to: style.width - 2).map { .blank(2) + Line($0, .faint) }
    }
    return lines
  }

  private func settings() -> [Line] {
    let open = comparison.settings.filter { $0.accepted == nil }
    guard !open.isEmpty else { return [] }
    var table = TextTable()
    for setting in open {
      let (before, after) = setting.values
      var meaning = setting.kind.meaning
      if canRepeat, case .anotherValue = setting.kind {
        meaning += " on this machine; use --recorded-sysctls to run with the recorded value"
      }
      var said = [
        Paragraph("\(before) \(glyphs.becomes) \(after)", .soft),
        Paragraph(meaning, .faint),
      ]
      if let known = setting.known { said.append(Paragraph(known, .faint)) }
      table.rows.append([.init(setting.name, .strong), .init(said)])
    }
    return [Line(), Line("Settings (\(open.count))", .strong)] + table.lines(width: style.width)
  }

  private func accepted() -> [Line] {
    var table = TextTable()
    for change in comparison.changes {
      if let reason = change.accepted {
        table.rows.append([.init(change.subject.name), .init(reason, .faint)])
      }
    }
    for setting in comparison.settings {
      if let reason = setting.accepted { table.rows.append([.init(setting.name), .init(reason, .faint)]) }
    }
    return titled("Accepted", table)
  }

  private func skips() -> [Line] {
    var table = TextTable()
    for (reason, subjects) in Dictionary(grouping: comparison.skips, by: \.reason.description).sorted(by: {
      $0.key < $1.key
    }) {
      let names = subjects.map(\.subject.name)
      let shown = style.drawsAll ? names.joined(separator: "\n") : counted(names.count, "behaviour")
      table.rows.append([.init(shown), .init(reason, .faint)])
    }
    return titled("Not compared", table, count: comparison.skips.count)
  }

  /// The runs whose traces could not be compared, which no figure tells of.
  private func traceCounts() -> [Line] {
    let counts = comparison.traceCounts
    guard counts.compared < counts.recorded else { return [] }
    let runs = counted(counts.recorded, "run")
    var text = "Packets and timers were compared in \(grouped(counts.compared)) of \(runs)."
    if let reason = comparison.obstacleToTraces {
      text = "Packets and timers were not compared in \(runs): \(reason)."
      if canRepeat, !comparison.settingsInTheWay.isEmpty {
        text += " Use --recorded-sysctls to run with the recorded values."
      }
    }
    return [Line()] + wrapped(text, to: style.width).map { Line($0, .faint) }
  }

  private func additions() -> [Line] {
    guard style.drawsAll else { return [] }
    var table = TextTable()
    for subject in comparison.additions { table.rows.append([.init(subject.name)]) }
    return titled("Only in the later record", table)
  }

  private func titled(_ title: String, _ table: TextTable, count: Int? = nil) -> [Line] {
    guard !table.rows.isEmpty else { return [] }
    return [Line(), Line("\(title) (\(grouped(count ?? table.rows.count)))", .strong)]
      + table.lines(width: style.width)
  }
}

extension Traces.Figure.Notice {
  var title: String {
    switch self {
    case .programs: "Programs will notice"
    case .operators: "Operators will notice"
    case .packets: "Only packets differ"
    }
  }

  /// Completes the number of changes that are not shown.
  fileprivate var place: String {
    switch self {
    case .programs: "that programs will notice"
    case .operators: "that operators will notice"
    case .packets: "only in packets"
    }
  }
}

extension SettingChange.Kind {
  var meaning: String {
    switch self {
    case .anotherDefault: "the kernel's default has changed"
    case .anotherValue: "set to another value"
    case .came: "a new setting"
    case .went: "the setting no longer exists"
    }
  }
}
