package import Documents
package import Linux
import SystemPackage
package import TCP
package import Traces

/// A socket that was brought into a situation, for a scenario to do with it what it likes.
package final class Subject {
  package let party: Party
  /// Nil once its program has closed it.
  package private(set) var socket: Box<Socket>?

  init(_ party: Party, _ socket: Box<Socket>) {
    self.party = party
    self.socket = socket
  }

  func release() { socket = nil }
}

/// Situations that a socket is brought into.
extension Connection {
  /// Makes a connection, or only a socket, and leaves it in this situation. Where that is of no more than a moment, the
  /// segments that would end it are lost on their way, and so are all that follow.
  ///
  /// A run in which the socket is not in the situation then is given up.
  package func bring(into situation: Situation) throws -> Subject {
    let subject = try make(situation)
    if let found = try difference(of: subject, from: situation) {
      // A timer may have changed the state while the machine held the run up.
      if waiting.wasHeldUp {
        try waiting.disturbed(because: .heldUp(StallWatch.limit))
      } else {
        throw CannotRun(reason: .other("the socket is \(found), expected \(situation.rawValue)"))
      }
    }
    return subject
  }

  /// The state of a subject, or the lack in its queue, that is not that of the situation; nil where it is in it.
  private func difference(of subject: Subject, from situation: Situation) throws -> String? {
    let state = try state(of: subject)
    guard state == situation.state else { return "\(state.rawValue)" }
    switch situation {
    case .waited:
      let info = try subject.socket.flatMap { try readInfo(ofDescriptor: $0.value.rawValue) }
      // Of a listener the field has the connections that wait for accept().
      return info?[.unacked] == 0 ? "\(state.rawValue) without a connection" : nil
    case .unread, .unreadCloseWait:
      return try record(of: subject.party)?.receiveQueue == 0 ? "\(state.rawValue) without data" : nil
    default: return nil
    }
  }

  private func make(_ situation: Situation) throws -> Subject {
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
      path.loseEverything()
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
      path.loseEverything()
      try end(own)
    case .finWait2: try end(own)
    case .closing:
      path.rules.insert({ _, party in party == own ? .drop : nil }, at: 0)
      try call(.shutdown(.write), by: own)
      try end(other)
      path.loseEverything()
    case .timeWait:
      try end(own)
      try end(other)
    case .closeWait: try end(other)
    case .unreadCloseWait:
      try write(by: other)
      try end(other)
    case .lastAck:
      try end(other)
      path.loseEverything()
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

  /// Both connect, and the SYN of the other party alone arrives.
  private func crossSYNs() throws {
    let own = opener
    var isOver = false
    path.rules.insert({ _, party in party == own || isOver ? .drop : nil }, at: 0)
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

  /// Writes until the kernel takes no more, though everything has left that may: the window is closed, which the timer of
  /// its probes tells.
  private func fill(_ party: Party) throws {
    var timer: KernelTimer?
    var isFull = false
    for _ in 0..<100 {
      guard case .failed = try call(.send(1000), by: party) else { continue }
      try settle()
      guard case .failed = try call(.send(1000), by: party) else { continue }
      isFull = true
      timer = try record(of: party)?.timer
      if timer?.kind == .zeroWindowProbe { return }
    }
    let found =
      isFull
      ? "the send buffer is full, and its timer is \(timer?.kind.rawValue ?? "none"), expected "
        + KernelTimer.Kind.zeroWindowProbe.rawValue
      : "the send buffer takes more than 100,000 bytes"
    throw CannotRun(reason: .other(found))
  }
}

/// Calls and questions that a subject is for.
extension Connection {
  /// close() by the subject's program, whatever is unread; of a listener, too.
  package func close(_ subject: Subject, linger: Linger = .off) throws {
    let end = ends[subject.party]
    let isListener = end.socket == nil
    try perform(.close, by: subject.party) { () throws(Errno) in
      try subject.socket?.value.set(.linger, to: linger)
      if isListener { end.listener = nil } else { end.socket = nil }
      end.wasClosed = true
      subject.release()
      return .returned(value: 0)
    }
  }

  /// The state of the subject as its own descriptor has it, or where that is gone or has none, as the tables do.
  package func state(of subject: Subject) throws -> State {
    if let socket = subject.socket {
      let state = try benchStep("ask for TCP_INFO") {
        try readInfo(ofDescriptor: socket.value.rawValue).state
      }
      if let state, state != .closed { return state }
    }
    return try record(of: subject.party)?.state ?? .closed
  }

  /// The party's end of the connection is gone without a word, as with a machine that lost its power.
  package func vanish(_ party: Party) throws {
    let end = ends[party]
    try acceptIfWaiting(party)
    // A machine that stood still may have left nothing to accept, or a socket that is not gone.
    if end.socket == nil { try waiting.disturbed(because: .heldUp(StallWatch.limit)) }
    try benchStep("let \(names[party]) vanish") { try end.socket?.value.fallSilent() }
    end.socket = nil
    end.wasClosed = true
    if let left = try record(of: party), left.state != .closed {
      try waiting.disturbed(because: .heldUp(StallWatch.limit))
    }
  }
}
