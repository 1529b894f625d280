package import Documents
package import Linux
import SystemPackage
package import TCP
package import Traces

/// The calls of both programs.
extension Connection {
  /// Makes this party's call and records how it ended. An errno is an observation, not an error.
  ///
  /// A party that accepts does so first, where a connection waits for it; one that closes reads all that is there
  /// before, for otherwise Linux resets the connection.
  @discardableResult
  package func call(_ call: Call, by party: Party) throws(BenchError) -> Outcome {
    let end = ends[party]
    switch call {
    case .connect:
      try connect(party)
      return lastOutcome
    case .listen:
      // Ready since the run began: a connection that comes earlier would be refused.
      return .returned(value: 0)
    case .accept:
      if try acceptWhenReady(party) { return .returned(value: 0) }
      return try perform(call, by: party) { () throws(Errno) in throw Errno.wouldBlock }
    case .send(let count, let more):
      try acceptIfWaiting(party)
      return try perform(call, by: party) { () throws(Errno) in
        .returned(value: try end.open().value.send(payload(count), more ? .more : []))
      }
    case .receive(let count):
      try acceptIfWaiting(party)
      return try receive(count, by: party)
    case .shutdown(let direction):
      try acceptIfWaiting(party)
      return try perform(call, by: party) { () throws(Errno) in
        try end.open().value.shutdown(direction)
        return .returned(value: 0)
      }
    case .close:
      try readUnread(party)
      return try close(party, call: call, linger: .off)
    case .abort: return try close(party, call: call, linger: .seconds(0))
    }
  }

  /// Reads what has arrived, where anything has.
  func readUnread(_ party: Party) throws(BenchError) {
    try acceptIfWaiting(party)
    if ends[party].socket != nil, try unread(at: ends[party]) > 0 { try receive(nil, by: party) }
  }

  /// From here on it is the program's close(), with all that the kernel makes of it.
  @discardableResult
  func close(_ party: Party, call: Call = .close, linger: Linger) throws(BenchError) -> Outcome {
    try acceptIfWaiting(party)
    let end = ends[party]
    // Only these make the kernel reset the connection.
    let hasUnread = try unread(at: end) > 0
    if linger == .seconds(0) || hasUnread { path.expectReasons() }
    return try perform(call, by: party) { () throws(Errno) in
      try end.open().value.set(.linger, to: linger)
      end.socket = nil
      end.wasClosed = true
      return .returned(value: 0)
    }
  }

  /// close() of a program that does not look whether something is unread, with this linger on its socket.
  package func closeUnread(_ party: Party, linger: Linger = .off) throws {
    try close(party, linger: linger)
  }

  /// Reads, call by call, until the kernel has no more to give. The errno is an observation, not an error.
  package func read(by party: Party) throws -> Reading {
    try acceptIfWaiting(party)
    let end = ends[party]
    var count = 0
    while true {
      let outcome = try perform(.receive(nil), by: party) { () throws(Errno) in
        guard let part = try end.open().value.receive(upTo: 65_536) else { return .pending }
        end.received += part
        return .returned(value: part.count)
      }
      switch outcome {
      case .returned(0): return Reading(count: count, end: .endOfStream)
      case .returned(let value): count += value
      case .pending: return Reading(count: count, end: .nothingYet)
      case .failed(let errno): return Reading(count: count, end: .failed(errno: errno))
      }
    }
  }

  /// send() with flags.
  @discardableResult
  package func send(_ count: Int, _ flags: SendFlags, by party: Party) throws -> Outcome {
    try acceptIfWaiting(party)
    let end = ends[party]
    return try perform(.send(count), by: party) { () throws(Errno) in
      .returned(value: try end.open().value.send(payload(count), flags))
    }
  }

  /// send() on the socket that the party listens with.
  package func sendByListener(_ count: Int, of party: Party) throws -> Outcome {
    let end = ends[party]
    return try perform(.send(count), by: party) { () throws(Errno) in
      guard let listener = end.listener else { throw .badFileDescriptor }
      return .returned(value: try listener.value.send(payload(count)))
    }
  }

