package import Documents
import Linux
import SystemPackage
package import TCP
import Traces

/// The way of segments between the two ends of a connection: which of them arrive, are lost, held, doubled, altered or
/// made up. Each step of a segment is recorded, and the observers look after it.
package final class Path {
  let bench: any Bench
  let observers: Observers
  let ends: Both<End>
  let names: Both<String>
  let log: Log
  let waiting: Waiting
  /// The place of the connection's first event in the log.
  private let first: Int
  var refusals = Refusals()
  /// Is told of what segments that are made up lack; see ``Connection/circumstances``.
  var circumstances: ((Condition) -> Void)?

  /// Functions that decide what becomes of segments; see ``Fate``. Only where the bench holds its packets.
  package var rules: [Rule] = []
  /// Segments that have left each party and have not been taken by a step, by the places of their events.
  var untaken: Both<[Int]> = Both([])
  /// Segments that have left and are kept from arriving.
  private(set) var held: [(departure: Departure, place: Int)] = []
  /// The pattern of each party's next segment that is to be lost.
  var losses: Both<SegmentPattern?> = Both(nil)
  /// On loopback, the filter that loses what a party sends.
  var lossFilters: Both<LossFilter> = Both(LossFilter())

  init(
    on bench: any Bench, observers: Observers, ends: Both<End>, names: Both<String>, log: Log,
    waiting: Waiting
  ) {
    self.bench = bench
    self.observers = observers
    self.ends = ends
    self.names = names
    self.log = log
    self.waiting = waiting
    first = log.nextPlace
  }

  /// Lets every observer look. Nothing moves meanwhile, on a bench that holds its packets.
  func look() throws(BenchError) {
    for observer in observers.running {
      try observerStep(observer.kind) { () throws(Errno) in try observer.look(at: ends, into: log) }
    }
    waiting.stepEnded()
  }

  /// Moves one segment of this connection: it leaves, is looked at, and meets its fate.
  ///
  /// - Returns: the place of its event, or nil where none leaves before the deadline.
  func move(until deadline: Int64) throws -> Int? {
    while let departure = try departure(until: deadline) {
      guard let party = sender(of: departure.packet) else {
        // A segment of an earlier connection: it goes its way and is none of this run's.
        try benchStep("carry a segment") { try bench.deliver(departure) }
        continue
      }
      let segment = departure.packet.segment
      let place = log.record(
        .segment(segment: segment, bytes: Bytes(departure.bytes)), party: party,
        observer: bench.segmentObserver.kind, at: departure.time)
      untaken[party].append(place)
      refusals.note(segment, at: place, from: party)
      if bench.holdsPackets { try look() }
      let fate = try fate(of: segment, from: party)
      if case .deliver = fate { try noteUnmeantLoss(of: segment, from: party, at: departure.time) }
      try apply(fate, to: departure, place)
      if !bench.holdsPackets { try look() }
      return place
    }
    return nil
  }

  /// The next packet that leaves, of whatever connection; nil where none does before the deadline. A machine that stands
  /// still meanwhile makes no silence of it.
  package func departure(until deadline: Int64) throws -> Departure? {
    try waiting.wait(until: deadline) {
      try benchStep("wait for a segment") { try bench.departure(until: deadline) }
    }
  }

  /// Takes the first segment of the party that is wanted; those before it are passed over.
  func take(from party: Party, _ isWanted: (Int) throws -> Bool) rethrows -> Int? {
    while let place = untaken[party].first {
      untaken[party].removeFirst()
      if try isWanted(place) { return place }
    }
    return nil
  }

  /// The party that sent the packet, or nil where it belongs to another connection.
  private func sender(of packet: Packet) -> Party? {
    Party.allCases.first {
      ends[$0].tuple == FourTuple(local: packet.source, remote: packet.destination)
    }
  }

  private func fate(of segment: Segment, from party: Party) throws -> Fate {
    if try isLost(segment, from: party) { return .drop }
    for rule in rules { if let fate = rule(segment, party) { return fate } }
    return .deliver
  }

  private func apply(_ fate: Fate, to departure: Departure, _ place: Int) throws {
    let receiver = log.events[place].party?.other
    switch fate {
    case .deliver: try deliver(departure, place)
    case .drop:
      log.record(.dropped(segment: place), party: receiver, observer: bench.segmentObserver.kind)
    case .late(let delay):
      try waiting.pause(delay)
      try deliver(departure, place)
    case .hold: held.append((departure, place))
    case .double:
      try deliver(departure, place)
      try deliver(departure, place, isStrange: true)
    case .rewrite(let segment):
      var changed = departure
      changed.packet.segment = segment
      changed.bytes = changed.packet.bytes
      log.record(
        .altered(segment: place, into: segment), party: receiver?.other, observer: bench.segmentObserver.kind)
      try deliver(changed, place, isStrange: true)
    }
  }

  /// - Parameter isStrange: true for what does not arrive as it left, in its order and once.
  private func deliver(_ departure: Departure, _ place: Int, isStrange: Bool = false) throws(BenchError) {
    guard bench.holdsPackets else { return }
    let receiver = log.events[place].party?.other
    let asks = isStrange || mayRefuse(departure.packet.segment, at: place, receiver)
    if asks { expectReasons() }
    try benchStep("carry a segment") { try bench.deliver(departure) }
    log.record(.delivered(segment: place), party: receiver, observer: bench.segmentObserver.kind)
    if asks { try tellReasons(of: place, departure, at: receiver) }
    try look()
  }
}

