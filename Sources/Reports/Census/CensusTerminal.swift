import TCP

extension Census {
  func terminalReport(top: Int?, style: Style) -> String {
    let drawing = CensusDrawing(style: style, top: top)
    var lines = drawing.text(headline, .strong, indent: 0)
    for note in notes { lines += drawing.text(note, .soft, indent: 0) }
    for group in states {
      lines.append(Line())
      lines += drawing.state(group, settings)
    }
    if !ports.isEmpty {
      lines.append(Line())
      lines += drawing.ports(ports, settings)
    }
    return lines.map { $0.painted(color: style.color) + "\n" }.joined()
  }
}

/// The parts of a census as lines.
private struct CensusDrawing {
  let style: Style
  let top: Int?

  func text(_ text: String, _ tone: Tone = .plain, indent: Int, label: String = "") -> [Line] {
    Paragraph(text, tone, label: label).lines(in: style.width - indent).map { .blank(indent) + $0 }
  }

  func state(_ group: Census.StateGroup, _ settings: CensusSettings) -> [Line] {
    var lines = [Line("\(group.state.rawValue)  \(grouped(group.tally.count))", .strong)]
    lines += remarks(group.tally, of: group.state, indent: 2)
    if let advice = Advice(on: group.state, settings: settings) {
      lines += text(advice.meaning, indent: 2, label: "means  ")
      lines += text(advice.action, indent: 2, label: "do     ")
    }
    lines += self.group("by process", group.owners, of: group.state, among: group.tally) { $0.text }
    lines += self.group("by peer", group.peers, of: group.state, among: group.tally) { $0.text }
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
      lines.append((count + .blank(2) + Line(name(group.key), .accent)).clipped(to: style.width, mark: mark))
      if !group.descriptors.isEmpty {
        let numbers = Line("descriptors " + ranges(group.descriptors))
        lines.append((.blank(width + 2) + numbers).clipped(to: style.width, mark: mark))
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

  func ports(_ uses: [PortUse], _ settings: CensusSettings) -> [Line] {
    var lines = [Line("Ports", .strong)]
    if let ports = settings.ports {
      let reserved = ports.reserved.isEmpty ? "" : ", less ip_local_reserved_ports"
      lines += text(
        "\(grouped(ports.count)) for each destination and source address"
          + " (ip_local_port_range \(ports.first)-\(ports.last)\(reserved))", .faint, indent: 2)
    }
    let (shown, hidden) = uses.divided(after: min(top ?? .max, 3))
    for use in shown {
      let warning = use.warning(settings)
      lines += text("to \(use.destination) from \(use.source)", .accent, indent: 2)
      lines += text(use.text, warning == nil ? .plain : .bad, indent: 4)
      if let warning, use == shown.first { lines += text(warning, indent: 4) }
    }
    if !hidden.isEmpty {
      lines += text("and \(counted(hidden.count, "destination")) with fewer used", .faint, indent: 2)
    }
    return lines
  }

  private var mark: String { style.unicode ? "…" : "..." }
}
