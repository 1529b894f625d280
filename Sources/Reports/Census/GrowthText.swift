import Documents
package import TCP

extension Growth {
  /// The whole screen of a watch: states first, then what grows most.
  ///
  /// - Parameters:
  ///   - seconds: since the first look.
  ///   - height: lines that there are room for.
  package func screen(of census: Census, seconds: Int, top: Int, height: Int, style: Style) -> String {
    var lines = [
      Line("after \(age(seconds * 1000))  ", .faint) + Line(census.headline, .strong),
      Line("   sockets   since last  since start", .faint),
    ]
    let groups = rows.filter { $0.subject.isGroup && $0.isWorthALine }
    lines += rows.filter { !$0.subject.isGroup }.map(line)
    if !groups.isEmpty {
      lines.append(Line())
      lines += groups.prefix(top).map(line)
      if groups.count > top { lines.append(Line("and \(grouped(groups.count - top)) more", .faint)) }
    }
    if let use = census.ports.first {
      lines += [Line(), Line("ports to \(use.destination) from \(use.source): \(use.text)")]
    }
    let notes = (census.heading(among: 1).map { [$0 + "."] } ?? []) + census.notes
    lines += notes.flatMap { wrapped($0, to: style.width) }.map { Line($0, .soft) }
    lines += [Line("Ctrl-C to stop", .faint)]
    return lines.prefix(max(1, height)).map {
      $0.clipped(to: style.width, mark: style.unicode ? "…" : "...").painted(color: style.color)
    }.joined(separator: "\u{1B}[K\n")
  }

  /// The first look: a line for each state.
  package func totals(of census: Census) -> String {
    let states = census.states.map { "0 s  \($0.state.rawValue)  \(grouped($0.tally.count))\n" }
    return (states.isEmpty ? "0 s  \(census.headline)\n" : states.joined()).visible
  }

  /// A line for each group that has changed since the last look, and one where none has.
  package func changes(seconds: Int, top: Int) -> String {
    let changed = rows.filter { $0.sinceLast != 0 }
    let time = "\(seconds) s"
    guard !changed.isEmpty else { return "\(time)  no change\n" }
    var text = ""
    let states = changed.filter { !$0.subject.isGroup }
    let groups = changed.filter(\.subject.isGroup).sorted { $0.sinceLast.magnitude > $1.sinceLast.magnitude }
    for row in states + groups.prefix(top) {
      text +=
        "\(time)  \(row.subject.text.visibleLine)  \(grouped(row.count)) (\(signed(row.sinceLast)), \(signed(row.sinceStart))"
        + " since the start)\n"
    }
    if groups.count > top { text += "\(time)  and \(grouped(groups.count - top)) more groups\n" }
    return text
  }

  private func line(_ row: Row) -> Line {
    let tone: Tone = row.sinceStart > 0 ? .bad : row.sinceStart < 0 ? .good : .plain
    return Line(grouped(row.count)).rightAligned(in: 10)
      + Line(signed(row.sinceLast)).rightAligned(in: 13)
      + Line(signed(row.sinceStart), tone).rightAligned(in: 13) + Line("  " + row.subject.text)
  }
}

extension Growth.Row {
  /// A group that is gone and was gone before has nothing to say.
  fileprivate var isWorthALine: Bool { count > 0 || sinceLast != 0 || sinceStart != 0 }
}

extension Growth.Subject {
  fileprivate var isGroup: Bool {
    if case .state = self { false } else { true }
  }
}

/// `+3`, `-3`; `=` where nothing has changed.
private func signed(_ number: Int) -> String {
  number == 0 ? "=" : (number > 0 ? "+" : "") + grouped(number)
}
