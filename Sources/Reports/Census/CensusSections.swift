import TCP

extension CensusDrawing {
  func listeners(_ census: Census) -> [Line] {
    guard !census.listeners.isEmpty else { return [] }
    let full = census.listeners.count(where: \.isFull)
    let title = "Listeners  \(grouped(census.listeners.count))" + (full > 0 ? ", \(grouped(full)) full" : "")
    var lines = [Line(), Line(title, .strong)]
    let (shown, hidden) = census.listeners.divided(after: top)
    let accepts = column(["accept queue"] + shown.map(\.acceptText))
    let requests = column(["SYN queue"] + shown.map(\.requestText))
    lines.append(Line("  \(accepts[0])  \(requests[0])  at, process", .faint))
    for (index, listener) in shown.enumerated() {
      let tone: Tone = listener.isFull ? .bad : .plain
      lines += row(
        .blank(2) + Line(accepts[index + 1], tone) + .blank(2) + Line(requests[index + 1]) + .blank(2),
        "\(listener.endpoint) \(listener.owner.text)")
      let remarks = listener.remarks.joined(separator: "; ")
      if !remarks.isEmpty { lines += text(remarks, tone, indent: accepts[0].count + 4) }
    }
    if !hidden.isEmpty { lines += text("and \(grouped(hidden.count)) more", .faint, indent: 2) }
    if let counters = census.listenCounters { lines += text(counters, indent: 2) }
    for warning in census.listenerWarnings { lines += text(warning, indent: 2, label: "means  ") }
    return lines
  }

  func stalls(_ census: Census) -> [Line] {
    guard !census.stalls.isEmpty else { return [] }
    let count = census.stalls.reduce(0) { $0 + $1.tally.count }
    var lines = [Line(), Line("Stalled  \(grouped(count)) in ESTABLISHED", .strong)]
    for cause in [Stall.Cause.zeroWindow, .retransmitting] {
      let groups = census.stalls.filter { $0.key.cause == cause }
      guard !groups.isEmpty else { continue }
      lines += text(cause.text, .faint, indent: 2)
      let (shown, hidden) = groups.divided(after: top)
      for group in shown {
        lines += row(
          Line(grouped(group.tally.count)).rightAligned(in: 9) + .blank(2),
          "\(group.key.peer.text), \(group.key.owner.text)")
        lines += text(group.tally.remarks(of: cause).joined(separator: "; "), .faint, indent: 11)
      }
      if !hidden.isEmpty { lines += text("and \(grouped(hidden.count)) more", .faint, indent: 11) }
      lines += text(cause.meaning(census.settings), indent: 2, label: "means  ")
    }
    return lines
  }

  func timeWaitOverflow(_ census: Census) -> [Line] {
    guard census.asked.contains(.timeWait), let text = census.timeWaitOverflow else { return [] }
    return [Line()] + self.text("TIME_WAIT: " + text, indent: 0)
  }

  /// Those of which few are left, before the states.
  func urgentPorts(_ census: Census) -> [Line] {
    let urgent = census.ports.filter(\.isUrgent)
    return urgent.isEmpty ? [] : ports(urgent, title: "Ports nearly used up", census.settings)
  }

  func ports(_ census: Census) -> [Line] {
    let others = census.ports.filter { !$0.isUrgent }
    return others.isEmpty ? [] : ports(others, title: "Ports", census.settings)
  }

  private func ports(_ uses: [PortUse], title: String, _ settings: CensusSettings) -> [Line] {
    var lines = [Line(), Line(title, .strong)]
    if let ports = settings.ports {
      let reserved = ports.reserved.isEmpty ? "" : ", without ip_local_reserved_ports"
      lines += text(
        "\(grouped(ports.count)) for each destination and source address"
          + " (ip_local_port_range \(ports.first)-\(ports.last)\(reserved))", .faint, indent: 2)
    }
    let (shown, hidden) = uses.divided(after: min(top ?? .max, 3))
    for use in shown {
      lines += text("to \(use.destination) from \(use.source)", .accent, indent: 2)
      lines += text(use.text, use.isUrgent ? .bad : .plain, indent: 4)
      if use == shown.first {
        for warning in use.warnings(settings) { lines += text(warning, indent: 4) }
      }
    }
    if !hidden.isEmpty {
      lines += text(
        "and \(counted(hidden.count, "destination")) with at least as many free ports", .faint, indent: 2)
    }
    return lines
  }

  /// Filled up to one width, numbers on the right.
  private func column(_ cells: [String]) -> [String] {
    let width = cells.map(\.count).max() ?? 0
    return cells.map { String(repeating: " ", count: width - $0.count) + $0 }
  }
}

extension PortUse {
  fileprivate var isUrgent: Bool { isNearlyUsedUp || isNearlyBound }
}
