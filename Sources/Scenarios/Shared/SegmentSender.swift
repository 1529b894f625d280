import Benches
import Documents
import Linux
import TCP
import Traces

/// A sender whose writes are full segments, and a peer that is made up. Segments are counted from 0.
struct SegmentSender {
  let connection: Connection
  let peer: MadeUpPeer
  /// Octets of data in each segment.
  let size: Int

  /// Opens a connection under a congestion control, with Nagle's algorithm off.
  ///
  /// - Parameter far: true for a long path; see ``roundTrip``.
  init(on connection: Connection, control: String = "cubic", far isFar: Bool = false) throws {
    try connection.choose(congestionControl: control)
    connection.beforeConnect.append { socket in
      try socket.set(.noDelay, to: true)
      try socket.set(.maximumSegment, to: 600)
    }
    self.connection = connection
    peer = try connection.openWithMadeUpPeer(roundTrip: isFar ? Self.roundTrip : .zero)
    guard let size = try connection.info(of: connection.opener)?[.sndMss], size > 0 else {
      throw NotMeasurable(reason: .needs("TCP_INFO"))
    }
    self.size = Int(size)
  }

  /// The length of a long path: a retransmission timeout is three times as long, and a quarter of it is what RACK waits for.
  static let roundTrip = Duration.milliseconds(200)

  /// The options that it sets.
  static let given: [Declaration.Given] = [
    .init("TCP_CONGESTION", "cubic"), .init("TCP_NODELAY", "1"), .init("TCP_MAXSEG", "600"),
  ]

  /// The same, and the length of a long path.
  static let farGiven = given + [.init(.roundTrip(milliseconds: 200))]
  static let farTimed = Declaration.Timed("the retransmission timer beside a round trip of 200 ms")

  /// The sysctls that bear on its recoveries.
  static let settings: [Influence] = [
    "tcp_sack", "tcp_timestamps", "tcp_recovery", "tcp_reordering", "tcp_rto_min_us", "tcp_rmem", "tcp_wmem",
    "tcp_early_retrans",
  ]

  /// Writes so many segments, each by a call of its own. None joins another: the kernel would hold several together back
  /// for a while, to send them at once.
  ///
  /// - Parameter isApart: false if the kernel may join those that were sent, once they are told of as received.
  /// - Returns: the places of those that left.
  @discardableResult
  func write(_ count: Int, apart isApart: Bool = true) throws -> [Int] {
    let start = connection.log.nextPlace
    for _ in 0..<count { try connection.send(size, isApart ? .endOfRecord : [], by: connection.opener) }
    try connection.carryDeparted()
    return peer.segments(since: start)
  }

  /// Writes so many segments, and lets a round trip pass: to RACK the path is as long as ever when ACKs of them come.
  ///
  /// - Returns: the places of those that left, and a time of the trace for ``giveUpAtReordering(since:)``: it lies as long before
  ///   the end of the pause as the writes took, for the first segment is so much older than the others.
  @discardableResult
  func writeEarly(_ count: Int, apart isApart: Bool = true) throws -> (sent: [Int], since: Int64) {
    let start = connection.now
    let sent = try write(count, apart: isApart)
    let length = connection.now - start
    try connection.waiting.pause(Self.roundTrip)
    return (sent, connection.now - length)
  }

  /// Gives the run up where the reordering timer may have fired, which is a quarter of the shortest round trip.
  func giveUpAtReordering(since start: Int64) throws {
    try connection.giveUp(after: Self.roundTrip / 5, sinceTime: start)
  }

  /// Acknowledges the segments before this one, and tells of those that were received behind it.
  ///
  /// - Returns: the places of the segments that left at once.
  @discardableResult
  func acknowledge(
    _ count: Int, blocks: [Range<Int>] = [], flags: Flags = [], echoing echo: UInt32? = nil
  ) throws -> [Int] {
    let start = connection.log.nextPlace
    try peer.acknowledge(
      count * size, blocks: blocks.map { $0.lowerBound * size..<$0.upperBound * size }, flags: flags,
      echoing: echo)
    return peer.segments(since: start)
  }

  /// Waits until the sender sends by itself.
  func awaitNext(named name: String) throws -> Int? {
    let party = connection.opener
    let left = try connection.armedTimer(of: party).map { Duration.milliseconds($0.timer.milliseconds) }
    let wait = left ?? .milliseconds(100)
    return try connection.awaitTimer(
      of: party, named: name, left: wait, limit: wait + wait / 8 + .seconds(1)
    ) { $0.length > 0 }.place
  }

