import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension Scenario {
  /// A program reads in other ways than by recv() alone.
  package static let waysToRead = Scenario(
    "ways to read",
    Declaration(
      [.peek, .peekOffset, .discard, .rest, .restAtEnd, .splice, .spliceAtEnd],
      given: [.init("SO_PEEK_OFF", "0"), .init("TCP_INQ", "1")], isDrawn: false, needs: [.wire])
  ) { connection, _ in
    try connection.runWaysToRead()
  }
}

extension Figure {
  fileprivate static let peek = Figure("recv() after MSG_PEEK", .programs)
  fileprivate static let peekOffset = Figure(
    "MSG_PEEK under SO_PEEK_OFF", .programs,
    known: Known("TCP has SO_PEEK_OFF since Linux 6.9.", .between("6.8", "6.9")))
  fileprivate static let discard = Figure("recv() with MSG_TRUNC", .programs)
  fileprivate static let rest = Figure("rest that TCP_INQ tells", .programs)
  fileprivate static let restAtEnd = Figure("rest that TCP_INQ tells at a FIN", .programs)
  fileprivate static let splice = Figure("splice() of received data", .programs)
  fileprivate static let spliceAtEnd = Figure("splice() at a FIN", .programs)
}

extension Connection {
  /// Three segments of 100 octets have arrived.
  fileprivate func runWaysToRead() throws {
    log.record(.rung(index: 0))
    try measureApart([.peek]) { connection in
      try connection.measureReads(.peek, "recv() with MSG_PEEK, with it again, and without") { socket in
        [
          try connection.part(socket, .peek), try connection.part(socket, .peek),
          try connection.part(socket, []),
        ]
      }
    }
    try measureApart([.peekOffset]) { try $0.measurePeekOffset() }
    try measureApart([.discard]) { connection in
      try connection.measureReads(.discard, "recv() with MSG_TRUNC, then without") { socket in
        let thrown = try connection.answer(giving: {
          .bytes(try socket.value.receive(upTo: 150, .discard)?.count ?? 0)
        })
        return [thrown, try connection.part(socket, [])]
      }
    }
    try measureApart([.rest, .restAtEnd]) { try $0.measureRest() }
    try measureApart([.splice, .spliceAtEnd]) { try $0.measureSplice() }
  }

  private func measurePeekOffset() throws {
    let (_, socket) = try openWithData()
    do throws(Errno) { try socket.value.set(.peekOffset, to: 0) } catch {
      return cannotMeasure(.peekOffset, because: .notOnThisKernel("SO_PEEK_OFF gives \(error.name)"))
    }
    circumstances?(Condition("SO_PEEK_OFF", "0"))
    let parts = [
      try part(socket, .peek), try part(socket, .peek), try part(socket, []), try part(socket, .peek),
    ]
    measure(
      .peekOffset, .steps(parts), "recv() with MSG_PEEK, with it again, without, and with it",
      proof: [log.lastLook(at: opener)])
  }

  private func measureRest() throws {
    beforeConnect.append { socket in try socket.set(.tellsRest, to: true) }
    let (peer, socket) = try openWithData()
    func told() throws -> Value {
      try answer(giving: {
        let (count, rest) = try socket.value.receiveWithRest(upTo: 130)
        return Value(reading: "\(rest.map(String.init) ?? "no word") after \(count)")
      })
    }
    measure(
      .rest, .steps([try told(), try told(), try told()]), "recvmsg() of 130 bytes, three times",
      proof: [log.lastLook(at: opener)])
    let start = log.nextPlace
    try peer.forge(peer.segment(at: 300, flags: [.fin, .ack]))
    measure(.restAtEnd, .steps([try told(), try told()]), "recvmsg() after the FIN, twice", proof: [start])
  }

  private func measureSplice() throws {
    let (peer, socket) = try openWithData()
    func moved() throws -> Value {
      try answer(giving: {
        let count = try socket.value.spliceAway(upTo: 250)
        return count == 0 ? "end of stream" : .bytes(count)
      })
    }
    measure(
      .splice, .steps([try moved(), try moved(), try moved()]), "splice() of 250 bytes, three times",
      proof: [log.lastLook(at: opener)])
    let start = log.nextPlace
    try peer.forge(peer.segment(at: 300, flags: [.fin, .ack]))
    measure(.spliceAtEnd, try moved(), "splice() after the FIN", proof: [start])
  }

  private func measureReads(
    _ figure: Figure, _ source: String, _ body: (Box<Socket>) throws -> [Value]
  ) throws {
    let (_, socket) = try openWithData()
    measure(figure, .steps(try body(socket)), source, proof: [log.lastLook(at: opener)])
  }

  private func openWithData() throws -> (MadeUpPeer, Box<Socket>) {
    let peer = try openWithMadeUpPeer()
    for index in 0..<3 { try peer.send(100 * index..<100 * index + 100) }
    guard let socket = ends[opener].socket else { throw NotMeasurable(reason: "there is no socket") }
    return (peer, socket)
  }

  /// The places in the stream of what one call reads.
  private func part(_ socket: Box<Socket>, _ flags: ReceiveFlags) throws -> Value {
    try answer(giving: {
      guard let part = try socket.value.receive(upTo: 120, flags) else { return .errno("EAGAIN") }
      guard let first = part.first else { return "end of stream" }
      return Value(reading: "\(part.count) bytes from \(first) on")
    })
  }
}
