import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// One end does not read, and the other has more for it than it has room for.
  package static let zeroWindow = Scenario(
    "zero window",
    Declaration(
      [
        .receiver
      ], given: [.init("SO_RCVBUF", "8192"), .init("TCP_MAXSEG", "1000")], needs: [.segments],
      timed: .init("the delayed ACK, and the buffer's growth with each round trip"))
  ) { connection, _ in
    try connection.runZeroWindow()
  }
}

extension Figure {
  fileprivate static let receiver = Figure(
    "a receiver that does not read", .programs, settings: ["tcp_wmem"],
    known: Known(
      "Linux 6.18.15 takes back room that it had offered; 6.16.12, 6.18.44 and 7.2.13 do not.",
      .between("6.16.12", "6.18.15"), .between("6.18.15", "6.18.44")),
    formerWords: ["octets arrive": "bytes arrive"])
}

extension Connection {
  /// The end that connected has room for little and does not read; the other has more for it than that.
  ///
  /// What the sender does is read off the segments, by RFC 9293: it holds to the window (section 3.8.6), and probes
  /// one of 0 (3.8.6.1). The last of the room is smaller than a segment, and leaves only after a while (3.8.6.2.1).
  fileprivate func runZeroWindow() throws {
    let figure = Figure.receiver
    // Numbers and windows tell, and not when they came.
    waiting.isPatient = true
    let reader = opener
    let sender = opener.other
    beforeConnect.append { socket in
      // A buffer that a program has set does not grow by itself.
      try socket.set(.receiveBuffer, to: 8192)
      // The window is to be several segments wide on any path.
      try socket.set(.maximumSegment, to: 1000)
    }
    try open()
    log.record(.rung(index: 0))
    guard case .returned(let count) = try call(.send(30_000), by: sender) else {
      return cannotMeasure(figure, because: "nothing could be written")
    }
    try awaitClosing(by: reader)
    try awaitQuestions(to: reader)
    try read(count, at: reader)
    // On loopback all may have been read before its segments were looked at.
    try settle()
    measure(figure, of: watch(reader), sent: Array(payload(30_000).prefix(count)), to: reader)
  }

  /// Waits until a window of 0 is announced, or the sender, to which nothing comes, has nothing but probes to send.
  private func awaitClosing(by reader: Party) throws {
    func probes() -> Int {
      log.segments(of: reader.other) { $0.isPureAck }.count
    }
    while watch(reader).closed == nil, probes() < 3 {
      let place = try awaitSegment(of: reader, named: "a window of 0") { $0.announcesWindow }
      if place == nil { return }
    }
  }

  /// Waits until the sender has asked twice whether there is room again.
  private func awaitQuestions(to reader: Party) throws {
    while case let watch = watch(reader), watch.closed != nil, watch.questions < 2 {
      let place = try awaitSegment(of: reader.other, named: "a window probe") {
        watch.isProbe($0) || watch.isAgain($0)
      }
      if place == nil { return }
    }
  }

  /// Reads until all has come, or the sender only probes.
  private func read(_ count: Int, at reader: Party) throws {
    try call(.receive(nil), by: reader)
    // A probe may be on its way while the window opens.
    var probes = 0
    while ends[reader].received.count < count, probes < 3 {
      let place = try awaitSegment(of: reader.other, named: "data") { !$0.flags.contains(.syn) }
      guard let place, let segment = log.events[place].segment else { return }
      probes = segment.length > 1 ? 0 : probes + 1
      try settle()
      try call(.receive(nil), by: reader)
    }
  }

  private func measure(_ figure: Figure, of watch: WindowWatch, sent: [UInt8], to reader: Party) {
    let received = ends[reader].received
    let goesOn =
      switch (watch.resumed, received == sent) {
      case (nil, _): "does not go on"
      case (_, true): "goes on"
      case (_, false): "goes on but only \(received.count) of \(sent.count) bytes arrive or others"
      }
    let value: Value =
      watch.closed == nil
      ? "no window of 0 is announced"
      : .list([
        .words("the sender \(watch.excess == 0 ? "stops" : "does not stop")"), .words(asking(watch)),
        .words("and \(goesOn)"),
      ])
    measure(
      figure, value, "the windows of the segments, and the bytes that were read",
      proof: [watch.closed ?? watch.last, watch.probe ?? watch.again, watch.opened, watch.resumed])
  }

  /// The way in which the sender learns that there is room again. Where the reader shrinks its window below what is
  /// under way, the sender has no need of probes (RFC 9293 section 3.8.6 says what it should do).
  private func asking(_ watch: WindowWatch) -> String {
    if watch.probe != nil { return "probes" }
    return watch.again == nil ? "does not probe" : "sends again what the window had room for"
  }

  /// The windows that this party has offered in its segments so far.
  private func watch(_ reader: Party) -> WindowWatch {
    var watch = WindowWatch()
    for (place, event) in log.events.enumerated() {
      guard let segment = event.segment, let party = event.party else { continue }
      if party == reader { watch.offer(segment, place) } else { watch.use(segment, place) }
    }
    return watch
  }
}
