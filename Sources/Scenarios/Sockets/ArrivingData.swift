import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// Segments arrive one by one, and a program waits for them.
  package static let arrivingData = Scenario(
    "arriving data",
    Declaration(
      [
        .edges, .edgesTogether, .edgesOfEnd, .pollBelow, .pollFull, .blockedBelow, .endBelow, .blockedAtFin,
        .blockedAtReset, .writerAtFin, .writerAtReset, .buffer,
      ], settings: ["tcp_rmem", "tcp_wmem"],
      given: [
        .init("SO_RCVLOWAT", "250"), .init("SO_RCVLOWAT", "300000"), .init("SO_RCVLOWAT", "4096"),
        .init("SO_RCVBUF", "4096"), .init("SO_SNDBUF", "4096"),
      ], isDrawn: false, needs: [.wire],
      timed: .init("the thread that waits in recv() or send()"))
  ) { connection, _ in
    try connection.runArrivingData()
  }
}

extension Figure {
  fileprivate static let edges = Figure(
    "edge-triggered events of three segments that nobody reads", .programs)
  fileprivate static let edgesTogether = Figure("edge-triggered events of three segments at once", .programs)
  fileprivate static let edgesOfEnd = Figure("edge-triggered event of a FIN", .programs)
  fileprivate static let pollBelow = Figure("poll() under SO_RCVLOWAT", .programs)
  fileprivate static let pollFull = Figure("poll() at a full window under a larger SO_RCVLOWAT", .programs)
  fileprivate static let blockedBelow = Figure("blocked recv() under SO_RCVLOWAT", .programs)
  fileprivate static let endBelow = Figure("blocked recv() under SO_RCVLOWAT at a FIN", .programs)
  fileprivate static let blockedAtFin = Figure("blocked recv() at a FIN", .programs)
  fileprivate static let blockedAtReset = Figure("blocked recv() at an RST", .programs)
  fileprivate static let writerAtFin = Figure("blocked send() at a FIN", .programs)
  fileprivate static let writerAtReset = Figure("blocked send() at an RST", .programs)
  fileprivate static let buffer = Figure("receive buffer under a large SO_RCVLOWAT", .programs)
}

extension Connection {
  /// Segments of 100 octets arrive, then a FIN or an RST; what a program is told by each way of waiting.
  fileprivate func runArrivingData() throws {
    log.record(.rung(index: 0))
    try measureApart([.edges, .edgesTogether, .edgesOfEnd]) { try $0.measureEdges() }
    try measureApart([.pollBelow]) { try $0.measurePollBelow() }
    try measureApart([.pollFull]) { try $0.measurePollFull() }
    try measureApart([.blockedBelow]) { try $0.measureBlocked(.blockedBelow, threshold: 250, after: .data) }
    try measureApart([.endBelow]) { try $0.measureBlocked(.endBelow, threshold: 250, after: .fin) }
    try measureApart([.blockedAtFin]) { try $0.measureBlocked(.blockedAtFin, at: .fin) }
    try measureApart([.blockedAtReset]) { try $0.measureBlocked(.blockedAtReset, at: .rst) }
    try measureApart([.writerAtFin]) { try $0.measureWriter(.writerAtFin, at: .fin) }
    try measureApart([.writerAtReset]) { try $0.measureWriter(.writerAtReset, at: .rst) }
    try measureApart([.buffer]) { try $0.measureBuffer() }
  }

  private func measureEdges() throws {
    let peer = try openWithMadeUpPeer()
    let socket = try ownSocket()
    let watch = try EdgeWatch(socket.value)
    let first = log.nextPlace
    // A socket that can be written is an event of its own.
    _ = try watch.events()
    var told: [Readiness] = []
    for index in 0..<3 {
      try peer.send(100 * index..<100 * index + 100)
      told.append(try watch.events())
    }
    told.append(try watch.events())
    measure(.edges, told.steps, "epoll_wait() after each segment, and once more", proof: [first])
    let second = log.nextPlace
    for index in 3..<6 { try peer.send(100 * index..<100 * index + 100) }
    told = [try watch.events(), try watch.events()]
    measure(.edgesTogether, told.steps, "epoll_wait() after the third segment, twice", proof: [second])
    let third = log.nextPlace
    try peer.forge(peer.segment(at: 600, flags: [.fin, .ack]))
    told = [try watch.events(), try watch.events()]
    measure(.edgesOfEnd, told.steps, "epoll_wait() after the FIN, twice", proof: [third])
  }

  private func measurePollBelow() throws {
    let peer = try openWithMadeUpPeer()
    let socket = try ownSocket()
    try setOption(of: opener) { socket in try socket.set(.receiveThreshold, to: 250) }
    let start = log.nextPlace
    var told: [Readiness] = []
    for index in 0..<3 {
      try peer.send(100 * index..<100 * index + 100)
      told.append(try socket.value.polled().intersection([.input, .readHangUp]))
    }
    measure(
      .pollBelow, told.steps, "POLLIN after each of three segments of 100 bytes, where 250 are waited for",
      proof: [start])
  }

