import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Handshakes go on segment by segment, and programs wait in connect() and accept().
  package static let arrivingConnections = Scenario(
    "arriving connections",
    Declaration(
      [.connect, .refused, .accept, .connectEdges, .refusedEdges, .listenerEdges],
      settings: ["tcp_syncookies"], isDrawn: false, needs: [.wire],
      timed: .init("the thread that waits in connect() or accept()"))
  ) { connection, _ in
    try connection.runArrivingConnections()
  }
}

extension Figure {
  fileprivate static let connect = Figure("blocked connect() at a SYN+ACK", .programs)
  fileprivate static let refused = Figure("blocked connect() at an RST", .programs)
  fileprivate static let accept = Figure("blocked accept() at the SYN and at the last ACK", .programs)
  fileprivate static let connectEdges = Figure(
    "edge-triggered events of a socket that connects", .programs)
  fileprivate static let refusedEdges = Figure(
    "edge-triggered events of a socket that is refused", .programs)
  fileprivate static let listenerEdges = Figure(
    "edge-triggered events of a listener with two new connections", .programs)
}

extension Connection {
  fileprivate func runArrivingConnections() throws {
    log.record(.rung(index: 0))
    try measureApart([.connect]) { try $0.measureConnect(.connect, isRefused: false) }
    try measureApart([.refused]) { try $0.measureConnect(.refused, isRefused: true) }
    try measureApart([.accept]) { try $0.measureAccept() }
    try measureApart([.connectEdges]) { try $0.measureEdges(.connectEdges, isRefused: false) }
    try measureApart([.refusedEdges]) { try $0.measureEdges(.refusedEdges, isRefused: true) }
    try measureApart([.listenerEdges]) { try $0.measureListenerEdges() }
  }

  private static let source = "what the call did in its thread, which had been seen asleep in the kernel"

  /// Segments that answer are held until they are let go.
  private func prepare(isRefused: Bool) throws -> Box<Socket> {
    if isRefused { try reserve(opener.other) } else { try listen() }
    try reserve(opener)
    let client = opener
    path.rules.append { _, party in party == client ? nil : .hold }
    guard let socket = ends[opener].socket else { throw NotMeasurable(reason: "there is no socket") }
    return socket
  }

  /// Waits for the answer to the SYN, which is held.
  private func awaitAnswer() throws {
    try expect(opener, SegmentPattern(flags: .syn))
    try awaitSegment(of: opener.other, named: "an answer to the SYN") { _ in true }
  }

  private func measureConnect(_ figure: Figure, isRefused: Bool) throws {
    let socket = try prepare(isRefused: isRefused)
    let start = log.nextPlace
    let call = try WaitingCall(.connect, on: socket.value, remote: ends[opener].tuple.remote)
    defer { call.end() }
    guard try isAsleep(call) else { throw NotMeasurable(reason: "connect() does not wait") }
    try awaitAnswer()
    let waits = try isAsleep(call)
    try path.release()
    let value: Value =
      if try isAsleep(call) {
        "stays blocked"
      } else {
        switch call.ending {
        case .returned: "succeeds"
        case .failed(let errno): .errno(errno.name)
        case nil: "is not over"
        }
      }
    measure(figure, waits ? value : "returns before the answer", Self.source, proof: [start])
  }

  private func measureAccept() throws {
    try listen()
    guard let listener = ends[opener.other].listener else {
      throw NotMeasurable(reason: "there is no listener")
    }
    let client = opener
    path.rules.append { segment, party in party == client && segment.isPureAck ? .hold : nil }
    let start = log.nextPlace
    let call = try WaitingCall(.accept, on: listener.value, remote: ends[opener].tuple.remote)
    defer { call.end() }
    guard try isAsleep(call) else { throw NotMeasurable(reason: "accept() does not wait") }
    try self.call(.connect, by: opener)
    try expect(opener, SegmentPattern(flags: .syn))
    try expect(opener.other, SegmentPattern(flags: [.syn, .ack]))
    try expect(opener, SegmentPattern(flags: .ack))
    let atSyn: Value = try isAsleep(call) ? "stays blocked" : "is over"
    try path.release()
    let atAck: Value = try isAsleep(call) ? "stays blocked" : "gives a connection"
    measure(.accept, .steps([atSyn, atAck]), Self.source, proof: [start])
  }

  private func measureEdges(_ figure: Figure, isRefused: Bool) throws {
    let socket = try prepare(isRefused: isRefused)
    let watch = try EdgeWatch(socket.value)
    var told = [try watch.events()]
    let start = log.nextPlace
    _ = try? socket.value.connect(to: ends[opener].tuple.remote)
    try awaitAnswer()
    told.append(try watch.events())
    try path.release()
    told += [try watch.events(), try watch.events()]
    measure(
      figure, .steps(told.map { .words("\($0)") }),
      "epoll_wait() before connect(), after the SYN, after its answer, and once more", proof: [start])
  }

  private func measureListenerEdges() throws {
    try listen()
    guard let listener = ends[opener.other].listener else {
      throw NotMeasurable(reason: "there is no listener")
    }
    let watch = try EdgeWatch(listener.value)
    var told = [try watch.events()]
    let start = log.nextPlace
    var clients: [Connection] = []
    for _ in 0..<2 {
      let client = try sibling(toSameListener: true)
      try client.shakeHands()
      try client.carryDeparted()
      clients.append(client)
      told.append(try watch.events())
    }
    told.append(try watch.events())
    measure(
      .listenerEdges, .steps(told.map { .words("\($0)") }),
      "epoll_wait() before, after each handshake, and once more", proof: [start])
    withExtendedLifetime(clients) {}
  }
}
