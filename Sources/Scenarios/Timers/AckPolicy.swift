import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// ACKs are delayed: the segments and calls that end the delay.
  package static let ackPolicy = Scenario(
    "end of a delay of ACKs",
    Declaration(
      [
        .small, .smallAlike, .full, .fullRead, .fullPushed, .readOne, .readTwo, .readFull, .quickAck,
        .outOfOrder, .fin,
      ],
      settings: ["tcp_rmem", "tcp_app_win", "tcp_window_scaling", "tcp_workaround_signed_windows"],
      given: [.init("TCP_QUICKACK", "0")], isDrawn: false,
      needs: [.wire])
  ) { connection, _ in
    try connection.runAckPolicy()
  }
}

extension Figure {
  fileprivate static let small = Figure("ACKs of small segments while ACKs are delayed", .packets)
  fileprivate static let smallAlike = Figure(
    "ACKs of small segments without PSH while ACKs are delayed", .packets, settings: ["tcp_shrink_window"])
  fileprivate static let fullRead = Figure(
    "ACKs of full segments that are read while ACKs are delayed", .packets)
  fileprivate static let full = Figure("ACKs of full segments while ACKs are delayed", .packets)
  fileprivate static let fullPushed = Figure(
    "ACKs of full segments with PSH that are read while ACKs are delayed", .packets)
  fileprivate static let readOne = Figure("ACK at recv() of a small segment", .packets)
  fileprivate static let readTwo = Figure("ACK at recv() of two small segments", .packets)
  fileprivate static let readFull = Figure("ACK at recv() of a full segment", .packets)
  fileprivate static let quickAck = Figure("ACK when TCP_QUICKACK is set while it is delayed", .packets)
  fileprivate static let outOfOrder = Figure("ACK of a segment behind a gap while ACKs are delayed", .packets)
  fileprivate static let fin = Figure("ACK of a FIN while ACKs are delayed", .packets)
}

extension Connection {
  /// The segments that leave at the arrival of a segment, or within a call, before the timer of the delay is due.
  fileprivate func runAckPolicy() throws {
    log.record(.rung(index: 0))
    try measureApart([.small]) { try $0.measureArrivals(.small, of: 100, count: 8, flags: [.psh]) }
    try measureApart([.smallAlike]) { try $0.measureArrivals(.smallAlike, of: 100, count: 8, flags: []) }
    try measureApart([.full]) { try $0.measureArrivals(.full, of: 1000, count: 4, flags: []) }
    try measureApart([.fullRead]) {
      try $0.measureArrivals(.fullRead, of: 1000, count: 5, flags: [], reads: true)
    }
    try measureApart([.fullPushed]) {
      try $0.measureArrivals(.fullPushed, of: 1000, count: 5, flags: [.psh], reads: true)
    }
    for (figure, lengths) in [(Figure.readOne, [100]), (.readTwo, [100, 100]), (.readFull, [1000])] {
      try measureApart([figure]) { connection in
        try connection.measureCall(figure, after: lengths) { _ = try connection.read(by: $0) }
      }
    }
    try measureApart([.quickAck]) { connection in
      try connection.measureCall(.quickAck, after: [100]) { party in
        guard let socket = connection.ends[party].socket else { return }
        _ = try connection.read(by: party)
        try socket.value.set(.quickAck, to: true)
      }
    }
    try measureApart([.outOfOrder]) { connection in
      try connection.measureSegment(.outOfOrder) { try $0.send(200..<300, flags: []) }
    }
    try measureApart([.fin]) { connection in
      try connection.measureSegment(.fin) { try $0.forge($0.segment(at: 100, flags: [.fin, .ack])) }
    }
  }

  /// Opens a connection whose receiver delays its ACKs, and has seen what a full segment is.
  private func openDelaying() throws -> MadeUpPeer {
    let peer = try openWithMadeUpPeer()
    try setOption(of: opener) { socket in try socket.set(.quickAck, to: false) }
    return peer
  }

  private func measureArrivals(
    _ figure: Figure, of length: Int, count: Int, flags: Flags, reads: Bool = false
  )
    throws
  {
    let peer = try openDelaying()
    let first = log.nextPlace
    var told: [String] = []
    for index in 0..<count {
      let start = log.nextPlace
      try peer.send(length * index..<length * (index + 1), flags: flags)
      let isAtOnce = !peer.segments(since: start).isEmpty
      let place = log.nextPlace
      if reads {
        _ = try read(by: opener)
        try carryDeparted()
      }
      let isAtRead = !peer.segments(since: place).isEmpty
      told.append(isAtOnce ? "ACK" : isAtRead ? "recv()" : "none")
    }
    try giveUp(after: Self.delay, since: first)
    measure(
      figure, .words(told.joined(separator: " ")), "the device, after each segment of \(length) bytes",
      proof: [first])
  }

  private func measureCall(_ figure: Figure, after lengths: [Int], _ call: (Party) throws -> Void) throws {
    let peer = try openDelaying()
    let first = log.nextPlace
    var offset = 0
    for length in lengths {
      try peer.send(offset..<offset + length)
      offset += length
    }
    let early = peer.segments(since: first)
    let start = log.nextPlace
    try call(opener)
    try carryDeparted()
    let late = peer.segments(since: start)
    try giveUp(after: Self.delay, since: first)
    measure(
      figure, early.isEmpty ? late.isEmpty ? "none" : "ACK" : "ACK before the call",
      "the device, asked as soon as the call had returned", proof: [first] + late)
  }

  private func measureSegment(_ figure: Figure, _ send: (MadeUpPeer) throws -> Void) throws {
    let peer = try openDelaying()
    let first = log.nextPlace
    try peer.send(0..<100)
    let early = peer.segments(since: first)
    let start = log.nextPlace
    try send(peer)
    let late = peer.segments(since: start)
    try giveUp(after: Self.delay, since: first)
    measure(
      figure, early.isEmpty ? late.isEmpty ? "none" : "ACK" : "ACK before the segment",
      "the device, asked as soon as the segment had arrived", proof: [first] + late)
  }

  /// The least delay, less some time for the look.
  private static let delay = Duration.milliseconds(30)
}