  /// The program waits for more than the window takes: who is to read is told before nothing more can come.
  private func measurePollFull() throws {
    beforeConnect.append { socket in try socket.set(.receiveBuffer, to: 4096) }
    let peer = try openWithMadeUpPeer()
    let socket = try ownSocket()
    try setOption(of: opener) { socket in try socket.set(.receiveThreshold, to: 4096) }
    guard try socket.value.get(.receiveThreshold) == 4096 else {
      throw NotMeasurable(reason: "SO_RCVLOWAT is not what was set")
    }
    let start = log.nextPlace
    var arrived = 0
    var isTold = false
    while !isTold, arrived < 40_000 {
      try peer.send(arrived..<arrived + 1300)
      arrived += 1300
      isTold = try socket.value.polled().contains(.input)
    }
    measure(
      .pollFull, isTold ? .bytes(arrived) : "never", "POLLIN after each segment of 1300 bytes", proof: [start]
    )
  }

  /// The segment that is to wake a waiting call.
  private enum Waker { case data, fin, rst }

  private func forge(_ waker: Waker, by peer: MadeUpPeer, at offset: Int) throws {
    switch waker {
    case .data: try peer.send(offset..<offset + 100)
    case .fin: try peer.forge(peer.segment(at: offset, flags: [.fin, .ack]))
    case .rst: try peer.forge(peer.segment(at: offset, flags: [.rst, .ack]))
    }
  }

  /// - Parameter waker: comes after two segments of data.
  private func measureBlocked(_ figure: Figure, threshold: Int, after waker: Waker) throws {
    let peer = try openWithMadeUpPeer()
    let socket = try ownSocket()
    try setOption(of: opener) { socket in try socket.set(.receiveThreshold, to: threshold) }
    let start = log.nextPlace
    let call = try WaitingCall(.receive, on: socket.value, remote: ends[opener].tuple.remote)
    defer { call.end() }
    var told: [Value] = []
    for index in 0..<3 where try isAsleep(call) {
      try forge(index < 2 ? .data : waker, by: peer, at: 100 * index)
      told.append(try outcome(of: call))
    }
    measure(figure, told.count == 1 ? told[0] : .steps(told), Self.source, proof: [start])
  }

  private func measureBlocked(_ figure: Figure, at waker: Waker) throws {
    let peer = try openWithMadeUpPeer()
    let socket = try ownSocket()
    let start = log.nextPlace
    let call = try WaitingCall(.receive, on: socket.value, remote: ends[opener].tuple.remote)
    defer { call.end() }
    guard try isAsleep(call) else { throw NotMeasurable(reason: "recv() does not wait") }
    try forge(waker, by: peer, at: 0)
    measure(figure, try outcome(of: call), Self.source, proof: [start])
  }

  private func measureWriter(_ figure: Figure, at waker: Waker) throws {
    beforeConnect.append { socket in try socket.set(.sendBuffer, to: 4096) }
    let peer = try openWithMadeUpPeer()
    let socket = try ownSocket()
    // Nothing leaves, for what is sent again would take up less memory.
    try peer.acknowledge(0, window: 0)
    for _ in 0..<100 {
      if case .failed = try call(.send(1000), by: opener) { break }
    }
    try carryDeparted()
    let start = log.nextPlace
    let call = try WaitingCall(.send, on: socket.value, remote: ends[opener].tuple.remote)
    defer { call.end() }
    guard try isAsleep(call) else { throw NotMeasurable(reason: "send() does not wait") }
    try forge(waker, by: peer, at: 0)
    measure(figure, try outcome(of: call), Self.source, proof: [start])
  }

  private func measureBuffer() throws {
    _ = try openWithMadeUpPeer()
    let socket = try ownSocket()
    let before = try socket.value.get(.receiveBuffer)
    // The kernel changes other options with it, which is what is measured.
    try socket.value.set(.receiveThreshold, to: 300_000)
    circumstances?(Condition("SO_RCVLOWAT", "300000"))
    let after = try socket.value.get(.receiveBuffer)
    measure(
      .buffer, after > before ? .words("grows to \(after) bytes") : "does not grow",
      "SO_RCVBUF after SO_RCVLOWAT was set to 300000", proof: [log.lastLook(at: opener)])
  }

  private static let source = "what the call did in its thread, which had been seen asleep in the kernel"

  private func outcome(of call: WaitingCall) throws -> Value {
    if try isAsleep(call) { return "stays blocked" }
    return switch call.ending {
    case .returned(0): "end of stream"
    case .returned(let count): .bytes(count)
    case .failed(let errno): .errno(errno.name)
    case nil: "is not over"
    }
  }

  private func ownSocket() throws -> Box<Socket> {
    guard let socket = ends[opener].socket else { throw NotMeasurable(reason: "there is no socket") }
    return socket
  }
}

extension [Readiness] {
  /// One after the other.
  fileprivate var steps: Value { .steps(map { .words("\($0)") }) }
}
