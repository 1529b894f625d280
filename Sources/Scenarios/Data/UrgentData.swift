import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// An urgent octet is sent and read.
  package static let urgentData = Scenario(
    "urgent data",
    Declaration(
      [.header, .farHeader, .events, .reads, .missing, .mark, .inline],
      given: [
        .init("SO_OOBINLINE", "1"), .init("TCP_NODELAY", "1"), .init("SO_SNDBUF", "400000"),
        .init("TCP_CONGESTION", "cubic"),
      ], isDrawn: false, needs: [.wire])
  ) { connection, _ in
    try connection.runUrgentData()
  }
}

extension Figure {
  fileprivate static let header = Figure("urgent pointer of a segment", .packets)
  fileprivate static let farHeader = Figure(
    "urgent pointer of a segment 90,000 bytes before the urgent byte", .packets)
  fileprivate static let events = Figure("poll() at urgent data", .programs)
  fileprivate static let reads = Figure("recv() with MSG_OOB", .programs)
  fileprivate static let missing = Figure(
    "recv() with MSG_OOB before the urgent byte comes",
    formerly: ["recv() with MSG_OOB before the urgent octet comes"], .programs)
  fileprivate static let mark = Figure(
    "recv() at the urgent mark", .programs, settings: ["tcp_stdurg"])
  fileprivate static let inline = Figure(
    "recv() at the urgent mark with SO_OOBINLINE", .programs, settings: ["tcp_stdurg"])
}

extension Connection {
  /// One end sends three octets, the last of which is urgent, and three more.
  fileprivate func runUrgentData() throws {
    log.record(.rung(index: 0))
    try measureApart([.header, .events, .reads, .mark]) { try $0.measureUrgent() }
    try measureApart([.farHeader]) { try $0.measureFar() }
    try measureApart([.missing]) { try $0.measureMissing() }
    try measureApart([.inline]) { connection in
      connection.beforeListen.append { socket in try socket.set(.urgentInline, to: true) }
      let (_, socket) = try connection.sendUrgent()
      try connection.measureMark(.inline, at: socket)
    }
  }

  private func measureUrgent() throws {
    let (places, socket) = try sendUrgent()
    let pointers = places.compactMap { log.events[$0].header?.urgentPointer }
    measure(
      .header, pointers.isEmpty ? "none" : .all(pointers.map { .count(Int($0)) }),
      "the bytes of each segment with URG", proof: places)
    let proof = [log.lastLook(at: opener.other)]
    measure(.events, .words("\(try socket.value.polled())"), "revents, where all was asked for", proof: proof)
    func urgent() throws -> Value {
      try answer(giving: {
        try socket.value.receive(upTo: 10, .urgent).map { .bytes($0.count) } ?? .errno("EAGAIN")
      })
    }
    measure(.reads, .steps([try urgent(), try urgent()]), "recv(), twice", proof: proof)
    try measureMark(.mark, at: socket)
  }

  /// The urgent octet is the last of many that wait: the pointer has 16 bits.
  private func measureFar() throws {
    // Without pacing the segments leave as soon as an ACK has arrived.
    if bench.hasNetAdmin { try choose(congestionControl: "cubic", atBothEnds: true) }
    beforeConnect.append { socket in try socket.set(.sendBuffer, to: 400_000) }
    let peer = try openWithMadeUpPeer()
    let start = log.nextPlace
    guard try send(100_000, [], by: opener) == .returned(value: 100_000) else {
      throw NotMeasurable(reason: "the send buffer does not take 100,000 bytes")
    }
    try carryDeparted()
    let early = peer.segments(since: start)
    try send(1, .urgent, by: opener)
    try carryDeparted()
    let end = log.nextPlace
    let sent = early.compactMap { log.segment(at: $0)?.length }.reduce(0, +)
    guard 100_000 - sent > 65_535 else {
      throw NotMeasurable(reason: "the urgent byte is not further ahead than 16 bits can tell")
    }
    try peer.acknowledge(sent)
    guard let place = peer.segments(since: end).first, let header = log.events[place].header else {
      throw NotMeasurable(reason: "no segment left at the ACK")
    }
    let isUrgent = log.segment(at: place)?.flags.contains(.urg) == true
    measure(
      .farHeader, isUrgent ? .bytes(Int(header.urgentPointer)) : "none", "the first segment at the ACK",
      proof: [place])
  }

  /// Reads on to the mark and beyond it.
  private func measureMark(_ figure: Figure, at socket: Box<Socket>) throws {
    var told: [Value] = []
    for _ in 0..<3 {
      let isAtMark = try socket.value.isAtMark()
      let part = try answer(giving: {
        guard let part = try socket.value.receive(upTo: 10) else { return .errno("EAGAIN") }
        return .bytes(part.count)
      })
      told.append(isAtMark ? .words("at the mark \(part)") : part)
    }
    measure(figure, .steps(told), "SIOCATMARK and recv()", proof: [log.lastLook(at: opener.other)])
  }

  /// The pointer arrives before the octet that it points at.
  private func measureMissing() throws {
    let peer = try openWithMadeUpPeer()
    var segment = peer.segment(at: 0, flags: [.urg, .ack])
    segment.length = 3
    guard let socket = ends[opener].socket else { throw NotMeasurable(reason: "there is no socket") }
    let start = log.nextPlace
    // The pointer counts from the segment's first octet.
    try path.forge(segment, payload: [1, 2, 3], urgentPointer: 10, from: opener.other)
    let events = try socket.value.polled()
    let read = try answer(giving: {
      try socket.value.receive(upTo: 10, .urgent).map { .bytes($0.count) } ?? .errno("EAGAIN")
    })
    measure(
      .missing, .list([.words("\(events)"), read]), "poll() and recv(), after a pointer to what has not come",
      proof: [start])
  }

  /// - Returns: the segments with URG, and the reader's socket.
  private func sendUrgent() throws -> ([Int], Box<Socket>) {
    beforeConnect.append { socket in try socket.set(.noDelay, to: true) }
    try open()
    let start = log.nextPlace
    try send(3, .urgent, by: opener)
    try send(3, [], by: opener)
    try settle()
    guard let socket = ends[opener.other].socket else { throw NotMeasurable(reason: "there is no socket") }
    return (log.segments(of: opener, since: start) { $0.flags.contains(.urg) }, socket)
  }
}
