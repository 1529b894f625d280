package import Documents
import Linux
import SystemPackage
package import TCP
package import Traces

/// The opening of a connection.
extension Connection {
  /// Makes ready to be connected to: the other party of the opener listens. Ports that the kernel chooses are known
  /// from here on.
  ///
  /// - Parameter backlog: how many connections may wait for accept(), as the program says it.
  package func listen(backlog: Int = 8) throws(BenchError) { try listen(opener.other, backlog: backlog) }

  /// Makes this party listen.
  func listen(_ party: Party, backlog: Int = 8) throws(BenchError) {
    let end = ends[party]
    let socket = try bound(end)
    for change in beforeListen {
      try set(change, on: socket, of: end.party)
    }
    end.listener = socket
    try perform(.listen, by: end.party) { () throws(Errno) in
      try end.listener?.value.listen(backlog: backlog)
      return .returned(value: 0)
    }
  }

  /// Settles the port of this end without a listener.
  func refuse(_ party: Party) throws(BenchError) {
    if ends[party].tuple.local.port == 0 { _ = try bound(ends[party]) }
  }

  /// A socket of this end at its own endpoint.
  func bound(_ end: End) throws(BenchError) -> Box<Socket> {
    let socket = try benchStep("make a socket for \(names[end.party])") {
      try bench.enter(end.party) {
        let socket = Box(try Socket.tcp(bench.family))
        try socket.value.set(.reuseAddress, to: reusesAddresses)
        try socket.value.resetWhenAbandoned()
        for change in beforeBind { try change(socket.value) }
        if !leavesPort || end.party != opener { try socket.value.bind(to: end.tuple.local) }
        return socket
      }
    }
    if leavesPort, end.party == opener { return socket }
    let local = try benchStep("ask for the port of \(names[end.party])") { try socket.value.localEndpoint() }
    end.tuple.local = local
    ends[end.party.other].tuple.remote = local
    return socket
  }

  /// Calls connect() for this party, with the number that it was placed at.
  func connect(_ party: Party) throws(BenchError) {
    let end = ends[party]
    let socket = try bound(end)
    if let number = placed[party] {
      try benchStep("place \(names[party]) at SEQ \(number)") {
        try socket.value.placeInitialSequence(number)
        try socket.value.set(.reuseAddress, to: true)
      }
    }
    for change in beforeConnect {
      try set(change, on: socket, of: party)
    }
    end.socket = socket
    try path.prepare(socket, of: party)
    try perform(.connect, by: party) { () throws(Errno) in
      switch try socket.value.connect(to: end.tuple.remote) {
      case .done: .returned(value: 0)
      case .inProgress: .pending
      }
    }
  }

  /// Makes both ends ESTABLISHED, each at a number of its own, without a segment.
  package func establish(at first: Both<SequenceNumber>) throws(BenchError) {
    // In repair both must know both ports beforehand: where the kernel chooses, it is asked first.
    for party in Party.allCases where ends[party].tuple.local.port == 0 { _ = try bound(ends[party]) }
    placed = first.map { Optional($0) }
    for party in Party.allCases {
      let end = ends[party]
      end.socket = try benchStep("place \(names[party]) at SEQ \(first[party])") {
        try bench.enter(party) {
          Box(
            try Socket.repairConnect(
              from: end.tuple.local, to: end.tuple.remote, sending: first[party],
              receiving: first[party.other]))
        }
      }
      try benchStep("set an option of \(names[party])") { try end.socket?.value.resetWhenAbandoned() }
    }
    for party in Party.allCases {
      try benchStep("leave repair at \(names[party])") { try ends[party].socket?.value.leaveRepair() }
    }
  }

  /// Opens the connection as programs do, up to ESTABLISHED at both ends.
  package func open() throws {
    try listen()
    try shakeHands()
    try acceptIfWaiting(opener.other)
  }

  /// The three segments that open a connection, by the places of their events (RFC 9293 section 3.5). The other party
  /// listens already.
  ///
  /// - Parameter delay: for how long the answer to the SYN is under way: both ends take it for the length
  ///   of the path.
  @discardableResult
  package func shakeHands(
    delay: Duration = .zero
  ) throws -> (syn: Int?, answer: Int?, acknowledgement: Int?) {
    try call(.connect, by: opener)
    let syn = try expect(opener, SegmentPattern(flags: .syn))
    if delay > .zero {
      path.rules.insert({ _, _ in .hold }, at: 0)
      circumstances?(.roundTrip(milliseconds: Int(delay.inNanoseconds / 1_000_000)))
    }
    let answer = try expect(opener.other, SegmentPattern(flags: [.syn, .ack]))
    if delay > .zero {
      path.rules.removeFirst()
      try waiting.pause(delay)
      try path.release()
    }
    return (syn, answer, try expect(opener, SegmentPattern(flags: .ack)))
  }

