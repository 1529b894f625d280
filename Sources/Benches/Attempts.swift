import Documents
import Linux
import SystemPackage
package import TCP
import Traces

/// A connection that was asked for and given up as soon as its SYN had left.
package struct Attempt: Sendable {
  /// The place of the SYN's event.
  package var place: Int
  package var number: SequenceNumber
  /// Within these two times, on the monotonic clock in nanoseconds, the kernel chose the number.
  package var began: Int64
  package var ended: Int64
}

/// Many connections in little time, of which only the SYNs are of interest.
package struct Attempts {
  private let bench: any Bench
  private let log: Log
  private let opener: Party

  /// - Parameter connection: the one beside which they are made, and in whose log they are recorded.
  package init(beside connection: Connection) {
    bench = connection.bench
    log = connection.log
    opener = connection.opener
  }

  /// Calls connect() from each of these endpoints of the opener to the other party's, one after the other, and gives
  /// each up once its SYN was seen. The SYN goes no further where the bench holds its packets; elsewhere nobody may
  /// listen there, so that it is refused.
  ///
  /// Nobody looks at these sockets. Calls and SYNs are recorded, with what became of them.
  ///
  /// - Returns: those whose SYN was seen.
  package func make(_ tuples: [FourTuple]) throws -> [Attempt] {
    // Entered once: each time is a thread's, and a busy machine lets threads wait.
    try bench.enter(opener) {
      var attempts: [Attempt] = []
      for tuple in tuples {
        if Signals.isPending { throw Interrupted() }
        if let attempt = try make(tuple) { attempts.append(attempt) }
      }
      return attempts
    }
  }

  private func make(_ tuple: FourTuple) throws(BenchError) -> Attempt? {
    let socket = try benchStep("make a socket at \(tuple.local)") {
      let socket = Box(try Socket.tcp(bench.family))
      try socket.value.set(.reuseAddress, to: true)
      try socket.value.bind(to: tuple.local)
      return socket
    }
    let began = Clock.monotonic()
    let outcome = try benchStep("connect to \(tuple.remote)") { () throws -> Outcome in
      do throws(Errno) {
        return try socket.value.connect(to: tuple.remote) == .done ? .returned(value: 0) : .pending
      } catch .connectionRefused {
        return .failed(errno: Errno.connectionRefused.name)
      }
    }
    let ended = Clock.monotonic()
    guard let departure = try syn(of: tuple, until: ended + WaitLimits.delayedAck.inNanoseconds) else {
      return nil
    }
    log.record(
      .call(call: .connect, outcome: outcome, ended: ended - log.start), party: opener, at: began)
    let place = log.record(
      .segment(segment: departure.packet.segment, bytes: Bytes(departure.bytes)), party: opener,
      observer: bench.segmentObserver.kind, at: departure.time)
    if bench.holdsPackets {
      log.record(.dropped(segment: place), party: opener.other, observer: bench.segmentObserver.kind)
    }
    return Attempt(place: place, number: departure.packet.segment.sequence, began: began, ended: ended)
  }

  /// The next SYN of this connection that leaves; nil where none does. Everything else that leaves meanwhile is
  /// delivered.
  private func syn(of tuple: FourTuple, until deadline: Int64) throws(BenchError) -> Departure? {
    try benchStep("wait for a SYN") {
      while let departure = try bench.departure(until: deadline) {
        let packet = departure.packet
        if packet.source == tuple.local, packet.destination == tuple.remote,
          packet.segment.flags.contains(.syn)
        {
          return departure
        }
        try bench.deliver(departure)
      }
      return nil
    }
  }
}
