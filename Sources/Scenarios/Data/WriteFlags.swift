import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Small writes wait for each other, or do not, as options and flags say.
  package static let writeFlags = Scenario(
    "segments of small writes",
    Declaration(
      [
        .more, .record, .nagle, .nagleAck, .lateNoDelay, .noDelayUnderCork, .file, .fileEnd, .pipe, .pipeMore,
      ],
      given: [.init("TCP_NODELAY", "1"), .init("TCP_CORK", "1"), .init("TCP_MAXSEG", "1000")],
      needs: [.wire])
  ) { connection, _ in
    try connection.runWriteFlags()
  }
}

extension Figure {
  fileprivate static let more = Figure("segments of two writes with MSG_MORE and one without", .packets)
  fileprivate static let record = Figure(
    "segments of a write with MSG_EOR and another", .packets, settings: ["tcp_notsent_lowat"])
  fileprivate static let nagle = Figure("segments of three small writes before an ACK", .packets)
  fileprivate static let nagleAck = Figure("segments of three small writes at the first ACK", .packets)
  fileprivate static let lateNoDelay = Figure("segments when TCP_NODELAY is set while data waits", .packets)
  fileprivate static let noDelayUnderCork = Figure(
    "segments when TCP_NODELAY is set while TCP_CORK holds data", .packets)
  fileprivate static let file = Figure(
    "segments of sendfile()", .packets, settings: ["tcp_rmem", "tcp_timestamps"])
  fileprivate static let fileEnd = Figure(
    "segments of sendfile() beyond the end of the file", .packets, settings: ["tcp_rmem", "tcp_timestamps"])
  fileprivate static let pipe = Figure("segments of two splice() calls", .packets)
  fileprivate static let pipeMore = Figure(
    "segments of two splice() calls with SPLICE_F_MORE", .packets, settings: ["tcp_rmem", "tcp_timestamps"])
}

extension Connection {
  /// The segments that leave within each call, and the data that waits.
  fileprivate func runWriteFlags() throws {
    beforeConnect.append { socket in try socket.set(.maximumSegment, to: 1000) }
    log.record(.rung(index: 0))
    try measureApart([.more]) { connection in
      try connection.measureCalls(.more) {
        try connection.send(100, .more, by: $0)
        try connection.send(100, .more, by: $0)
        try connection.send(100, [], by: $0)
      }
    }
    try measureApart([.record]) { connection in
      try connection.measureCalls(.record) { writer in
        // Without MSG_EOR both would be one segment.
        try connection.setOption(of: writer) { socket in try socket.set(.cork, to: true) }
        try connection.send(100, .endOfRecord, by: writer)
        try connection.send(100, [], by: writer)
        // Pushes all, where clearing TCP_CORK would leave the second to Nagle's algorithm.
        try connection.setOption(of: writer) { socket in try socket.set(.noDelay, to: true) }
      }
    }
    try measureApart([.nagle, .nagleAck, .lateNoDelay]) { try $0.measureNagle() }
    try measureApart([.noDelayUnderCork]) { connection in
      try connection.measureCalls(.noDelayUnderCork) { writer in
        try connection.setOption(of: writer) { socket in try socket.set(.cork, to: true) }
        try connection.send(100, [], by: writer)
        try connection.setOption(of: writer) { socket in try socket.set(.noDelay, to: true) }
      }
    }
    try measureTransfers()
  }

  /// Writes without a buffer of the program's.
  private func measureTransfers() throws {
    try measureApart([.file]) { connection in
      let file = try MemoryFile(named: "tcpprobe", connection.payload(3500))
      try connection.measureCalls(.file) { writer in
        try connection.write(3500, by: writer) { try $0.send(fileOf: file, count: 3500) }
      }
    }
    try measureApart([.fileEnd]) { connection in
      let file = try MemoryFile(named: "tcpprobe", connection.payload(1500))
      try connection.measureCalls(.fileEnd) { writer in
        try connection.write(3000, by: writer) { try $0.send(fileOf: file, count: 3000) }
      }
    }
    for (figure, hasMore) in [(Figure.pipe, false), (.pipeMore, true)] {
      try measureApart([figure]) { connection in
        // The second of two small segments would wait for the ACK of the first.
        connection.beforeConnect.append { socket in try socket.set(.noDelay, to: true) }
        let octets = connection.payload(600)
        try connection.measureCalls(figure) { writer in
          for _ in 0..<2 {
            try connection.write(600, by: writer) { try $0.splice(octets, hasMore: hasMore) }
          }
        }
      }
    }
  }

  /// Measures what leaves until the last of these calls has returned.
  private func measureCalls(_ figure: Figure, _ calls: (Party) throws -> Void) throws {
    let peer = try openWithMadeUpPeer()
    let start = log.nextPlace
    try calls(opener)
    try carryDeparted()
    try giveUp(after: StallWatch.limit, since: start)
    let sent = peer.segments(since: start)
    measure(
      figure, lengths(of: sent), "the device, asked as soon as the last call had returned",
      proof: [log.lastCall()] + sent)
  }

  private func measureNagle() throws {
    let peer = try openWithMadeUpPeer()
    let source = "the device, asked as soon as the call had returned"
    var start = log.nextPlace
    for _ in 0..<3 { try call(.send(100), by: opener) }
    try carryDeparted()
    var sent = peer.segments(since: start)
    measure(.nagle, lengths(of: sent), source, proof: [log.lastCall()] + sent)
    start = log.nextPlace
    try peer.acknowledge(100)
    sent = peer.segments(since: start)
    measure(
      .nagleAck, lengths(of: sent), "the device, as soon as the ACK had arrived", proof: [start] + sent)
    try call(.send(100), by: opener)
    try carryDeparted()
    start = log.nextPlace
    try setOption(of: opener) { socket in try socket.set(.noDelay, to: true) }
    try carryDeparted()
    sent = peer.segments(since: start)
    measure(.lateNoDelay, lengths(of: sent), source, proof: [log.lastCall()] + sent)
  }

  /// The lengths of the data in these segments.
  private func lengths(of places: [Int]) -> Value {
    let lengths = places.compactMap { log.segment(at: $0)?.length }
    return lengths.isEmpty ? "none" : .all(lengths.map { .bytes($0) })
  }
}
