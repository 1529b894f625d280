package import Documents
import Linux
import TCP

/// The beginning and the end of a connection by hand.
extension Hand {
  /// The way in which connections are made, the same for each.
  package struct Beginning {
    package var names: Both<String>
    package var opener: Party
    /// Tells whether the person opens the connection; else it is ESTABLISHED when it is given to them.
    package var opens: Bool
    /// The parties that listen before the first action.
    package var listeners: [Party]

    package init(names: Both<String>, opener: Party, opens: Bool, listeners: [Party]) {
      self.names = names
      self.opener = opener
      self.opens = opens
      self.listeners = listeners
    }
  }

  static func connection(
    on bench: any Bench, _ observers: Observers, _ beginning: Beginning
  ) throws(BenchError) -> Connection {
    let connection = try Connection(
      on: bench, observers: observers, names: beginning.names, opener: beginning.opener)
    // A person takes their time: nothing here hangs, and no stall is the machine's.
    connection.waiting.isPatient = true
    connection.path.rules = [{ _, _ in .hold }]
    return connection
  }

  func begin() throws {
    try listen()
    if !beginning.opens {
      // On a busy machine a timer may be faster than the handshake: then another connection is made.
      let attempts = 20
      for attempt in 1...attempts {
        if try open() { break }
        guard attempt < attempts else {
          throw BenchError(
            step: "open the connection",
            reason: "\(attempts) times its SYN was sent again before the answer came: the machine is too busy"
          )
        }
        try renew()
        try listen()
      }
    }
    // The drawing begins here.
    connection.log.record(.rung(index: 0))
    try connection.look()
    actions = []
    list.clear()
    known = try states()
  }

  private func listen() throws {
    for party in beginning.listeners { try connection.listen(party) }
    try connection.look()
  }

  /// Opens the connection, and delivers its three segments.
  ///
  /// - Returns: false where a timer has sent one again meanwhile.
  private func open() throws -> Bool {
    _ = try perform(.call(beginning.opener, .connect))
    for _ in 0..<3 {
      guard let first = waiting.first, first.copies.isEmpty else { return false }
      _ = try perform(.deliver(first.number))
    }
    return try waiting.isEmpty && states() == Both(.established)
  }

  /// Ends the connection, and makes another one in its place.
  private func renew() throws {
    try end()
    connection = try Hand.connection(on: bench, observers, beginning)
    (list, timesOfTimers) = (WaitingList(), [])
    known = Both(.closed)
  }

  /// Ends the connection and makes another one, with which everything is done again but for the last action.
  ///
  /// - Parameters:
  ///   - begun: is called when the new connection is there.
  ///   - each: is called after each action.
  /// - Returns: the first action that is not possible this time; nil where all were.
  package func again(begun: () throws -> Void, each: (HandStep) throws -> Void) throws -> HandStep? {
    let actions = actions.dropLast()
    try renew()
    try begin()
    try begun()
    for action in actions {
      let step = try perform(action)
      try each(step)
      if !step.isDone { return step }
    }
    return nil
  }

  /// Ends the connection at both ends, with RST where a socket is left without its program: it would otherwise try for
  /// minutes to tell an end that nobody carries to any more.
  package func end() throws {
    connection.path.rules = [{ _, _ in .drop }]
    for entry in waiting { for place in [entry.place] + entry.copies { connection.path.drop(place) } }
    list.clear()
    for party in Party.allCases {
      connection.ends[party].listener = nil
      connection.ends[party].socket = nil
    }
    for party in Party.allCases {
      guard let record = try connection.record(of: party), record.state != .timeWait,
        let segment = connection.log.fittingReset(to: party)
      else { continue }
      try connection.path.forge(segment, from: party.other)
    }
    while try connection.move(until: Clock.monotonic()) != nil {}
  }
}
