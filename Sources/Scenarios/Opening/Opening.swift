import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// A connection is opened, and the end that accepted it writes first.
  package static let opening = Scenario(
    "opening",
    Declaration(
      [
        .syn,
        .stateBeforeLastAck,
        .stateAfterLastAck,
        .firstWrite,
        .thirdSegment,
        .flags,
      ], under: [[], [.quickAck(false)]])
  ) { try $0.runOpening(under: $1) }
}

extension Figure {
  fileprivate static let syn = Figure("when connect() sends its SYN", .packets, in: .byDefault)
  fileprivate static let stateBeforeLastAck = Figure(
    "state of the accepting end before the last ACK arrives", .operators, in: .byDefault,
    settings: ["tcp_syncookies"])
  fileprivate static let stateAfterLastAck = Figure(
    "state of the accepting end once the last ACK arrived", .programs, in: .byDefault)
  fileprivate static let firstWrite = Figure(
    "first data from the accepting end after the last ACK",
    formerly: ["first write of the accepting end after the last ACK"], .programs, in: .byDefault)
  fileprivate static let thirdSegment = Figure("data in the third segment", .packets)
  fileprivate static let flags = Figure(
    "flags of the handshake", .packets, in: .byDefault, settings: ["tcp_ecn"])
}

extension Connection {
  /// A connection is opened. The end that connects writes as soon as it can, the end that accepted writes first
  /// thing after the last ACK of the handshake.
  fileprivate func runOpening(under conditions: [Condition]) throws {
    let isDefault = conditions.isEmpty
    if conditions.contains(.quickAck(false)) {
      beforeConnect.append { socket in try socket.set(.quickAck, to: false) }
    }
    try listen()
    // In real time SYN_RECV lasts microseconds. It stands still while the SYN+ACK is lost.
    let stopsTime = isDefault && !bench.holdsPackets && seesSegments
    if stopsTime { try path.lose(.right, like: SegmentPattern(flags: [.syn, .ack])) }
    try call(.connect, by: .left)
    let connected = log.lastCall(.connect)
    let syn = try expect(.left, SegmentPattern(flags: .syn))
    var answer = try expect(.right, SegmentPattern(flags: [.syn, .ack]))
    if stopsTime {
      try look()
      measureHalfOpen(since: answer)
      try awaitResend(of: .right)
      answer = try expect(.right, SegmentPattern(flags: [.syn, .ack]))
    }
    try call(.send(100), by: .left)
    let third = try expect(.left, SegmentPattern(flags: .ack))
    measureThird(third)
    try settle()
    guard isDefault else { return }

    // Nothing but connect() had been called when it was waited for.
    let figure = Figure.syn
    if !seesSegments {
      cannotMeasure(figure, because: .needs("segments to be seen"))
    } else {
      measure(
        figure, syn == nil ? "not before a write" : "before accept()",
        "whether the SYN left before any other call was made", proof: [connected, syn])
    }
    if !stopsTime { measureHalfOpen(since: answer) }
    measureFlags([syn, answer, third])
    try measureFirstWrite(after: third)
  }

  private func measureThird(_ place: Int?) {
    let figure = Figure.thirdSegment
    guard let place, let segment = log.events[place].segment else {
      return cannotMeasure(
        figure, because: seesSegments ? "no third segment came" : Reason.needs("segments to be seen"))
    }
    measure(figure, .bytes(segment.length), "the segment that answers the SYN+ACK", proof: [place])
  }

  /// The state of the accepting end between its SYN+ACK and the ACK of it.
  private func measureHalfOpen(since answer: Int?) {
    let figure = Figure.stateBeforeLastAck
    let events = log.events
    let looks = events.indices.filter { place in
      guard let answer, place > answer, events[place].party == .right, case .sighting = events[place].what
      else {
        return false
      }
      return true
    }
    // Up to where the ACK arrives, or, in real time, where the lost SYN+ACK is sent again: the first look is within.
    guard let look = looks.first, case .sighting(let record) = events[look].what else {
      return cannotMeasure(
        figure, because: .needs("the wire, where a look comes between the SYN+ACK and its ACK: --on wire"))
    }
    measure(
      figure, .state(record?.state ?? .closed), "\(events[look].observer?.rawValue ?? "")", proof: [look])
  }

  private func measureFlags(_ places: [Int?]) {
    let figure = Figure.flags
    let segments = places.compactMap { log.segment(at: $0) }
    guard segments.count == 3 else {
      return cannotMeasure(figure, because: "not all three segments were seen")
    }
    let flags = segments.reduce(Flags()) { $0.union($1.flags) }
    let named = Flags.named.map(\.flag).filter(flags.contains)
    measure(figure, .all(named.map(Value.segment)), "the three segments", proof: places)
  }

  /// The accepting end is asked after the last ACK, and writes.
  private func measureFirstWrite(after third: Int?) throws {
    let record = try record(of: .right)
    let look = log.lastLook(at: .right)
    measure(
      .stateAfterLastAck, .state(record?.state ?? .closed),
      "sock_diag, after the third segment arrived", proof: [third, look])
    let before = ends.left.received.count
    let outcome = try call(.send(100), by: .right)
    let data = try expect(.right, SegmentPattern(isData: true))
    try settle()
    try call(.receive(nil), by: .left)
    let arrived = ends.left.received.count - before
    measure(
      .firstWrite,
      outcome == .returned(value: 100) && arrived == 100
        ? "arrives" : .words("\(arrived) of 100 bytes arrive"),
      "what the other end's application read", proof: [data])
  }
}