  /// Sends one octet, which is acknowledged and read: the next ACK of the other party is then delayed by 40 ms, and not
  /// by one tick at most.
  package func prime(_ party: Party) throws {
    try call(.send(1), by: party)
    try expect(party, SegmentPattern(length: 1))
    try settle()
    try call(.receive(nil), by: party.other)
  }

  /// Takes the connection from the listener. Where segments move by themselves, the last ACK may have been seen before
  /// the listener has the connection: it is waited for, at most one second.
  func acceptWhenReady(_ party: Party) throws(BenchError) -> Bool {
    let end = Clock.time(after: .seconds(1))
    while true {
      if try acceptIfWaiting(party) { return true }
      guard !bench.holdsPackets, ends[party].socket == nil, ends[party].listener != nil,
        Clock.monotonic() < end
      else { return false }
      Clock.sleep(nanoseconds: 50_000)
    }
  }

  /// Takes the connection from the listener, where it waits there.
  @discardableResult
  func acceptIfWaiting(_ party: Party) throws(BenchError) -> Bool {
    let end = ends[party]
    guard end.socket == nil, !end.wasClosed, let listener = end.listener else { return false }
    let began = Clock.monotonic()
    let accepted = try benchStep("accept() at \(names[party])") { () -> Box<Socket>? in
      guard let socket = try listener.value.accept() else { return nil }
      try socket.resetWhenAbandoned()
      return Box(socket)
    }
    guard let accepted else { return false }
    log.record(
      .call(call: .accept, outcome: .returned(value: 0), ended: log.now),
      party: party, at: began)
    end.socket = accepted
    return true
  }
}

/// New sockets for the addresses of a connection that has ended.
extension Connection {
  /// The party's program closes its listener, and this waits until the kernel has ended it.
  ///
  /// A program that another thread is starting has a copy of every descriptor until it begins: the kernel ends a listener
  /// when the last is closed.
  ///
  /// - Throws: ``CannotRun`` where the kernel still has it after a second.
  package func stopListening(_ party: Party) throws {
    let end = ends[party]
    end.listener = nil
    guard SocketDiagnosis.availability() == nil else { return }
    let isEnded = try benchStep("close the listener at \(names[party])") {
      let sockets = try bench.enter(party) { Box(try SocketDiagnosis.open()) }
      let deadline = Clock.time(after: .seconds(1))
      while try sockets.value.look(upListener: end.tuple.local)?.record.tuple.local == end.tuple.local {
        guard Clock.monotonic() < deadline else { return false }
        Clock.sleep(for: .milliseconds(1))
      }
      return true
    }
    if !isEnded {
      throw CannotRun(reason: .other("the listener is still there a second after it was closed"))
    }
  }

  /// A new socket of this party asks for the address and port of the old one, and listens there.
  ///
  /// - Returns: what the kernel answers: nil where it gives them, else the errno by name.
  package func listenAgain(_ party: Party, reusesAddress: Bool) throws(BenchError) -> String? {
    let local = ends[party].tuple.local
    return try benchStep("ask for \(local) again") {
      try bench.enter(party) {
        let socket = Box(try Socket.tcp(bench.family))
        try socket.value.set(.reuseAddress, to: reusesAddress)
        do throws(Errno) {
          try socket.value.bind(to: local)
          try socket.value.listen(backlog: 1)
          return nil
        } catch {
          return error.name
        }
      }
    }
  }

  /// A new socket of this party calls connect() to where the old one was connected.
  ///
  /// - Parameter bindsPort: whether it asks for the old port first; else the kernel chooses.
  package func connectAgain(_ party: Party, bindsPort: Bool) throws(BenchError) -> Outcome {
    let end = ends[party]
    // All segments from here on are of the new connection.
    path.untaken = Both([])
    let socket = try benchStep("make a socket for \(names[party])") {
      try bench.enter(party) {
        let socket = Box(try Socket.tcp(bench.family))
        try socket.value.set(.reuseAddress, to: true)
        try socket.value.set(.linger, to: .seconds(0))
        return socket
      }
    }
    let (local, remote) = (end.tuple.local, end.tuple.remote)
    let outcome = try perform(.connect, by: party) { () throws(Errno) in
      if bindsPort { try socket.value.bind(to: local) }
      switch try socket.value.connect(to: remote) {
      case .done: return .returned(value: 0)
      case .inProgress: return .pending
      }
    }
    if case .failed = outcome { return outcome }
    end.socket = socket
    return outcome
  }
}

extension Socket {
  /// Until its program closes it, the connection ends with this descriptor, whatever ends the probe. Otherwise the
  /// kernel would send its FIN again for minutes, where nobody carries it, and keep the namespace for as long.
  fileprivate borrowing func resetWhenAbandoned() throws(Errno) { try set(.linger, to: .seconds(0)) }
}
