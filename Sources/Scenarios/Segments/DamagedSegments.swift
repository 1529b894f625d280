import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Segments arrive damaged, or with less left of their lives than a program allows.
  package static let damagedSegments = Scenario(
    "damaged segments",
    Declaration(
      Damage.allCases.map(\.figure) + [.syn, .minimumTTL, .enoughTTL, .resetAtBlock, .resetInBlock],
      settings: ["tcp_sack"],
      given: [.init("tcp_invalid_ratelimit", "0"), .init(.madeUpWithoutTimestamps)], isDrawn: false,
      needs: [.wire])
  ) { connection, _ in
    try connection.runDamagedSegments()
  }
}

/// A damage of a segment with data, whose other fields are right.
private enum Damage: String, CaseIterable {
  case checksum = "a wrong checksum"
  case shortHeader = "a header of 16 bytes"
  case longHeader = "a header longer than the segment"
  case option = "an option of length 0"
  case longOption = "an option longer than the header"

  private var formerName: String? { self == .shortHeader ? "a header of 16 octets" : nil }

  var figure: Figure {
    func name(_ damage: String) -> String { "data with \(damage)" }
    return Figure(name(rawValue), formerly: formerName.map { [name($0)] } ?? [], .packets)
  }

  /// Changes the packet, whose TCP header begins at this octet.
  func apply(to bytes: inout [UInt8], at start: Int) {
    switch self {
    case .checksum: bytes[start + 16] ^= 0x55
    case .shortHeader: change(&bytes, at: start, start + 12, 0x40)
    case .longHeader: change(&bytes, at: start, start + 12, 0xF0)
    case .option: change(&bytes, at: start, start + 21, 0)
    case .longOption: change(&bytes, at: start, start + 21, 60)
    }
  }

  /// Changes an octet of the header, and makes the checksum right.
  private func change(_ bytes: inout [UInt8], at start: Int, _ place: Int, _ value: UInt8) {
    func word(_ bytes: [UInt8]) -> UInt32 {
      let even = place - (place - start) % 2
      return UInt32(bytes[even]) << 8 | UInt32(bytes[even + 1])
    }
    let before = word(bytes)
    bytes[place] = value
    // RFC 1624: HC' = ~(~HC + ~m + m').
    let old = ~(UInt32(bytes[start + 16]) << 8 | UInt32(bytes[start + 17])) & 0xFFFF
    var sum = old + (~before & 0xFFFF) + word(bytes)
    while sum > 0xFFFF { sum = (sum & 0xFFFF) + sum >> 16 }
    bytes[start + 16] = UInt8(~sum >> 8 & 0xFF)
    bytes[start + 17] = UInt8(~sum & 0xFF)
  }
}

extension Figure {
  fileprivate static let syn = Figure("SYN with a wrong checksum", .packets)
  fileprivate static let minimumTTL = Figure("data with a lower TTL than IP_MINTTL", .programs)
  fileprivate static let enoughTTL = Figure("data with the TTL of IP_MINTTL", .programs)
  fileprivate static let resetAtBlock = Figure("RST at the end of the last SACK block", .programs)
  fileprivate static let resetInBlock = Figure(
    "RST at the end of an earlier SACK block", .programs, settings: ["tcp_challenge_ack_limit"])
}

extension Connection {
  fileprivate func runDamagedSegments() throws {
    log.record(.rung(index: 0))
    for damage in Damage.allCases {
      try measureApart([damage.figure]) { try $0.measureData(damage.figure, damage: damage) }
    }
    try measureApart([.syn], heedsTimers: false) { try $0.measureSyn() }
    for (figure, limit) in [(Figure.minimumTTL, 65), (.enoughTTL, 64)] {
      try measureApart([figure]) { connection in
        try connection.measureData(figure, minimumTTL: limit)
      }
    }
    try withSettings([("net.ipv4.tcp_invalid_ratelimit", "0")], at: [opener]) {
      try measureApart([.resetAtBlock]) { try $0.measureReset(.resetAtBlock, at: 400) }
      try measureApart([.resetInBlock]) { try $0.measureReset(.resetInBlock, at: 200) }
    }
  }

