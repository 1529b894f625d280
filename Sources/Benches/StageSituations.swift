import Documents
import Linux
import SystemPackage
import TCP
package import Traces

extension Stage {
  /// Makes a connection, or only a socket, and leaves it in this situation. Where that is of no more than a moment, the
  /// segments that would end it are lost on their way, and so are all that follow.
  package func bring(into situation: Situation) throws -> Subject {
    switch situation {
    case .unconnected:
      ends[opener].socket = try benchStep("make a socket for \(names[opener])") {
        try bench.enter(opener) { Box(try Socket.tcp(bench.family)) }
      }
    case .bound: try reserve(opener)
    case .listening:
      try listen()
      try look()
      return try subject(opener.other)
    case .waited:
      try listen()
      try shakeHands()
      try settle()
      try look()
      return try subject(opener.other)
    case .synSent:
      try listen()
      loseEverything()
      try call(.connect, by: opener)
      try expect(opener, SegmentPattern(flags: .syn))
    case .synReceived: try crossSYNs()
    case .refused:
      try reserve(opener.other)
      try call(.connect, by: opener)
      try expect(opener, SegmentPattern(flags: .syn))
      try expect(opener.other, SegmentPattern(flags: .rst))
    default:
      if situation == .full { makeBuffersSmall() }
      try open()
      try settle()
      try use(for: situation)
    }
    try look()
    return try subject(opener)
  }

  /// The connection is ESTABLISHED: what is it to become?
  private func use(for situation: Situation) throws {
    let (own, other) = (opener, opener.other)
    switch situation {
    case .unread: try write(by: other)
    case .full: try fill(own)
    case .finWait1:
      loseEverything()
      try end(own)
    case .finWait2: try end(own)
    case .closing:
      rules.insert({ _, party in party == own ? .drop : nil }, at: 0)
      try call(.shutdown(.write), by: own)
      try end(other)
      loseEverything()
    case .timeWait:
      try end(own)
      try end(other)
    case .closeWait: try end(other)
    case .unreadCloseWait:
      try write(by: other)
      try end(other)
    case .lastAck:
      try end(other)
      loseEverything()
      try end(own)
    case .ended:
      try end(other)
      try end(own)
    case .reset, .unreadReset:
      if situation == .unreadReset { try write(by: other) }
      try closeUnread(other, linger: .seconds(0))
      try expect(other, SegmentPattern(flags: .rst))
      try settle()
    default: break
    }
  }

  private func subject(_ party: Party) throws(BenchError) -> Subject {
    guard let socket = ends[party].socket ?? ends[party].listener else {
      throw BenchError(step: "bring a socket into a situation", reason: "\(names[party]) has none")
    }
    return Subject(party, socket)
  }

  /// From here on no segment arrives.
  package func loseEverything() { rules.insert({ _, _ in .drop }, at: 0) }

  /// Both connect, and the SYN of the other party alone arrives.
  private func crossSYNs() throws {
    let own = opener
    var isOver = false
    rules.insert({ _, party in party == own || isOver ? .drop : nil }, at: 0)
    try call(.connect, by: own)
    try call(.connect, by: own.other)
    try expect(own, SegmentPattern(flags: .syn))
    try expect(own.other, SegmentPattern(flags: .syn))
    try expect(own, SegmentPattern(flags: [.syn, .ack]))
    isOver = true
  }

  private func end(_ party: Party) throws {
    try call(.shutdown(.write), by: party)
    try expect(party, SegmentPattern(flags: .fin))
    try settle()
  }

  private func write(by party: Party) throws {
    try call(.send(100), by: party)
    try expect(party, SegmentPattern(isData: true))
    try settle()
  }

  private func makeBuffersSmall() {
    beforeConnect.append { socket in try socket.set(.sendBuffer, to: 4096) }
    beforeListen.append { socket in try socket.set(.receiveBuffer, to: 4096) }
  }

  /// Writes until the kernel takes no more, though everything has left that may.
  private func fill(_ party: Party) throws {
    for _ in 0..<100 {
      let outcome = try call(.send(1000), by: party)
      guard case .failed = outcome else { continue }
      try settle()
      if case .failed = try call(.send(1000), by: party) { return }
    }
    throw BenchError(step: "fill a send buffer", reason: "it takes more than 100,000 octets")
  }
}
