import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A send buffer is full, and ACKs make room.
  package static let roomToWrite = Scenario(
    "room to write",
    Declaration(
      [.poll, .edges, .blocked, .unsent, .unsentEdges],
      settings: ["tcp_wmem", "tcp_notsent_lowat"],
      given: [
        .init("SO_SNDBUF", "16384"), .init("TCP_NODELAY", "1"),
        .init("TCP_CONGESTION", "cubic"), .init("TCP_NOTSENT_LOWAT", "3000"),
        .init("tcp_early_retrans", "0"),
      ], isDrawn: false, needs: [.wire], timed: .init("the thread that waits in send(), and HyStart"))
  ) { connection, _ in
    try connection.runRoomToWrite()
  }
}

extension Figure {
  fileprivate static let poll = Figure("poll() as ACKs free a full send buffer", .programs)
  fileprivate static let edges = Figure("edge-triggered events as ACKs free a full send buffer", .programs)
  fileprivate static let blocked = Figure("blocked send() as ACKs free a full send buffer", .programs)
  fileprivate static let unsent = Figure(
    "unsent data that is taken under TCP_NOTSENT_LOWAT", .programs)
  fileprivate static let unsentEdges = Figure(
    "edge-triggered events under TCP_NOTSENT_LOWAT", .programs, settings: ["tcp_rmem"])
}

extension Connection {
  /// Writes until the kernel takes no more, and acknowledges segment by segment: when is the writer told that there is room?
  fileprivate func runRoomToWrite() throws {
    try choose(congestionControl: "cubic")
    beforeConnect.append { socket in
      try socket.set(.sendBuffer, to: 16_384)
      try socket.set(.noDelay, to: true)
    }
    log.record(.rung(index: 0))
    // A loss probe would send what waits.
    try withSettings([("net.ipv4.tcp_early_retrans", "0")], at: [opener]) {
      try measureApart([.poll]) { try $0.measurePoll() }
      try measureApart([.edges]) { try $0.measureEdges() }
      try measureApart([.blocked]) { try $0.measureBlocked() }
      try measureApart([.unsent, .unsentEdges]) { try $0.measureUnsentLimit() }
    }
  }

  private func measurePoll() throws {
    let (peer, socket) = try fill()
    var wake: Wake?
    for count in 1...100 where wake == nil && !socket.value.isEmptied {
      wake = try acknowledge(count, by: peer, socket) { try socket.value.polled().contains(.output) }
    }
    measure(.poll, wake.map(\.value) ?? "never writable", Self.source, proof: wake?.proof ?? [])
  }

  private func measureEdges() throws {
    let (peer, socket) = try fill()
    let watch = try EdgeWatch(socket.value)
    let first = try watch.events()
    guard first.isEmpty else { throw NotMeasurable(reason: .other("the full socket reports \(first)")) }
    var wakes: [Wake] = []
    for count in 1...100 where !socket.value.isEmptied {
      let wake = try acknowledge(count, by: peer, socket) { try watch.events().contains(.output) }
      if let wake { wakes.append(wake) }
    }
    let noun = wakes.count == 1 ? "1 event" : "\(wakes.count) events"
    measure(
      .edges, wakes.isEmpty ? "none" : .list([.words(noun)] + wakes.map(\.value)), Self.source,
      proof: wakes.flatMap(\.proof))
  }

  private func measureBlocked() throws {
    let (peer, socket) = try fill()
    let call = try WaitingCall(.send, on: socket.value, remote: ends[opener].tuple.remote)
    defer { call.end() }
    guard try isAsleep(call) else { throw NotMeasurable(reason: "send() does not wait") }
    var wake: Wake?
    for count in 1...100 where wake == nil && !socket.value.isEmptied {
      wake = try acknowledge(count, by: peer, socket, writes: true) { try !isAsleep(call) }
    }
    guard let wake else { return measure(.blocked, "stays blocked", Self.source, proof: []) }
    let taken: Value =
      switch call.ending {
      case .returned(let count): .bytes(count)
      case .failed(let errno): .errno(errno.name)
      case nil: "is not over"
      }
    measure(.blocked, .list([wake.value, taken]), Self.source, proof: wake.proof)
  }

