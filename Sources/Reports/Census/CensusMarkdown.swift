import TCP

extension Census {
  func markdownReport(top: Int?) -> String {
    var lines = ["# \(headline)", ""]
    for note in notes { lines += [note, ""] }
    for group in states {
      let remarks = group.tally.remarks(of: group.state).joined(separator: "; ")
      lines += ["## \(group.state.rawValue): \(grouped(group.tally.count))", ""]
      if !remarks.isEmpty { lines += [remarks, ""] }
      if let advice = Advice(on: group.state, settings: settings) {
        lines += ["\(advice.meaning)", "", "**What to do:** \(advice.action)", ""]
      }
      lines += table("process", group.owners, of: group.state, top: top) { $0.text }
      lines += table("peer", group.peers, of: group.state, top: top) { $0.text }
    }
    if !ports.isEmpty {
      lines += ["## Ports", "", "| destination | source | ports |", "| --- | --- | --- |"]
      let (shown, hidden) = ports.divided(after: top)
      for use in shown { lines.append("| \(use.destination) | \(use.source) | \(use.text) |") }
      if !hidden.isEmpty { lines += ["", "and \(counted(hidden.count, "destination")) with fewer used"] }
      lines.append("")
      if let warning = ports.first?.warning(settings) { lines += [warning, ""] }
    }
    // No empty line at the end.
    return lines.dropLast().joined(separator: "\n") + "\n"
  }

  private func table<Key>(
    _ title: String, _ groups: [Group<Key>], of state: State, top: Int?, _ name: (Key) -> String
  ) -> [String] {
    let (shown, hidden) = groups.divided(after: top)
    var lines = ["| sockets | \(title) | descriptors | |", "| ---: | --- | --- | --- |"]
    for group in shown {
      let remarks = group.tally.remarks(of: state).joined(separator: "; ")
      // A process may call itself anything.
      let name = markdownProse(name(group.key)).replacing("|", with: "\\|")
      lines.append(
        "| \(grouped(group.tally.count)) | \(name) | \(ranges(group.descriptors)) | \(remarks) |")
    }
    if !hidden.isEmpty {
      let sockets = counted(hidden.reduce(0) { $0 + $1.tally.count }, "socket")
      lines += ["", "and \(grouped(hidden.count)) more with \(sockets)"]
    }
    return lines + [""]
  }
}
