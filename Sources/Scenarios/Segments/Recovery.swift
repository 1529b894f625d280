import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Segments are lost, and those behind them arrive.
  package static let recovery = Scenario(
    "recovery",
    Declaration(
      [
        .blocks,
        .threshold,
        .dataTwice,
        .needlessTimeout,
      ],
      under: [
        [], [.setting("tcp_sack", "0")], [.setting("tcp_timestamps", "0")], [.setting("tcp_recovery", "0")],
      ], settings: [withoutTimestamps],
      given: [
        .init("tcp_early_retrans", "0"), usualBuffers, .init("TCP_CONGESTION", "cubic"),
        .init("TCP_NODELAY", "1"), .init(.roundTrip(milliseconds: 400)),
      ], needs: [.wire],
      timed: .init("the retransmission timer beside a round trip of 400 ms"))
  ) { try $0.runRecovery(under: $1) }
}

extension Figure {
  fileprivate static let blocks = Figure(
    "SACK blocks while three segments are missing", .packets,
    settings: ["tcp_sack", "tcp_timestamps", "tcp_wmem"])
  fileprivate static let threshold = Figure(
    "segments received behind a gap before it is sent again",
    formerly: ["segments behind a gap before it is sent again"], .packets,
    settings: ["tcp_sack", "tcp_recovery", "tcp_reordering"])
  fileprivate static let dataTwice = Figure(
    "answer to data that came twice", .packets, settings: ["tcp_sack", "tcp_dsack"])
  fileprivate static let needlessTimeout = Figure(
    "counters of a spurious timeout", formerly: ["counters of a timeout that was not needed"], .operators,
    settings: ["tcp_sack", "tcp_dsack", "tcp_timestamps", "tcp_frto"])
}

extension Connection {
  /// A segment is lost and those behind it arrive, one by one; what each end makes of it.
  fileprivate func runRecovery(under conditions: [Condition]) throws {
    // Windows follow from the size of buffers, which a machine chooses by its memory.
    let own = [
      (name: "net.ipv4.tcp_early_retrans", value: "0"), Scenario.usualBuffersSetting,
    ]
    try withSettings(own + conditions.settings) {
      log.record(.rung(index: 0))
      let bodies: [(figure: Figure, body: (Connection) throws -> Void)] = [
        (.blocks, { try $0.measureBlocks(.blocks) }), (.threshold, { try $0.measureThreshold(.threshold) }),
        (.dataTwice, { try $0.measureTwice(.dataTwice) }),
        (.needlessTimeout, { try $0.measureNeedless(.needlessTimeout) }),
      ]
      for (figure, body) in bodies {
        if try !sibling(events: .keptUndisturbed, body) {
          cannotMeasure(figure, because: .disturbed("the machine stalled each time"))
        }
      }
    }
  }

  /// Opens a connection under cubic, whose writes are a segment each.
  ///
  /// - Parameter far: whether the handshake takes so long that the retransmission timer does not fire for more than a
  ///   second. A slow machine writes and releases seven segments in less; the path is as short as ever for RACK, which
  ///   goes by the shortest round trip.
  func openForSegments(far isFar: Bool = false) throws {
    try choose(congestionControl: "cubic")
    beforeConnect.append { socket in try socket.set(.noDelay, to: true) }
    try listen()
    try shakeHands(delay: isFar ? .milliseconds(400) : .zero)
    try call(.accept, by: opener.other)
    try settle()
    // The first data changes the window that is offered: an ACK that does so is no duplicate.
    try call(.send(100), by: opener)
    try expect(opener, SegmentPattern(isData: true))
    try settle()
    try call(.receive(nil), by: opener.other)
    try settle()
  }

  /// Writes segments of 100 octets, which all are held; fewer where the send buffer takes no more.
  private func holdSegments(_ count: Int) throws -> [Int] {
    let sender = opener
    path.rules = [{ segment, party in party == sender && segment.length > 0 ? .hold : nil }]
    var places: [Int] = []
    for _ in 0..<count {
      guard try call(.send(100), by: sender) == .returned(value: 100),
        let place = try expect(sender, SegmentPattern(isData: true))
      else { break }
      places.append(place)
    }
    return places
  }

  /// The reason why fewer segments than seven are under way.
  private func shortage(of places: [Int]) -> Reason {
    lastOutcome == .returned(value: 100)
      ? "not every write was a segment"
      : .needs("a larger send buffer (tcp_wmem): it takes \(places.count) of 7 writes of 100 bytes")
  }

  /// Of seven segments the first, third and fifth are missing: what the ACKs of the others tell, the newest block
  /// first.
  private func measureBlocks(_ figure: Figure) throws {
    try openForSegments()
    let places = try holdSegments(7)
    guard places.count == 7, let first = log.events[places[0]].segment?.sequence else {
      return cannotMeasure(
        figure,
        because: shortage(of: places))
    }
    let reader = opener.other
    path.rules = [{ _, party in party == reader ? .drop : .hold }]
    var told: [String] = []
    var proof: [Int] = []
    for index in [1, 3, 5, 6] {
      let start = log.nextPlace
      try path.release(places[index])
      try carry(for: .milliseconds(15))
      let ack = log.firstSegment(of: reader, since: start)
      let options = log.segment(at: ack)?.options ?? []
      let blocks = options.flatMap { option -> [Option.Block] in
        if case .sack(let blocks) = option { blocks } else { [] }
      }
      let texts = blocks.map { "\(($0.left - first) / 100 + 1)-\(($0.right - first) / 100)" }
      told.append(ack == nil ? "no ACK" : texts.isEmpty ? "none" : texts.joined(separator: " "))
      proof += [ack].compactMap { $0 }
    }
    measure(
      figure, .words(Set(told).count == 1 ? told[0] : told.joined(separator: "; ")),
      "the ACKs of segments 2, 4, 6 and 7, the segments that each block covers", proof: proof)
  }

  /// Measures the number of segments that must arrive behind a gap before their sender takes it for lost.
  private func measureThreshold(_ figure: Figure) throws {
    // However long it takes until all are held: the timer would show.
    waiting.isPatient = true
    try openForSegments(far: true)
    let before = try counters(of: opener)
    let places = try holdSegments(7)
    waiting.isPatient = false
    waiting.resume()
    guard places.count == 7, let first = log.events[places[0]].segment?.sequence else {
      return cannotMeasure(
        figure,
        because: shortage(of: places))
    }
    path.rules = [{ segment, _ in segment.length > 0 ? .drop : nil }]
    let start = log.nextPlace
    func again() -> Int? {
      log.firstSegment(of: opener, since: start) { $0.sequence == first && $0.length > 0 }
    }
    var count = 0
    for place in places.dropFirst() where again() == nil {
      try path.release(place)
      count += 1
      // RACK may wait for a quarter of a round trip, in whole ticks; three such waits are shorter than a timeout.
      try carry(for: .milliseconds(40))
    }
    let resent = again()
    // Its timer was faster where the machine has taken long.
    try giveUp(where: "TCPTimeouts", of: opener, since: before)
    measure(
      figure, resent == nil ? .words("more than \(count)") : .count(count),
      "how many had arrived when the first was sent again", proof: [start, resent])
  }

}
