import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// An end has received 2 GB and sent nothing when its peer offers a larger window: by the number of the segment that
  /// offered a window last, that of the new offer would be the older one (RFC 9293 section 3.10.7.4, SND.WL1).
  package static let windowAfterWrap = Scenario(
    "window update after 2 GB",
    Declaration(
      [.used], under: [[.setting("tcp_timestamps", "0")]], settings: ["tcp_rmem", "tcp_wmem"],
      given: [.init("TCP_NODELAY", "1")], isDrawn: false, needs: [.wire])
  ) { connection, conditions in
    // The kernel predicts no header with options in another order than its own.
    try connection.withSettings(of: conditions, at: connection.opener) {
      try connection.runWindowAfterWrap()
    }
  }
}

extension Figure {
  fileprivate static let used = Figure(
    "window used after an update behind 2 GB that were received", .programs)
}

extension Connection {
  fileprivate func runWindowAfterWrap() throws {
    beforeConnect.append { socket in try socket.set(.noDelay, to: true) }
    log.record(.rung(index: 0))
    try measureApart([.used]) { try $0.measureUsed() }
  }

  private func measureUsed() throws {
    var peer = try openWithMadeUpPeer()
    let shift = windowShift(of: opener.other)
    let (old, new) = (1024, 8192)
    guard shift <= 10 else { throw NotMeasurable(reason: .needs("a smaller buffer (tcp_rmem)")) }
    peer.window = UInt16(old >> shift)
    var sent = 0
    func sendNext() throws {
      try peer.send(sent..<sent + 100)
      sent += 100
    }
    // The first changes the window; with each of the others nothing but data is new.
    for _ in 0..<3 { try sendNext() }
    var isPredicted = false
    // The kernel looks at the number only of segments that differ in more than their data, and of a few others.
    for _ in 0..<4 where !isPredicted {
      // Behind the second of two segments the way from there is longer than half the circle of numbers.
      try placeWindow(at: peer.own + sent + (150 - (1 << 31)), room: 100)
      let before = try counters(of: opener)["TCPHPHits", default: 0]
      for _ in 0..<2 { try sendNext() }
      isPredicted = try counters(of: opener)["TCPHPHits", default: 0] == before + 2
    }
    guard isPredicted else { throw NotMeasurable(reason: "no segment was predicted by its header") }
    // Before Linux 5.4 TCP_INFO does not tell.
    if let window = try info(of: opener)?[.sndWnd], window != old {
      throw NotMeasurable(reason: "the window in use is not the one that was offered")
    }
    let start = log.nextPlace
    try peer.acknowledge(0, window: UInt16(new >> shift), at: sent)
    guard try call(.send(2 * old), by: opener) == .returned(value: 2 * old) else {
      throw NotMeasurable(reason: "send() does not take all")
    }
    try carryDeparted()
    let data = peer.segments(since: start) { $0.length > 0 }
    let octets = data.compactMap { log.segment(at: $0)?.length }.reduce(0, +)
    measure(
      .used, octets == 2 * old ? "the new one" : octets > old ? .bytes(octets) : "the old one",
      "the segments that left of \(2 * old) bytes; \(old) were offered, then \(new)", proof: [start] + data)
  }

  /// Tells the socket by TCP_REPAIR that its window was offered by the segment of this number: so it is when as many octets have
  /// come since, each segment with nothing new but its data.
  private func placeWindow(at number: SequenceNumber, room: Int) throws {
    let answer = try answer { try ends[opener].socket?.value.placeWindow(at: number, room: room) }
    guard answer == .succeeds else { throw NotMeasurable(reason: .needs("TCP_REPAIR: \(answer)")) }
  }
}