  /// The option leaves room in the buffer, and yet holds the writer back.
  private func measureUnsentLimit() throws {
    beforeConnect.append { socket in try socket.set(.unsentLimit, to: 3000) }
    let (peer, socket) = try fill()
    let unsent = try socket.value.unsentCount()
    measure(
      .unsent, .words("\(unsent) of 3000 bytes"), "SIOCOUTQNSD once send() gave EAGAIN",
      proof: [log.lastCall()])
    let watch = try EdgeWatch(socket.value)
    let first = try watch.events()
    guard first.isEmpty else { throw NotMeasurable(reason: .other("the full socket reports \(first)")) }
    var value: Value?
    var proof: [Int] = []
    for count in 1...100 where value == nil && !socket.value.isEmptied {
      proof = [log.nextPlace]
      try peer.acknowledge(Self.write * count)
      if try watch.events().contains(.output) {
        value = .list(["1 event", .words("when \(try socket.value.unsentCount()) bytes are unsent")])
      }
    }
    measure(.unsentEdges, value ?? "none", "epoll_wait() and SIOCOUTQNSD after each ACK", proof: proof)
  }

  /// The octets of each write, which is a segment.
  private static let write = 500
  private static let source = "SO_MEMINFO before and after the ACK of a segment"

  /// A moment at which the writer was told that there is room.
  private struct Wake {
    var value: Value
    var proof: [Int]
  }

  /// Acknowledges the next segment, and tells what was in use then, where the writer was told of room.
  ///
  /// - Parameter writes: whether the writer uses the room at once: then what is in use is less than it was by one segment of
  ///   all that are alike.
  private func acknowledge(
    _ count: Int, by peer: MadeUpPeer, _ socket: Box<Socket>, writes: Bool = false, isTold: () throws -> Bool
  ) throws -> Wake? {
    guard let before = try socket.value.sendMemory() else {
      throw NotMeasurable(reason: .notOnThisKernel("there is no SO_MEMINFO"))
    }
    let segments = max(1, try socket.value.unacknowledgedCount() / Self.write)
    let place = log.nextPlace
    try peer.acknowledge(Self.write * count)
    guard try isTold(), var after = try socket.value.sendMemory() else { return nil }
    if writes { after.used = before.used - before.used / segments }
    let limit = Double(after.limit)
    let parts: [(share: Double, text: String)] = [
      (1, "all"), (3 / 4, "3/4"), (2 / 3, "2/3"), (1 / 2, "half"), (1 / 3, "1/3"), (1 / 4, "1/4"),
    ]
    let part = parts.first {
      Double(after.used) <= limit * $0.share && limit * $0.share < Double(before.used)
    }
    let text = part.map(\.text) ?? "\(after.used) bytes"
    return Wake(value: .words("when \(text) of the buffer is in use"), proof: [place])
  }

  /// Opens a connection, and writes until the kernel takes no more. No write joins another, so that each takes up memory
  /// of its own.
  private func fill() throws -> (MadeUpPeer, Box<Socket>) {
    let peer = try openWithMadeUpPeer()
    for _ in 0..<100 {
      guard case .failed(let errno) = try send(Self.write, .endOfRecord, by: opener) else { continue }
      try carryDeparted()
      guard errno == "EAGAIN", let socket = ends[opener].socket else { break }
      return (peer, socket)
    }
    throw NotMeasurable(reason: "the send buffer takes more than 100 writes")
  }

  /// Waits until it can be told. A machine that does not let the thread run for so long has disturbed the run.
  func isAsleep(_ call: WaitingCall) throws -> Bool {
    let limit: Int64 = 5_000_000_000
    if let answer = call.isAsleep(until: Clock.monotonic() + limit) { return answer }
    try waiting.disturbed(because: .heldUp(.nanoseconds(limit)))
    return true
  }
}

extension Socket {
  /// True if nothing that was written is unacknowledged.
  fileprivate var isEmptied: Bool { (try? unacknowledgedCount()) == 0 }
}
