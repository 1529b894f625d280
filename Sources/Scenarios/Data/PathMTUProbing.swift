import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A sender looks for the largest segment that the path takes (RFC 4821), and finds that none arrives.
  package static let pathMTUProbing = Scenario(
    "probing of the path's MTU",
    Declaration(
      [.sizes, .blackHole],
      under: [
        [.setting("tcp_mtu_probing", "0")], [.setting("tcp_mtu_probing", "1")],
        [.setting("tcp_mtu_probing", "2")],
      ],
      settings: [
        "tcp_timestamps", "tcp_base_mss", "tcp_mtu_probe_floor", "tcp_probe_threshold", "tcp_probe_interval",
        "tcp_min_snd_mss", "tcp_rmem", "tcp_wmem", "tcp_rto_min_us", "tcp_retries1", "tcp_reordering",
        "tcp_notsent_lowat", "tcp_window_scaling",
      ],
      given: [
        .init("TCP_CONGESTION", "cubic"), .init("TCP_NODELAY", "1"), .init("SO_SNDBUF", "400000"),
        .init("tcp_early_retrans", "0"), .init("tcp_retries1", "0"),
      ], needs: [.wire], timed: .init("the room that the ACKs leave while data is written"))
  ) { try $0.runPathMTUProbing(under: $1) }
}

extension Figure {
  fileprivate static let sizes = Figure("largest segments as ACKs come", .packets)
  fileprivate static let blackHole = Figure("sizes of a segment that is sent again twice", .packets)
}

extension Connection {
  fileprivate func runPathMTUProbing(under conditions: [Condition]) throws {
    try choose(congestionControl: "cubic")
    beforeConnect.append { socket in
      try socket.set(.noDelay, to: true)
      try socket.set(.sendBuffer, to: 400_000)
    }
    log.record(.rung(index: 0))
    let own = [("net.ipv4.tcp_early_retrans", "0"), ("net.ipv4.tcp_retries1", "0")]
    try withSettings(own + conditions.settings, at: [opener]) {
      try measureApart([.sizes]) { try $0.measureSizes() }
      try measureApart([.blackHole], heedsTimers: false) { try $0.measureBlackHole() }
    }
  }

  /// All that is in flight is acknowledged, again and again.
  private func measureSizes() throws {
    let peer = try openWithMadeUpPeer()
    let start = log.nextPlace
    try call(.send(300_000), by: opener)
    try carryDeparted()
    // The last segment of all would have another size.
    for _ in 0..<5 {
      guard let unsent = try ends[opener].socket?.value.unsentCount(), unsent > 80_000,
        let last = log.segment(at: peer.segments(since: start).last)
      else { break }
      try peer.acknowledge(last.end - peer.other)
    }
    let sent = peer.segments(since: start)
    var sizes: [Int] = []
    for place in sent {
      if let length = log.segment(at: place)?.length, length > sizes.last ?? 0 { sizes.append(length) }
    }
    measure(
      .sizes, .all(sizes.map { .bytes($0) }),
      "the segments that left: each that is larger than all before it",
      proof: [start, sent.last])
  }

  private func measureBlackHole() throws {
    let peer = try openWithMadeUpPeer()
    let start = log.nextPlace
    try call(.send(3000), by: opener)
    try carryDeparted()
    var sizes = [log.segment(at: peer.segments(since: start).first)?.length ?? 0]
    var proof: [Int?] = [start]
    for _ in 0..<2 {
      let left = try armedTimer(of: opener).map { Duration.milliseconds($0.timer.milliseconds) }
      let wait = left ?? .milliseconds(200)
      let again = try awaitTimer(
        of: opener, named: "the segment again", left: wait, limit: wait + wait / 8 + .seconds(1)
      ) { $0.length > 0 }
      proof.append(again.place)
      sizes.append(log.segment(at: again.place)?.length ?? 0)
    }
    measure(
      .blackHole, .steps(sizes.map { .bytes($0) }), "the first segment, each time that it left", proof: proof)
  }
}
