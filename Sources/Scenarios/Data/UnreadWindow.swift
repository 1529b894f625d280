import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Data stays unread, and the window that is offered becomes smaller.
  package static let unreadWindow = Scenario(
    "window of unread data",
    Declaration(
      [.edges, .atRead, .clamp],
      under: [[], [.setting("tcp_shrink_window", "1")]],
      settings: [
        "tcp_rmem", "tcp_window_scaling", "tcp_timestamps", "tcp_adv_win_scale", "tcp_app_win",
        "tcp_shrink_window", "tcp_workaround_signed_windows",
      ],
      given: [usualBuffers, .init("TCP_WINDOW_CLAMP", "5000")], isDrawn: false, needs: [.wire])
  ) { try $0.runUnreadWindow(under: $1) }
}

extension Figure {
  fileprivate static let edges = Figure("right edges of the window while data stays unread", .packets)
  fileprivate static let atRead = Figure("segments when unread data is read", .packets)
  fileprivate static let clamp = Figure("window once TCP_WINDOW_CLAMP is set", .packets)
}

extension Connection {
  fileprivate func runUnreadWindow(under conditions: [Condition]) throws {
    log.record(.rung(index: 0))
    // Windows follow from the size of buffers, which a machine chooses by its memory.
    try withSettings([Scenario.usualBuffersSetting] + conditions.settings, at: [opener]) {
      try measureApart([.edges, .atRead]) { try $0.measureEdges() }
      try measureApart([.clamp]) { try $0.measureClamp() }
    }
  }

  /// The edge behind the last octet that the segment's window takes.
  private func edge(_ place: Int?, of peer: MadeUpPeer) -> Int? {
    guard let segment = log.segment(at: place) else { return nil }
    return segment.acknowledgment - peer.own + Int(segment.window) << windowShift(of: opener)
  }

  private func measureEdges() throws {
    let peer = try openWithMadeUpPeer()
    let start = log.nextPlace
    var edges: [Int] = []
    for index in 0..<8 {
      try peer.send(10_000 * index..<10_000 * index + 10_000)
      // An ACK may be delayed.
      if peer.segments(since: start).count <= index { try carry(for: .milliseconds(60)) }
      if let edge = edge(peer.segments(since: start).last, of: peer) { edges.append(edge) }
    }
    measure(
      .edges, Value(reading: edges.map(String.init).joined(separator: " ")),
      "the ACKs of eight segments of 10,000 bytes: bytes from the first on", proof: [start])
    let place = log.nextPlace
    _ = try read(by: opener)
    try carryDeparted()
    let sent = peer.segments(since: place)
    measure(
      .atRead, .inShort(sent.compactMap { log.segment(at: $0) }), "the device, after recv()",
      proof: [place] + sent)
  }

  private func measureClamp() throws {
    let peer = try openWithMadeUpPeer()
    try setOption(of: opener) { socket in try socket.set(.windowClamp, to: 5000) }
    let start = log.nextPlace
    var told: [String] = []
    for index in 0..<3 {
      try peer.send(100 * index..<100 * index + 100)
      _ = try read(by: opener)
      let ack = log.segment(at: peer.segments(since: start).last)
      told.append(ack.map { "\(Int($0.window) << windowShift(of: opener))" } ?? "no ACK")
    }
    measure(
      .clamp, Value(reading: told.joined(separator: " ")), "the ACKs of three segments that are read",
      proof: [start])
  }
}