  /// The numbers of the segments at these places: `0 4-5`; `none`.
  func numbers(_ places: [Int?]) -> String {
    let texts = places.compactMap { connection.log.segment(at: $0) }.filter { $0.length > 0 }.map {
      let first = ($0.sequence - peer.other) / size
      let last = ($0.end - peer.other - 1) / size
      return first == last ? "\(first)" : "\(first)-\(last)"
    }
    return texts.isEmpty ? "none" : texts.joined(separator: " ")
  }

  /// The state of congestion avoidance, as TCP_INFO has it.
  func state() throws -> String { try connection.congestionState(of: connection.opener) }

  /// The timer that is armed now, by its length beside what TCP_INFO has of the socket: a retransmission timeout, a loss probe,
  /// which comes after two round trips, or a reordering timer, which comes after less than one.
  func timer() throws -> String {
    let party = connection.opener
    guard let armed = try connection.armedTimer(of: party), let info = try connection.info(of: party),
      let timeout = info[.rto], let roundTrip = info[.rtt]
    else { return "none" }
    guard armed.timer.kind == .retransmission else { return armed.timer.kind.rawValue }
    // It was armed when the last segment left or the last ACK came: a late look finds less of it left.
    if let sent = info[.lastDataSent], let received = info[.lastAckRecv],
      min(sent, received) * 1000 > timeout / 20
    {
      try connection.waiting.disturbed(because: .lookedLate(.milliseconds(Int64(min(sent, received)))))
    }
    let left = UInt64(max(0, armed.timer.milliseconds)) * 1000
    if left > timeout * 9 / 10 { return "retransmission timeout" }
    return left > roundTrip ? "loss probe" : "reordering timer"
  }

  /// Gives the run up where a retransmission timeout has passed that was not waited for.
  func giveUpAtTimeout(since before: [String: UInt64], expecting count: UInt64 = 0) throws {
    try connection.giveUp(where: "TCPTimeouts", of: connection.opener, grewBy: count, since: before)
  }

  /// The same where no more loss probes were waited for either.
  func giveUpAtTimeoutOrProbe(since before: [String: UInt64], expecting probes: UInt64 = 0) throws {
    try giveUpAtTimeout(since: before)
    try connection.giveUp(where: "TCPLossProbes", of: connection.opener, grewBy: probes, since: before)
  }
}

extension Connection {
  /// Gives the run up where this counter of a timer at the party's host has grown by more than was waited for.
  func giveUp(
    where counter: String, of party: Party, grewBy count: UInt64 = 0, since before: [String: UInt64]
  ) throws {
    let after = try counters(of: party)
    if after[counter, default: 0] > before[counter, default: 0] + count {
      try waiting.disturbed(because: .resent)
    }
  }

  /// Carries what the party sends until one of its timers has fired once, and gives the run up where it fires again.
  ///
  /// The socket's own count is asked for: a counter of the host counts another socket's timer, too.
  ///
  /// - Parameter count: the field of TCP_INFO that counts what this timer sends.
  /// - Returns: the place of the last segment that left.
  func awaitTimer(countedBy count: InfoField, of party: Party) throws -> Int? {
    var last: Int?
    for _ in 0..<4 {
      last =
        try awaitTimer(of: party, named: count.rawValue, left: .milliseconds(200), limit: .seconds(2)) { _ in
          true
        }
        .place
      guard let fired = try info(of: party)?[count] else { throw NotMeasurable(reason: .needs("TCP_INFO")) }
      if fired > 1 { try waiting.disturbed(because: .resent) }
      guard fired > 0 else { continue }
      // A process that was stopped finds the copy of a loss probe first, and that of this timer behind it.
      let start = log.nextPlace
      try carryDeparted()
      try giveUpIfFiredAgain(countedBy: count, of: party)
      return log.lastSegment(of: party, since: start) ?? last
    }
    throw NotMeasurable(reason: .other("\(count.rawValue) does not count"))
  }

  /// Gives the run up where this timer of the party has fired again.
  func giveUpIfFiredAgain(countedBy count: InfoField, of party: Party) throws {
    if try info(of: party)?[count] != 1 { try waiting.disturbed(because: .resent) }
  }

  /// The party's state of congestion avoidance, as TCP_INFO has it.
  func congestionState(of party: Party) throws -> String {
    let names = ["Open", "Disorder", "CWR", "Recovery", "Loss"]
    guard let number = try info(of: party)?[.caState], number < names.count else {
      throw NotMeasurable(reason: .needs("TCP_INFO"))
    }
    return names[Int(number)]
  }
}
