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
      ], isDrawn: false, needs: [.wire])
  ) { connection, _ in try connection.runHalfOpen() }
}

extension Figure {
  fileprivate static let write = Figure("write to a peer that vanished", .programs)
  fileprivate static let readAfterWrite = Figure("recv() after a write to a peer that vanished", .programs)
  fileprivate static let syn = Figure("SYN of a peer that begins anew", .packets)
  fileprivate static let answerToAck = Figure("answer of a peer that begins anew to an ACK", .packets)
  fileprivate static let read = Figure("recv() where the peer began anew", .programs)
  fileprivate static let connect = Figure("connect() of a peer that begins anew", .programs)
}

/// One end is gone without a word, the other does not know (RFC 9293 section 3.5.1).
extension Connection {
  fileprivate func runHalfOpen() throws {
    let names: [Figure] = [
      .write, .readAfterWrite,
      .syn, .answerToAck,
      .read,
      .connect,
    ]
    let repair = try answer {
      try bench.enter(opener) { try Socket.tcp(bench.family).fallSilent() }
    }
    guard repair == .succeeds else {
      for name in names { cannotMeasure(name, because: .needs("TCP_REPAIR: \(repair)")) }
      return
    }
    waitPatiently()
    try sibling { try $0.writeToNobody(names[0], names[1]) }
    try sibling { try $0.beginAnew(Array(names[2...])) }
  }

  private func writeToNobody(_ write: Figure, _ read: Figure) throws {
    let gone = opener.other
    try open()
    try settle()
    try vanish(gone)
    stopListening(gone)
    let place = log.nextPlace
    let written = told(try call(.send(100), by: opener))
    try expect(opener, SegmentPattern(isData: true))
    try settle()
    try look()
    measure(
      write, .list([written, departures(of: gone, since: place)]), "send(), and the answer to the data",
      proof: [place, lastReset(of: gone)])
    let first = try self.read(by: opener).ending
    measure(
      read, .steps([first, try self.read(by: opener).ending]), "what recv() returned, twice in a row",
      proof: [lastPlace])
  }

  /// The end that connected comes back with nothing in mind, and takes the same port.
  private func beginAnew(_ names: [Figure]) throws {
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
    _ = try connectAgain(opener, bindsPort: true)
    let syn = try expect(opener, SegmentPattern(flags: .syn))
    let answer = log.nextPlace
    try settle()
    measure(names[0], departures(of: old, since: place), "the answer to it", proof: [syn])
    measure(names[1], departures(of: opener, since: answer), "the segment that left it", proof: [answer])
    measure(names[2], try read(by: old).ending, "what recv() returned", proof: [lastPlace])
    // The old end's program gives it up, and the new connection is told from it.
    try call(.close, by: old)
    try awaitResend(of: opener)
    path.rules.removeAll()
    try path.release()
    try settle()
    try look()
    let state = try record(of: opener)?.state ?? .closed
    measure(
      names[3], state == .established ? "connects with its second SYN" : .words("is in \(state.rawValue)"),
      "sock_diag",
      proof: [lastLook(at: opener)])
  }
}