  private var headerStart: Int { bench.family == .ipv4 ? 20 : 40 }

  private func measureData(_ figure: Figure, damage: Damage? = nil, minimumTTL: Int? = nil) throws {
    let peer = try openWithMadeUpPeer()
    guard let socket = ends[opener].socket else { throw NotMeasurable(reason: "there is no socket") }
    if let minimumTTL {
      let option =
        bench.family == .ipv4 ? NumberedOption(.ipv4, 21) : NumberedOption(.ipv6, 73)
      try socket.value.set(option, to: minimumTTL)
    }
    let before = try bench.enter(opener) { try Counters.read() }
    let tcp = try bench.enter(opener) { try Counters.ofTCP() }
    let start = log.nextPlace
    var segment = peer.segment(at: 0, flags: [.psh, .ack])
    // An option that the damages need, and that says nothing: those with timestamps have it as well.
    if !segment.options.contains(where: { if case .timestamps = $0 { true } else { false } }) {
      segment.options = [.other(kind: 253, body: [1, 2])]
    } else if damage == .option || damage == .longOption {
      segment.options = [.other(kind: 253, body: [1, 2, 3, 4])]
    }
    let place = headerStart
    try path.forge(
      segment, payload: payload(damage == .longHeader ? 4 : 100),
      damage: { bytes in damage?.apply(to: &bytes, at: place) },
      from: opener.other)
    try carryDeparted()
    let answers = peer.segments(since: start)
    let unread = try socket.value.unreadCount()
    let after = try bench.enter(opener) { try Counters.read() }
    let tcpAfter = try bench.enter(opener) { try Counters.ofTCP() }
    var parts: [Value] = [
      unread > 0 ? "is taken" : "is dropped", .inShort(answers.compactMap { log.segment(at: $0) }),
    ]
    let grown =
      ["InErrs", "InCsumErrors"].filter { tcpAfter[$0, default: 0] > tcp[$0, default: 0] }
      + ["TCPMinTTLDrop"].filter { after[$0, default: 0] > before[$0, default: 0] }
    if !grown.isEmpty { parts.append(.words(grown.joined(separator: " "))) }
    measure(
      figure, .list(parts), "the answer, and the counters that grew of InErrs, InCsumErrors, TCPMinTTLDrop",
      proof: [start] + answers)
  }

  private func measureSyn() throws {
    try listen()
    path.loseEverything()
    try call(.connect, by: opener)
    guard let place = try expect(opener, SegmentPattern(flags: .syn)), let syn = log.segment(at: place) else {
      throw NotMeasurable(reason: "no SYN left")
    }
    let start = log.nextPlace
    let header = headerStart
    try path.forge(
      syn, damage: { bytes in Damage.checksum.apply(to: &bytes, at: header) }, from: opener)
    try carryDeparted()
    let answers = log.segments(of: opener.other, since: start)
    measure(
      .syn, .inShort(answers.compactMap { log.segment(at: $0) }), "the segments that came back",
      proof: [start] + answers)
  }

  /// Two blocks are behind gaps; a RST comes where one of them ends (RFC 5961, and tcp_reset_check() in Linux).
  private func measureReset(_ figure: Figure, at offset: Int) throws {
    let peer = try openWithMadeUpPeer()
    try peer.send(100..<200, flags: [])
    try peer.send(300..<400, flags: [])
    let start = log.nextPlace
    try peer.forge(peer.segment(at: offset, flags: .rst))
    let answers = peer.segments(since: start)
    try look()
    measure(
      figure,
      .list([.inShort(answers.compactMap { log.segment(at: $0) }), try whatIsLeft(of: opener)]),
      "the segments that came back, and sock_diag", proof: [start] + answers)
  }
}
