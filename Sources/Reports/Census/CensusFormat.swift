import Documents
package import TCP

/// A form that a census can take.
package enum CensusFormat: String, CaseIterable, Sendable {
  case terminal, markdown, json
}

extension Census {
  /// The census in this format. It ends with a line feed.
  ///
  /// - Parameter top: how many groups of each kind are shown; all, where it is nil.
  package func rendered(as format: CensusFormat, top: Int?, style: Style = Style()) -> String {
    switch format {
    case .terminal: terminalReport(top: top, style: style)
    case .markdown: markdownReport(top: top).visible
    case .json: jsonReport(top: top) + "\n"
    }
  }

  /// What a reader should know before the figures: where they are from, and what is not in them.
  var notes: [String] {
    var notes: [String] = []
    if let namespace, namespace.isInitial == false {
      notes.append(
        "These are the sockets of the network namespace \(namespace.name), not of the one that the machine started"
          + " with: run it there for the others (nsenter -n -t PID).")
    }
    if case .table(let reason) = source {
      notes.append("Read from /proc/net/tcp, which does not tell how long a peer is silent: \(reason).")
    }
    if hidden > 0 {
      let processes = unreadable == 1 ? "1 process" : "\(grouped(unreadable)) processes"
      let help = isPrivileged ? "even as root" : "sudo would show them"
      notes.append(
        "Whose \(counted(hidden, "socket")) are is not told: the descriptors of \(processes) may not be read; \(help)."
      )
    }
    return notes
  }

  /// `1,024 sockets in 3 states; 5,000 ESTABLISHED beside them`.
  var headline: String {
    let beside = established > 0 ? "; \(grouped(established)) ESTABLISHED beside them" : ""
    return states.isEmpty
      ? "No socket is in one of these states\(beside)"
      : "\(counted(count, "socket")) in \(counted(states.count, "state"))\(beside)"
  }
}

extension Array {
  /// The first so many, and the others.
  func divided(after top: Int?) -> (shown: ArraySlice<Element>, hidden: ArraySlice<Element>) {
    let end = Swift.min(top ?? count, count)
    return (self[..<end], self[end...])
  }
}

extension PortUse {
  /// `3 of 28,232 left (28,229 used: 28,000 TIME_WAIT, 229 ESTABLISHED)`.
  var text: String {
    let parts = [(timeWait, "TIME_WAIT"), (established, "ESTABLISHED"), (others, "other")]
      .filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
    return "\(grouped(left)) of \(grouped(available)) left (\(parts.joined(separator: ", ")))"
  }

  /// What follows from few ports left; nil where there are plenty.
  func warning(_ settings: CensusSettings) -> String? {
    guard left * 10 < available else { return nil }
    let rate = available / 60
    return
      "Nearly used up: then connect() fails with EADDRNOTAVAIL. With each connection's 60 s in TIME_WAIT there are"
      + " ports for \(grouped(rate)) connections a second from one address to one destination. Use connections again;"
      + " or more source addresses, or more destination addresses or ports; or widen ip_local_port_range."
  }
}
