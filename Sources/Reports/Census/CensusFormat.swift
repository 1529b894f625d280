import Documents
import Notations
package import FoundationEssentials
package import TCP

/// A form that a census can take.
package enum CensusFormat: String, CaseIterable, Sendable {
  case terminal, markdown, json, openmetrics
}

/// The result of one look at a machine.
package struct CensusReport: Sendable {
  /// Of each network namespace that was looked at; the one that the program runs in is the first.
  package let censuses: [Census]
  /// The reasons why other namespaces could not be read, by their names.
  package let unread: [String: String]
  /// The machine's name.
  package let host: String
  package let time: Date

  package init(_ censuses: [Census], unread: [String: String] = [:], host: String, time: Date) {
    self.censuses = censuses
    self.unread = unread
    self.host = host
    self.time = time
  }

  /// The report in this format. It ends with a line feed.
  ///
  /// - Parameter top: how many groups of each kind are shown; all, where it is nil.
  package func rendered(as format: CensusFormat, top: Int?, style: Style = Style()) -> String {
    switch format {
    case .terminal: joined { $0.terminalReport(top: top, style: style) }
    case .markdown: joined { $0.markdownReport(top: top) }.visible
    case .json: jsonReport(top: top) + "\n"
    case .openmetrics: openMetrics()
    }
  }

  /// Counts the sockets in this state, in all namespaces together.
  package func count(of state: State) -> Int { censuses.reduce(0) { $0 + $1.count(of: state) } }

  private func joined(_ text: (Census) -> String) -> String {
    let remarks = unread.sorted { $0.key < $1.key }.map {
      "Network namespace \($0.key) could not be read: \($0.value).\n"
    }
    let blocks = censuses.map { census in
      (census.heading(among: censuses.count).map { $0 + "\n\n" } ?? "") + text(census)
    }
    return (blocks + remarks).joined(separator: "\n")
  }
}

extension Census {
  /// The network namespace, where it is one of several, or not the initial one of the machine.
  func heading(among count: Int) -> String? {
    guard let namespace, count > 1 || namespace.isInitial == false else { return nil }
    return "Network namespace \(namespace.name)"
      + (namespace.isInitial == false ? ", not the initial one of this machine" : "")
  }

  /// The notes before the figures: where they are from, and what is not in them.
  var notes: [String] {
    var notes: [String] = []
    if let otherNamespaces, otherNamespaces > 0 {
      notes.append(
        "Not included: \(counted(otherNamespaces, "other network namespace")) of this machine, for example of containers;"
          + " there may be more. --all-namespaces includes all.")
    }
    if unreadNamespaces > 0 {
      let processes = unreadNamespaces == 1 ? "1 process" : "\(grouped(unreadNamespaces)) processes"
      notes.append(
        "The network namespace of \(processes) cannot be read"
          + (isPrivileged ? ", not even by root. " : " without root. ")
          + "If it is another one, its sockets are not shown.")
    }
    if case .table(let reason) = source {
      notes.append(
        "Read from /proc/net/tcp, which has no idle times and no queue limits: \(reason)."
      )
    }
    if hidden > 0 {
      let whose = "The owner of \(counted(hidden, "socket")) is unknown: "
      if hidesProcesses {
        notes.append(
          whose
            + "/proc is mounted with hidepid and shows only processes of this user; sudo would show the others."
        )
      } else {
        let processes = unreadable == 1 ? "1 process" : "\(grouped(unreadable)) processes"
        let help = isPrivileged ? "not even by root" : "sudo would show them"
        notes.append(whose + "the descriptors of \(processes) cannot be read; \(help).")
      }
    }
    if filter != SocketFilter() {
      let options = [
        ("--pid", filter.processes.isEmpty), ("--process", filter.names.isEmpty),
        ("--port", filter.ports.isEmpty),
      ].filter { !$0.1 }.map(\.0)
      notes.append(
        "Only sockets selected by \(inWords(options))"
          + (filter.asksForProcesses
            ? "; TIME_WAIT sockets and orphans have no process and are not included." : "."))
    }
    return notes
  }

  /// `1,024 sockets in 3 states; 5,000 more in ESTABLISHED`.
  var headline: String {
    let beside = established > 0 ? "; \(grouped(established)) more in ESTABLISHED" : ""
    let states =
      asked == Census.allStates
      ? "CLOSE_WAIT, TIME_WAIT or a similar state"
      : "one of these states: \(asked.sorted().map(\.rawValue).joined(separator: ", "))"
    return self.states.isEmpty
      ? "No socket is in \(states)\(beside)"
      : "\(counted(count, "socket")) in \(counted(self.states.count, "state"))\(beside)"
  }
}

extension Array {
  /// The first so many, and the others.
  func divided(after top: Int?) -> (shown: ArraySlice<Element>, hidden: ArraySlice<Element>) {
    let end = Swift.min(top ?? count, count)
    return (self[..<end], self[end...])
  }
}
