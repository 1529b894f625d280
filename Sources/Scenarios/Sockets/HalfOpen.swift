import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// One end is gone without a word.
  package static let halfOpen = Scenario(
    "half-open",
    Declaration(
      [
        .write,
        .readAfterWrite,
        .syn,
        .answerToAck,
        .read,
        .connect,
      ], isDrawn: false, needs: [.wire],
      timed: .init("the retransmission timer"))
  ) { connection, _ in try connection.runHalfOpen() }
}

extension Figure {
  fileprivate static let write = Figure("write to a peer that vanished", .programs)
  fileprivate static let readAfterWrite = Figure("recv() after a write to a peer that vanished", .programs)
  fileprivate static let syn = Figure(
    "answer to the SYN of a restarted host",
    formerly: ["answer to the SYN of a restarted peer", "SYN of a peer that begins anew"], .packets)
  fileprivate static let answerToAck = Figure(
    "answer of a restarted host to an ACK",
    formerly: ["answer of a restarted peer to an ACK", "answer of a peer that begins anew to an ACK"],
    .packets)
  fileprivate static let read = Figure(
    "recv() after the peer's host has restarted",
    formerly: ["recv() after the peer has restarted", "recv() where the peer began anew"], .programs)
  fileprivate static let connect = Figure(
    "connect() from a restarted host",
    formerly: ["connect() of a restarted peer", "connect() of a peer that begins anew"], .programs)
}

/// One end is gone without a word, the other does not know (RFC 9293 section 3.5.1).
extension Connection {
  fileprivate func runHalfOpen() throws {
    try needRepair()
    waiting.isPatient = true
    try sibling { try $0.writeToNobody() }
    try sibling { try $0.restart() }
  }

  private func writeToNobody() throws {
    let gone = opener.other
    try open()
    try settle()
    try vanish(gone)
    try stopListening(gone)
    let place = log.nextPlace
    let written = told(try call(.send(100), by: opener))
    try expect(opener, SegmentPattern(isData: true))
    try settle()
    try look()
    measure(
      .write, .list([written, departures(of: gone, since: place)]), "send(), and the answer to the data",
      proof: [place, log.lastReset(of: gone)])
    let first = try self.read(by: opener).ending
    measure(
      .readAfterWrite, .steps([first, try self.read(by: opener).ending]),
      "what recv() returned, twice in a row",
      proof: [log.lastCall()])
  }

  /// The end that connected restarts without a connection, and connects from the same port.
  private func restart() throws {
    let old = opener.other
    try open()
    try settle()
    try vanish(opener)
    // The SYN is sent again within milliseconds, and is not to arrive before all is told.
    var isFirst = true
    path.rules.append { [opener] segment, party in
      guard party == opener, segment.flags.contains(.syn) else { return nil }
      defer { isFirst = false }
      return isFirst ? nil : .hold
    }
    let place = log.nextPlace
    if case .failed(let errno) = try connectAgain(opener, bindsPort: true) {
      throw NotMeasurable(reason: .other("connect() gives \(errno)"))
    }
    let syn = try expect(opener, SegmentPattern(flags: .syn))
    let answer = log.nextPlace
    try settle()
    measure(.syn, departures(of: old, since: place), "the answer to it", proof: [syn])
    measure(.answerToAck, departures(of: opener, since: answer), "the segment that left it", proof: [answer])
    measure(.read, try read(by: old).ending, "what recv() returned", proof: [log.lastCall()])
    // The old end's program gives it up, and the new connection is told from it.
    try call(.close, by: old)
    try awaitResend(of: opener)
    path.rules.removeAll()
    try path.release()
    try settle()
    try look()
    let state = try record(of: opener)?.state ?? .closed
    measure(
      .connect, state == .established ? "connects with its second SYN" : .words("is in \(state.rawValue)"),
      "sock_diag",
      proof: [log.lastLook(at: opener)])
  }
}
