import TCP

extension Census {
  func terminalReport(top: Int?, style: Style) -> String {
    let drawing = CensusDrawing(style: style, top: top)
    var lines = drawing.text(headline, .strong, indent: 0)
    lines += alarms.map { drawing.line($0.text, $0.tone, indent: 2) }
    for note in notes { lines += drawing.text(note, .soft, indent: 0) }
    for section in [
      drawing.listeners(self), drawing.stalls(self), drawing.urgentPorts(self),
      urgentStates.flatMap { drawing.state($0, self) }, drawing.timeWaitOverflow(self), drawing.ports(self),
    ] {
      lines += section
    }
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }
}

/// The parts of a census as lines; each begins with an empty one.
struct CensusDrawing {
  let style: Style
  let top: Int?

  func text(_ text: String, _ tone: Tone = .plain, indent: Int, label: String = "") -> [Line] {
    Paragraph(text, tone, label: label).lines(in: style.width - indent).map { .blank(indent) + $0 }
  }

  /// One line, cut where it is too long.
  func line(_ text: String, _ tone: Tone = .plain, indent: Int) -> Line {
    (.blank(indent) + Line(text, tone)).clipped(to: style.width, mark: mark)
  }

  /// A text behind the beginning of its row, which its further lines are indented by: no name in it is cut.
  func row(_ beginning: Line, _ text: String) -> [Line] {
    wrapped(text, to: max(20, style.width - beginning.width)).enumerated().map { index, part in
      (index == 0 ? beginning : .blank(beginning.width)) + Line(part, .accent)
    }
  }

  func state(_ group: Census.StateGroup, _ census: Census) -> [Line] {
    var lines = [Line(), Line("\(group.state.rawValue)  \(grouped(group.tally.count))", .strong)]
    lines += remarks(group.tally, of: group.state, indent: 2)
    lines += self.group("by process", group.owners, of: group.state, among: group.tally) {
      $0.text(in: census)
    }
    lines += self.group("by peer", group.peers, of: group.state, among: group.tally) { $0.text }
    if let advice = Advice(on: group, in: census) {
      lines += text(advice.meaning, indent: 2, label: "means  ")
      lines += text(advice.action, indent: 2, label: "do     ")
    }
    return lines
  }

  private func group<Key>(
    _ title: String, _ groups: [Census.Group<Key>], of state: State, among all: Tally, _ name: (Key) -> String
  ) -> [Line] {
    let (shown, hidden) = groups.divided(after: top)
    let width = max(7, shown.map { grouped($0.tally.count).count + 2 }.max() ?? 0)
    var lines = text(title, .faint, indent: 2)
    for group in shown {
      let count = Line(grouped(group.tally.count)).rightAligned(in: width)
      lines += row(count + .blank(2), name(group.key))
      if !group.descriptors.isEmpty {
        lines.append(line("descriptors " + group.descriptorText, indent: width + 2))
      }
      // What is true of all sockets in the state has been said above.
      if group.tally.remarks(of: state) != all.remarks(of: state) {
        lines += remarks(group.tally, of: state, indent: width + 2)
      }
    }
    if !hidden.isEmpty {
      let sockets = counted(hidden.reduce(0) { $0 + $1.tally.count }, "socket")
      lines += text("and \(grouped(hidden.count)) more with \(sockets)", .faint, indent: width + 2)
    }
    return lines
  }

  private func remarks(_ tally: Tally, of state: State, indent: Int) -> [Line] {
    let remarks = tally.remarks(of: state).joined(separator: "; ")
    return remarks.isEmpty ? [] : text(remarks, .faint, indent: indent)
  }

  var mark: String { style.unicode ? "…" : "..." }
}