  /// A write of the party's by another call than send(), which is recorded as one.
  @discardableResult
  package func write(
    _ count: Int, by party: Party, _ body: (borrowing Socket) throws -> Int
  ) throws -> Outcome {
    let end = ends[party]
    return try perform(.send(count), by: party) { () throws(Errno) in
      do {
        return .returned(value: try body(end.open().value))
      } catch {
        throw error as? Errno ?? .ioError
      }
    }
  }

  /// One call that reads so many octets at most.
  @discardableResult
  package func read(upTo count: Int, by party: Party) throws -> Outcome {
    try acceptIfWaiting(party)
    let end = ends[party]
    return try perform(.receive(count), by: party) { () throws(Errno) in
      guard let part = try end.open().value.receive(upTo: count) else { throw .wouldBlock }
      end.received += part
      return .returned(value: part.count)
    }
  }

  /// send() of a program that waits until the kernel has taken all.
  func write(_ count: Int, more: Bool = false, by party: Party) throws {
    guard case .returned(let taken) = try call(.send(count, more: more), by: party), taken < count else {
      return
    }
    longWrites.begin(payload(count), taken: taken, by: party, in: log)
  }

  /// The octets that parties send: they count, so that a lost or doubled one shows.
  package func payload(_ count: Int) -> [UInt8] {
    let round = Array(0...UInt8.max)
    var octets: [UInt8] = []
    octets.reserveCapacity(count + round.count)
    while octets.count < count { octets += round }
    octets.removeLast(octets.count - count)
    return octets
  }

  @discardableResult
  private func receive(_ count: Int?, by party: Party) throws(BenchError) -> Outcome {
    let end = ends[party]
    return try perform(.receive(count), by: party) { () throws(Errno) in
      _ = try end.open()
      let read = try end.take(count ?? .max)
      // 0 is the end of the stream, and nothing else.
      guard read.count > 0 || read.isAtEnd || count == 0 else { throw .wouldBlock }
      return .returned(value: read.count)
    }
  }

  private func unread(at end: End) throws(BenchError) -> Int {
    try benchStep("ask how much is unread") { try end.socket?.value.unreadCount() ?? 0 }
  }

  /// Runs the call between two looks at the clock.
  @discardableResult
  func perform(_ call: Call, by party: Party, _ body: () throws(Errno) -> Outcome) throws(BenchError)
    -> Outcome
  {
    waiting.stepEnded()
    let began = Clock.monotonic()
    let outcome: Outcome
    do throws(Errno) {
      outcome = try body()
    } catch {
      outcome = .failed(errno: error.name)
    }
    let ended = Clock.monotonic()
    log.record(
      .call(call: call, outcome: outcome, ended: ended - log.start), party: party, at: began)
    lastOutcome = outcome
    // On a bench that holds its packets nothing moves before the look; elsewhere the look is part of the race.
    if bench.holdsPackets { try look() }
    return outcome
  }
}

/// The answer to a program that reads until it has to wait, or to the end.
package struct Reading: Equatable, Sendable {
  /// Octets that came.
  package var count: Int
  package var end: End

  /// The reason why there is no more to read now.
  package enum End: Equatable, Sendable {
    case endOfStream
    case nothingYet
    /// recv() failed with this errno, by name.
    case failed(errno: String)
  }

  /// The end as a figure has it.
  package var ending: Value {
    switch end {
    case .endOfStream: "end of stream"
    case .nothingYet: "nothing more yet"
    case .failed(let errno): .errno(errno)
    }
  }
}

extension End {
  /// The socket, or EBADF where the descriptor is gone or has not come, as a program would be told.
  func open() throws(Errno) -> Box<Socket> {
    guard let socket else { throw .badFileDescriptor }
    return socket
  }
}
