package import Documents
package import Linux
import SystemPackage
import TCP
package import Traces

/// One connection on a bench: its two ends, what moves between them, and the record of it.
///
/// Everything happens on the caller's thread, one step after the other.
package final class Stage {
  package let bench: any Bench
  let observers: Observers
  package let recorder = Recorder()
  package let ends: Both<End>
  let names: Both<String>
  /// The party that connects.
  package let opener: Party
  var placed: Both<SequenceNumber?> = Both(nil)

  /// Segments that have left each party and have not been taken by a step, by the places of their events.
  var untaken: Both<[Int]> = Both([])
  /// What a party's next segment must be like to be lost.
  var losses: Both<SegmentPattern?> = Both(nil)
  /// While true, what leaves is kept until ``release()``.
  var holds = false
  var held: [(departure: Departure, place: Int)] = []
  var stalls = StallWatch()
  var progress: (String) -> Void = { _ in }
  var lastOutcome = Outcome.pending
  /// What is set on the socket that connects, before it does.
  package var beforeConnect: [(borrowing Socket) throws -> Void] = []

  /// Sets up the ends of a connection that is not yet made: ports are chosen, nothing is sent.
  package init(on bench: any Bench, observers: Observers, names: Both<String>, opener: Party)
    throws(BenchError)
  {
    self.bench = bench
    self.observers = observers
    self.names = names
    self.opener = opener
    let ports = bench.nextPorts()
    let local = Both(
      left: Endpoint(bench.addresses.left, ports.left), right: Endpoint(bench.addresses.right, ports.right))
    ends = Both(
      left: End(party: .left, tuple: FourTuple(local: local.left, remote: local.right)),
      right: End(party: .right, tuple: FourTuple(local: local.right, remote: local.left)))
    try benchStep("start the observers") {
      for observer in observers.running { try observer.begin(ends) }
    }
  }

  /// Whether the connection's segments can be seen.
  package var seesSegments: Bool { bench.segmentObserver.ran }

  /// Lets every observer look. Nothing moves meanwhile, on a bench that holds its packets.
  package func look() throws(BenchError) {
    try benchStep("look at the sockets") {
      for observer in observers.running { try observer.look(at: ends, into: recorder) }
    }
    stalls.beat()
  }

  /// Moves the world by one segment of this connection: it leaves, is looked at, and arrives, is lost or is held.
  ///
  /// - Returns: the place of its event, or nil where none leaves before the deadline.
  func move(until deadline: Int64) throws(BenchError) -> Int? {
    while let departure = try wait(until: deadline) {
      guard let party = sender(of: departure.packet) else {
        // A segment of an earlier connection: it goes its way and is none of this play's.
        try benchStep("carry a segment") { try bench.deliver(departure) }
        continue
      }
      let place = recorder.record(
        .segment(segment: departure.packet.segment, bytes: Bytes(departure.bytes)), party: party,
        observer: bench.segmentObserver.kind, at: departure.time)
      untaken[party].append(place)
      if bench.holdsPackets { try look() }
      if let pattern = losses[party], pattern.isCompared(with: departure.packet.segment) {
        losses[party] = nil
        try setLoss(false, of: party)
        recorder.record(.dropped(segment: place), party: party.other, observer: bench.segmentObserver.kind)
      } else if holds {
        held.append((departure, place))
      } else {
        try deliver(departure, place)
      }
      if !bench.holdsPackets { try look() }
      return place
    }
    return nil
  }

  private func wait(until deadline: Int64) throws(BenchError) -> Departure? {
    stalls.willWait()
    let departure = try benchStep("wait for a segment") { try bench.departure(until: deadline) }
    if let stall = stalls.didWait(until: deadline, inVain: departure == nil) {
      recorder.record(.stall(nanoseconds: stall))
    }
    return departure
  }

  private func deliver(_ departure: Departure, _ place: Int) throws(BenchError) {
    guard bench.holdsPackets else { return }
    try benchStep("carry a segment") { try bench.deliver(departure) }
    guard let party = sender(of: departure.packet) else { return }
    recorder.record(.delivered(segment: place), party: party.other, observer: bench.segmentObserver.kind)
    try look()
  }

  /// Lets what was held arrive, in the order in which it left.
  func release() throws(BenchError) {
    holds = false
    while !held.isEmpty {
      let (departure, place) = held.removeFirst()
      try deliver(departure, place)
    }
  }

  /// Makes ready to lose the party's next segment that is like the pattern.
  package func lose(_ party: Party, like pattern: SegmentPattern) throws(BenchError) {
    losses[party] = pattern
    try setLoss(true, of: party)
  }

  private func setLoss(_ isLossy: Bool, of party: Party) throws(BenchError) {
    guard !bench.holdsPackets else { return }
    let receiver = ends[party.other]
    try benchStep("lose a segment on its way to \(names[party.other])") {
      // One that has yet to connect gets its filter with its socket.
      if receiver.socket == nil, receiver.listener == nil, !receiver.wasClosed { return }
      // A listener's filter does not reach a connection that was taken from it.
      guard let socket = receiver.socket ?? (receiver.wasClosed ? nil : receiver.listener) else {
        throw BenchError(
          step: "lose a segment on its way to \(names[party.other])",
          reason: "it has closed its socket, and on loopback a socket's filter loses segments; use --on wire")
      }
      try bench.setLoss(isLossy, at: socket.value)
    }
  }

  /// The party that sent the packet, or nil where it belongs to another connection.
  private func sender(of packet: Packet) -> Party? {
    Party.allCases.first {
      ends[$0].tuple == FourTuple(local: packet.source, remote: packet.destination)
    }
  }

  /// The trace of all that was recorded.
  package func finish(_ play: Play) -> Trace {
    Trace(
      play: play, names: names,
      endpoints: ends.map(\.tuple.local), opener: opener, placed: placed,
      observers: observers.reports(on: bench),
      events: recorder.events
    ).sorted()
  }
}
