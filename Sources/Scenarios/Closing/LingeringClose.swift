import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A program closes with SO_LINGER while its data is unacknowledged.
  package static let lingeringClose = Scenario(
    "lingering close",
    Declaration(
      [.untilAck, .length, .remains, .segments],
      under: [[.calls(.wait)], [.calls(.doNotWait)]], isDrawn: false, needs: [.wire],
      timed: .init("the thread that waits in close()"))
  ) { try $0.runLingeringClose(under: $1) }
}

extension Figure {
  fileprivate static let untilAck = Figure("close() with SO_LINGER at the ACK of its FIN", .programs)
  fileprivate static let length = Figure("time in close() with SO_LINGER 1 s without an ACK", .programs)
  fileprivate static let remains = Figure("state remaining after close() with SO_LINGER", .programs)
  fileprivate static let segments = Figure("segments of close() with SO_LINGER", .packets)
}

extension Connection {
  /// Data is unacknowledged at close(): the call waits, on a socket whose calls wait and on one whose calls do not.
  fileprivate func runLingeringClose(under conditions: [Condition]) throws {
    let blocks = conditions.contains(.calls(.wait))
    log.record(.rung(index: 0))
    try measureApart([.untilAck, .segments]) { try $0.measureUntilAck(blocks: blocks) }
    try measureApart([.length, .remains], heedsTimers: false) { try $0.measureLength(blocks: blocks) }
  }

  /// Gives the run up where the process may have been stopped and continued: close() then returns too early.
  private func giveUp(at steps: StallWatch) throws {
    if steps.longest > .milliseconds(40) { try waiting.disturbed(because: .heldUp(steps.longest)) }
  }

  private func measureUntilAck(blocks: Bool) throws {
    let peer = try openWithMadeUpPeer()
    try call(.send(100), by: opener)
    try carryDeparted()
    let start = log.nextPlace
    var steps = StallWatch()
    let closing = try closeOnThread(opener, linger: .seconds(60), blocks: blocks)
    defer { closing.end() }
    guard try isAsleep(closing) else {
      steps.beat()
      try giveUp(at: steps)
      return measure(.untilAck, "does not wait", "close() in its thread", proof: [start])
    }
    try carryDeparted()
    let sent = peer.segments(since: start)
    measure(
      .segments, .inShort(sent.compactMap { log.segment(at: $0) }),
      "the segments that left while close() waited",
      proof: [start] + sent)
    let place = log.nextPlace
    try peer.acknowledge(100)
    let waitsOn = try isAsleep(closing)
    try peer.acknowledge(101)
    let isOver = try !isAsleep(closing)
    steps.beat()
    if !waitsOn { try giveUp(at: steps) }
    measure(
      .untilAck,
      waitsOn && isOver ? "waits for it" : waitsOn ? "waits on" : "waits for the ACK of the data only",
      "close() in its thread, after the ACK of the data and after that of the FIN", proof: [start, place])
  }

  private func measureLength(blocks: Bool) throws {
    _ = try openWithMadeUpPeer()
    try call(.send(100), by: opener)
    try carryDeparted()
    let start = log.nextPlace
    let closing = try closeOnThread(opener, linger: .seconds(1), blocks: blocks)
    defer { closing.end() }
    var asleep: Int64 = 0
    var steps = StallWatch()
    let began = Clock.monotonic()
    while try isAsleep(closing), asleep < 5_000_000_000 {
      asleep = Clock.monotonic() - began
      try carry(for: .milliseconds(10))
      steps.beat()
    }
    steps.beat()
    if let length = closing.length, length < .seconds(1) { try giveUp(at: steps) }
    guard let length = closing.length else {
      return measure(.length, "more than 5 s", "close() in its thread", proof: [start])
    }
    let state = try record(of: opener)?.state ?? .closed
    guard length >= .milliseconds(500) else {
      measure(.length, "does not wait for long", "close() in its thread", proof: [start])
      return measure(.remains, .state(state), "sock_diag", proof: [start])
    }
    try measureTimer(
      .length, ran: length.inNanoseconds, atLeast: asleep, setTo: 1_000_000_000, "close() in its thread",
      proof: [start])
    measure(.remains, .state(state), "sock_diag", proof: [start])
  }
}
