/// The sockets that a census counts, beyond their state. An empty filter admits all.
package struct SocketFilter: Hashable, Sendable {
  /// Numbers of processes.
  package var processes: Set<Int> = []
  /// Names of processes.
  package var names: Set<String> = []
  /// Ports, of either end.
  package var ports: Set<UInt16> = []

  package init() {}

  /// True if the processes of each socket must be known, ESTABLISHED or not.
  package var asksForProcesses: Bool { !processes.isEmpty || !names.isEmpty }

  /// Tells whether it is of one of these processes and has one of these ports. A connection that nobody has accepted is of
  /// its listener's processes.
  func admits(_ socket: FoundSocket, in survey: Survey, listening: Listening) -> Bool {
    let tuple = socket.record.tuple
    if !ports.isEmpty, !ports.contains(tuple.local.port), !ports.contains(tuple.remote.port) { return false }
    guard asksForProcesses else { return true }
    if socket.record.inode != 0 { return admits(survey.holders[socket.record.inode]) }
    guard case .notAccepted(let place) = survey.owner(of: socket, listening: listening) else { return false }
    return survey.listeners.contains {
      $0.record.tuple.local == place && admits(survey.holders[$0.record.inode])
    }
  }

  private func admits(_ holders: [SocketHolder]?) -> Bool {
    holders?.contains { processes.contains($0.process) || names.contains($0.name) } ?? false
  }
}
