import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension Scenario {
  /// The end that connects writes at once.
  package static let fastOpen = Scenario(
    "fast open",
    Declaration(
      [
        .firstData,
        .option,
        .withoutCookie,
      ],
      under: [[], [.option("TCP Fast Open")]],
      given: [
        .init("tcp_fastopen", "3", in: .conditional), .init("TCP_FASTOPEN", "8", in: .conditional),
        .init("TCP_FASTOPEN_CONNECT", "1"),
      ], needs: [.segments])
  ) { try $0.runFastOpen(under: $1) }
}

extension Figure {
  fileprivate static let firstData = Figure(
    "where the first data travels", .packets, settings: ["tcp_fastopen", "tcp_syncookies"])
  fileprivate static let option = Figure(
    "setsockopt(TCP_FASTOPEN_CONNECT)", .programs, in: .byDefault, settings: ["tcp_fastopen"])
  fileprivate static let withoutCookie = Figure(
    "SYN of connect() with TCP_FASTOPEN_CONNECT and no cookie", .packets, in: .conditional)
}

extension Connection {
  /// The end that connects writes at once, and where that fails after the handshake.
  ///
  /// With TCP Fast Open (RFC 7413) a connection before has brought it the cookie that lets its SYN carry data.
  fileprivate func runFastOpen(under conditions: [Condition]) throws {
    let figure = Figure.firstData
    guard conditions.contains(.option("TCP Fast Open")) else {
      try measureOption()
      return try runFirstWrite(figure)
    }
    let setting = "net.ipv4.tcp_fastopen"
    // For those who connect (1) and those who listen (2).
    try withSettings([(setting, "3")]) {
      if let reason = try fastOpenObstacle() { throw NotMeasurable(reason: reason) }
      beforeListen.append { socket in try socket.set(.fastOpen, to: 8) }
      beforeConnect.append { socket in try socket.set(.fastOpenConnect, to: true) }
      try measureWithoutCookie(setting)
      try fetchCookie()
      try runFirstWrite(figure)
    }
  }

  /// Measures the option that asks for it, under the setting as it is.
  private func measureOption() throws {
    let answer = try bench.enter(opener) {
      let socket = try Socket.tcp(bench.family)
      do throws(Errno) {
        try socket.set(.fastOpenConnect, to: true)
        return Value.succeeds
      } catch {
        return .errno(error.name)
      }
    }
    measure(.option, answer, "what setsockopt() returned", proof: [])
  }

  /// The reason why the kernel takes no such option; nil where it does.
  private func fastOpenObstacle() throws -> Reason? {
    try bench.enter(opener) {
      let socket = try Socket.tcp(bench.family)
      do throws(Errno) {
        try socket.set(.fastOpen, to: 8)
        try socket.set(.fastOpenConnect, to: true)
        return nil
      } catch {
        return .needs("TCP Fast Open, which this kernel refuses: \(error.name) (\(error))")
      }
    }
  }

  /// Connects hosts that have never met: there is no cookie yet.
  private func measureWithoutCookie(_ setting: String) throws {
    guard bench.holdsPackets else {
      return cannotMeasure(.withoutCookie, because: Declaration.Need.wire.reason)
    }
    let isUndisturbed = try sibling(onNewHosts: true, events: .forgotten) { fresh in
      try fresh.withSettings([(setting, "3")]) {
        try fresh.listen()
        try fresh.call(.connect, by: opener)
        let place = try fresh.expect(opener, SegmentPattern(flags: .syn))
        let cookies = fresh.log.segment(at: place)?.options.compactMap { option in
          if case .fastOpen(let cookie) = option { cookie } else { nil }
        }
        let value: Value =
          switch cookies?.first {
          case _ where place == nil: "does not leave before something is written"
          case nil: "leaves, without the option"
          case let cookie?: cookie.isEmpty ? "leaves, and asks for a cookie" : "leaves, with a cookie"
          }
        measure(.withoutCookie, value, "the SYN, after connect()", proof: [])
      }
    }
    if !isUndisturbed { try waiting.disturbed(because: .heldUp(StallWatch.limit)) }
  }

  /// A connection before this one, whose SYN asks for the cookie.
  private func fetchCookie() throws {
    let isUndisturbed = try sibling(events: .forgotten) { earlier in
      try earlier.listen()
      try earlier.call(.connect, by: opener)
      // Where the cookie is there already, connect() waits for something to send.
      try earlier.call(.send(1), by: opener)
      try earlier.expect(opener, SegmentPattern(flags: .syn))
      try earlier.expect(opener.other, SegmentPattern(flags: [.syn, .ack]))
      try earlier.expect(opener, SegmentPattern(flags: .ack))
      try earlier.settle()
    }
    // Without the cookie the first write would say nothing of the kernel.
    if !isUndisturbed { try waiting.disturbed(because: .heldUp(StallWatch.limit)) }
  }

  private func runFirstWrite(_ figure: Figure) throws {
    try listen()
    log.record(.rung(index: 0))
    try call(.connect, by: opener)
    let early = try call(.send(100), by: opener)
    try expect(opener, SegmentPattern(flags: .syn))
    try expect(opener.other, SegmentPattern(flags: [.syn, .ack]))
    // On a wire the last ACK has not moved yet: what can be read now did not need it.
    if bench.holdsPackets, try call(.accept, by: opener.other) == .returned(value: 0) {
      try call(.receive(nil), by: opener.other)
    }
    try expect(opener, SegmentPattern(flags: .ack))
    if early != .returned(value: 100) { try call(.send(100), by: opener) }
    try settle()
    try call(.receive(nil), by: opener.other)
    measureFirstData(figure)
  }

  /// Told by the segments alone: the first that carries data, and what was sent and acknowledged before it.
  private func measureFirstData(_ figure: Figure) {
    let segments = log.events.enumerated().compactMap { place, event in
      event.segment.map { (place: place, party: event.party, segment: $0) }
    }
    guard let index = segments.firstIndex(where: { $0.party == opener && $0.segment.length > 0 }) else {
      return cannotMeasure(figure, because: "no data was seen to leave")
    }
    let data = segments[index]
    guard data.segment.flags.contains(.syn) else {
      let third = segments[..<index].last { $0.party == opener && $0.segment.isPureAck }
      return measure(
        figure, third == nil ? "in the third segment" : "after the handshake",
        "the first segment that carries data, and the ACK before it", proof: [third?.place, data.place])
    }
    let answer = segments[index...].first {
      $0.party == opener.other && $0.segment.flags.isSuperset(of: [.syn, .ack])
    }
    let isTaken = answer?.segment.acknowledged == data.segment.end
    measure(
      figure, isTaken ? "in the SYN" : "in the SYN, which is answered without it",
      "the first segment that carries data, and what the SYN+ACK acknowledges",
      proof: [data.place, answer?.place])
  }
}