/// Segments that are held, and those that are made up.
extension Path {
  /// Lets what was held arrive, in the order in which it left.
  package func release() throws {
    while !held.isEmpty {
      let (departure, place) = held.removeFirst()
      try deliver(departure, place, isStrange: true)
    }
  }

  /// Lets only the one arrive of what was held that left at this place.
  package func release(_ place: Int) throws {
    guard let index = held.firstIndex(where: { $0.place == place }) else { return }
    try deliver(held.remove(at: index).departure, place, isStrange: true)
  }

  /// Loses what was held and left at this place.
  package func drop(_ place: Int) {
    guard let index = held.firstIndex(where: { $0.place == place }) else { return }
    held.remove(at: index)
    log.record(
      .dropped(segment: place), party: log.events[place].party?.other, observer: bench.segmentObserver.kind)
  }

  /// Lets a copy arrive of what is held and left at this place; it stays held.
  package func deliverCopy(of place: Int) throws {
    guard let copy = held.first(where: { $0.place == place }) else { return }
    try deliver(copy.departure, place, isStrange: true)
  }

  /// Makes up a segment and lets it arrive at the other party as if this one had sent it.
  ///
  /// - Parameters:
  ///   - isMarked: whether it met congestion on its way, as routers say it (CE, RFC 3168).
  ///   - damage: changes octets of the packet, whose checksums stay as they were.
  package func forge(
    _ segment: Segment, payload: [UInt8] = [], isMarked: Bool = false, urgentPointer: UInt16 = 0,
    damage: ((inout [UInt8]) -> Void)? = nil, from party: Party
  ) throws(BenchError) {
    let tuple = ends[party].tuple
    let packet = Packet(
      source: tuple.local, destination: tuple.remote, segment: segment, payload: payload,
      urgentPointer: urgentPointer)
    var bytes = isMarked ? packet.markedBytes : packet.bytes
    damage?(&bytes)
    if let circumstances, !packet.segment.hasTimestamps,
      log.firstSegment(since: first, where: \.hasTimestamps) != nil
    {
      circumstances(.madeUpWithoutTimestamps)
    }
    let place = log.record(
      .forged(segment: packet.segment), party: party, observer: bench.segmentObserver.kind)
    let departure = Departure(packet: packet, bytes: bytes, time: Clock.monotonic())
    expectReasons()
    try benchStep("carry a segment that was made up") { try bench.deliver(departure) }
    try tellReasons(of: place, departure, at: party.other)
    try look()
  }

  /// Lets an ICMP error arrive at the party whose segment stands at this place, as if the other party's host, or a
  /// router before it, had sent it.
  ///
  /// - Parameter damage: changes octets of the packet that the error quotes.
  package func forge(_ error: ICMP, about place: Int, damage: ((inout [UInt8]) -> Void)? = nil) throws {
    guard case .segment(let segment, let bytes) = log.events[place].what,
      let party = log.events[place].party
    else { return }
    let tuple = ends[party].tuple
    let about = Packet(source: tuple.remote, destination: tuple.local, segment: segment)
    var quoted = Array(bytes.array.prefix(100))
    damage?(&quoted)
    let message = error.bytes(
      about: quoted, from: tuple.remote.address, to: tuple.local.address)
    try benchStep("carry an ICMP error") {
      // The packet says only where to.
      try bench.deliver(Departure(packet: about, bytes: message, time: Clock.monotonic()))
    }
    try look()
  }
}

extension Segment {
  fileprivate var hasTimestamps: Bool {
    options.contains { if case .timestamps = $0 { true } else { false } }
  }
}
