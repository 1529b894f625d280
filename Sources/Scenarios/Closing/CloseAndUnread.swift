import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A program closes when it has read all that arrived, or not all of it (RFC 2525 section 2.17).
  package static let closeAndUnread = Scenario(
    "close() and what is unread",
    Declaration([.partly, .fin, .again], isDrawn: false, needs: [.wire])
  ) { connection, _ in
    try connection.runCloseAndUnread()
  }
}

extension Figure {
  fileprivate static let partly = Figure("segment of close() with one of two bytes unread", .programs)
  fileprivate static let fin = Figure("segment of close() with an unread FIN", .programs)
  fileprivate static let again = Figure(
    "segment of close() with an unread FIN that came with data that was read", .programs)
}

extension Connection {
  fileprivate func runCloseAndUnread() throws {
    log.record(.rung(index: 0))
    try measureApart([.partly]) { connection in
      try connection.measureClose(.partly, "recv(1) of two bytes", in: .established) { peer in
        try peer.send(0..<2)
        try connection.readAll(1)
      }
    }
    try measureApart([.fin]) { connection in
      try connection.measureClose(.fin, "recv(100), then a FIN", in: .closeWait) { peer in
        try peer.send(0..<100)
        try connection.readAll(100)
        try peer.forge(peer.segment(at: 100, flags: [.fin, .ack]))
      }
    }
    try measureApart([.again]) { connection in
      let source = "recv(100), then a FIN with the last 50 bytes again"
      try connection.measureClose(.again, source, in: .closeWait) { peer in
        try peer.send(0..<100)
        try connection.readAll(100)
        // A sender that sends its last data again puts the FIN behind it that has become due.
        try peer.send(50..<100, flags: [.psh, .fin])
      }
    }
  }

  private func readAll(_ count: Int) throws {
    guard try read(upTo: count, by: opener) == .returned(value: count) else {
      throw NotMeasurable(reason: "recv() returns other data than has arrived")
    }
  }

  private func measureClose(
    _ figure: Figure, _ source: String, in state: State, after prepare: (MadeUpPeer) throws -> Void
  ) throws {
    let peer = try openWithMadeUpPeer()
    try prepare(peer)
    guard try record(of: opener)?.state == state else {
      throw NotMeasurable(reason: .other("the end that closes is not in \(state.rawValue)"))
    }
    let start = log.nextPlace
    try closeUnread(opener)
    try carryDeparted()
    let place = peer.segments(since: start) { !$0.flags.isDisjoint(with: .control) }.first
    measure(
      figure, log.segment(at: place).map { .segment($0.flags) } ?? "none",
      "the first with FIN or RST, after \(source)", proof: [start, place])
  }
}
