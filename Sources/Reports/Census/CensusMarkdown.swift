import TCP

extension Census {
  func markdownReport(top: Int?) -> String {
    var lines = ["# \(headline)", ""]
    for alarm in alarms { lines.append("- \(cell(alarm.text))") }
    if !alarms.isEmpty { lines.append("") }
    for note in notes { lines += [note, ""] }
    lines += listenersInMarkdown(top: top) + stallsInMarkdown(top: top)
    for group in urgentStates {
      let remarks = group.tally.remarks(of: group.state).joined(separator: "; ")
      lines += ["## \(group.state.rawValue): \(grouped(group.tally.count))", ""]
      if !remarks.isEmpty { lines += [remarks, ""] }
      if let advice = Advice(on: group, in: self) {
        lines += ["\(advice.meaning)", "", "**What to do:** \(advice.action)", ""]
      }
      lines += table("process", group.owners, of: group.state, top: top) { $0.text(in: self) }
      lines += table("peer", group.peers, of: group.state, top: top) { $0.text }
    }
    if let overflow = timeWaitOverflow { lines += ["TIME_WAIT: \(overflow)", ""] }
    if !ports.isEmpty {
      lines += ["## Ports", "", "| destination | source | ports |", "| --- | --- | --- |"]
      let (shown, hidden) = ports.divided(after: top)
      for use in shown { lines.append("| \(use.destination) | \(use.source) | \(use.text) |") }
      if !hidden.isEmpty {
        lines += ["", "and \(counted(hidden.count, "destination")) with at least as many free ports"]
      }
      lines.append("")
      for warning in ports.first?.warnings(settings) ?? [] { lines += [warning, ""] }
    }
    // No empty line at the end.
    return lines.dropLast().joined(separator: "\n") + "\n"
  }

  private func listenersInMarkdown(top: Int?) -> [String] {
    guard !listeners.isEmpty else { return [] }
    var lines = [
      "## Listeners: \(grouped(listeners.count))", "", "| accept queue | SYN queue | at | process | |",
      "| ---: | ---: | --- | --- | --- |",
    ]
    let (shown, hidden) = listeners.divided(after: top)
    for listener in shown {
      lines.append(
        "| \(listener.acceptText) | \(listener.requestText) | \(listener.endpoint) | \(cell(listener.owner.text))"
          + " | \(listener.remarks.joined(separator: "; ")) |")
    }
    if !hidden.isEmpty { lines += ["", "and \(grouped(hidden.count)) more"] }
    lines.append("")
    if let counters = listenCounters { lines += [counters, ""] }
    for warning in listenerWarnings { lines += [warning, ""] }
    return lines
  }

  private func stallsInMarkdown(top: Int?) -> [String] {
    guard !stalls.isEmpty else { return [] }
    let count = stalls.reduce(0) { $0 + $1.tally.count }
    var lines = [
      "## Stalled: \(grouped(count)) in ESTABLISHED", "", "| connections | cause | peer | process | |",
      "| ---: | --- | --- | --- | --- |",
    ]
    let (shown, hidden) = stalls.divided(after: top)
    for group in shown {
      lines.append(
        "| \(grouped(group.tally.count)) | \(group.key.cause.text) | \(group.key.peer.text)"
          + " | \(cell(group.key.owner.text)) | \(group.tally.remarks(of: group.key.cause).joined(separator: "; ")) |"
      )
    }
    if !hidden.isEmpty { lines += ["", "and \(grouped(hidden.count)) more"] }
    lines.append("")
    for cause in Set(stalls.map(\.key.cause)).sorted() { lines += [cause.meaning(settings), ""] }
    return lines
  }

  private func table<Key>(
    _ title: String, _ groups: [Group<Key>], of state: State, top: Int?, _ name: (Key) -> String
  ) -> [String] {
    let (shown, hidden) = groups.divided(after: top)
    var lines = ["| sockets | \(title) | descriptors | |", "| ---: | --- | --- | --- |"]
    for group in shown {
      let remarks = group.tally.remarks(of: state).joined(separator: "; ")
      lines.append(
        "| \(grouped(group.tally.count)) | \(cell(name(group.key))) | \(cell(group.descriptorText)) | \(remarks) |"
      )
    }
    if !hidden.isEmpty {
      let sockets = counted(hidden.reduce(0) { $0 + $1.tally.count }, "socket")
      lines += ["", "and \(grouped(hidden.count)) more with \(sockets)"]
    }
    return lines + [""]
  }

  /// A process may call itself anything.
  private func cell(_ text: String) -> String { markdownProse(text).replacing("|", with: "\\|") }
}
