import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// One end closes, the other never does.
  package static let closeWait = Scenario(
    "close-wait",
    Declaration(
      [
        .state,
        .timer,
        .holder,
        .finWaitTimer,
        .finWaitLife,
        .finWaitAfterTimeout,
        .stateAfterTimeout,
        .lateWrite,
        .lateData,
        .readAfterLateWrite,
        .writeAfterLateWrite,
        .afterClose,
      ],
      under: [.close, .shutdown(.write)].map { [.closesBy($0), .setting("tcp_fin_timeout", "3")] }, wait: 3)
  ) { try $0.runCloseWait(under: $1) }
}

extension Figure {
  fileprivate static let state = Figure("state of the end that never closes", .operators)
  fileprivate static let timer = Figure("timer of a socket in CLOSE_WAIT", .operators)
  fileprivate static let holder = Figure("who holds the socket in CLOSE_WAIT", .operators)
  fileprivate static let finWaitTimer = Figure(
    "timer of FIN_WAIT_2", .operators, settings: ["tcp_max_tw_buckets"])
  fileprivate static let finWaitLife = Figure(
    "life of FIN_WAIT_2", .operators, in: .underAny([.closesBy(.close)]),
    settings: ["tcp_fin_timeout", "tcp_max_tw_buckets"])
  fileprivate static let finWaitAfterTimeout = Figure(
    "FIN_WAIT_2 after tcp_fin_timeout", .operators, settings: ["tcp_fin_timeout"])
  fileprivate static let stateAfterTimeout = Figure(
    "state of the end that never closes, after tcp_fin_timeout", .operators)
  fileprivate static let lateWrite = Figure(
    "first write in CLOSE_WAIT", formerly: ["late write in CLOSE_WAIT"], .programs)
  fileprivate static let lateData = Figure(
    "data of the first write in CLOSE_WAIT", formerly: ["data of a late write"], .programs,
    formerWords: Scenario.formerReset)
  fileprivate static let readAfterLateWrite = Figure(
    "read after the first write in CLOSE_WAIT", formerly: ["read after a late write"], .programs)
  fileprivate static let writeAfterLateWrite = Figure(
    "second write in CLOSE_WAIT", formerly: ["write after a late write"], .programs)
  fileprivate static let afterClose = Figure(
    "CLOSE_WAIT once its program calls close()", .operators,
    in: .underAny([.closesBy(.shutdown(.write))])
  )
}

extension Connection {
  /// One end closes, or says that it is done; the other never calls close().
  fileprivate func runCloseWait(under conditions: [Condition]) throws {
    let setting = conditions.first { $0.name == "tcp_fin_timeout" }
    guard let setting, let timeout = Int64(setting.value), bench.isPrivate else {
      return try runCloseWait(under: conditions, timeout: nil)
    }
    try withSettings([("net.ipv4.tcp_fin_timeout", setting.value)], at: [opener]) {
      try runCloseWait(under: conditions, timeout: timeout * 1_000_000_000)
    }
  }

  /// - Parameter timeout: tcp_fin_timeout in nanoseconds; nil where it is not ours to change.
  private func runCloseWait(under conditions: [Condition], timeout: Int64?) throws {
    let isOrphan = conditions.contains(.closesBy(.close))
    let first = opener
    let never = opener.other
    try open()
    try settle()
    log.record(.rung(index: 0))
    try call(isOrphan ? .close : .shutdown(.write), by: first)
    let closed = log.lastCall()
    let fin = try expect(first, SegmentPattern(flags: .fin))
    let answer = try expect(never, SegmentPattern(flags: .ack))
    try look()
    try measureCloseWait(never)
    try measureArmed(first)
    guard let timeout else {
      let reason = Reason.needs("a network namespace of its own, to set tcp_fin_timeout")
      let waiting: [Figure] = [
        .finWaitLife, .finWaitAfterTimeout,
        .stateAfterTimeout,
      ]
      for name in waiting { cannotMeasure(name, because: reason) }
      return try measureLateWrite(by: never, toOrphan: isOrphan)
    }
    // It lasts from the moment in which the ACK of its FIN arrived.
    let arrival = log.arrival(of: answer)
    guard let begin = arrival ?? answer ?? closed else {
      throw NotMeasurable(reason: "the FIN was not sent")
    }
    // Up to here a stall may have made the retransmission timeout longer, which FIN_WAIT_2 outlasts: then the run is
    // disturbed, and not waited for. From here on no timer but that of FIN_WAIT_2 matters.
    if log.isDisturbed() { return }
    waiting.isPatient = true
    // An eighth is the timer wheel's; half a second more is anybody's.
    let life = try awaitEnd(
      of: first, since: log.events[begin].time, limit: .nanoseconds(timeout + timeout / 8 + 500_000_000),
      precision: .nanoseconds(timeout / 30), named: "FIN_WAIT_2 to end")
    try look()
    try measureLife(life, isOrphan: isOrphan, timeout: timeout, proof: [fin, begin, log.lastLook(at: first)])
    try measureState(.stateAfterTimeout, never)
    try measureLateWrite(by: never, toOrphan: isOrphan)
  }

  /// Measures the cause of a CLOSE_WAIT that lasts: there is no timer, and there is a descriptor.
  private func measureCloseWait(_ party: Party) throws {
    try measureState(.state, party)
    let record = try record(of: party)
    let look = log.lastLook(at: party)
    measure(
      .timer, record?.timer.map { .words($0.kind.rawValue) } ?? "none", "sock_diag", proof: [look])
    let inode = record?.inode ?? 0
    let holders = try OwnDescriptors.holding(socket: inode)
    let process = "process \(OwnDescriptors.processID) (\(try OwnDescriptors.processName()))"
    measure(
      .holder, holders.isEmpty ? "nobody" : "a descriptor of this process",
      holders.isEmpty
        ? "no descriptor in /proc/self/fd is the inode that sock_diag gives, \(inode)"
        : "descriptor \(holders.map(String.init).joined(separator: ", ")) of \(process): socket:[\(inode)] in "
          + "/proc/self/fd and in sock_diag",
      proof: [look])
  }

  private func measureArmed(_ party: Party) throws {
    let record = try record(of: party)
    let timer = record?.timer
    measure(
      .finWaitTimer, timer == nil ? "none" : "armed",
      timer.map { "sock_diag: \($0.kind.rawValue), \(seconds(Int64($0.milliseconds) * 1_000_000)) left" }
        ?? "sock_diag", proof: [log.lastLook(at: party)])
  }

  private func measureLife(_ life: Duration?, isOrphan: Bool, timeout: Int64, proof: [Int?]) throws {
    let figure = Figure.finWaitAfterTimeout
    guard let life else {
      return measure(
        figure, "stays", "still in sock_diag after more than \(seconds(timeout + timeout / 8))", proof: proof)
    }
    measure(figure, "gone", "sock_diag finds no socket", proof: proof)
    try measureTimer(
      .finWaitLife, ran: life.inNanoseconds, setTo: timeout,
      "since the ACK of its FIN; tcp_fin_timeout is \(timeout / 1_000_000_000) s", proof: proof)
  }

  /// It writes as if nothing had happened, reads, and writes again; where somebody is left to be told, it closes.
  private func measureLateWrite(by party: Party, toOrphan isOrphan: Bool) throws {
    let first = try call(.send(100), by: party)
    let write = log.lastCall()
    let data = try expect(party, SegmentPattern(isData: true))
    try settle()
    let reset = log.firstReset(of: party.other, since: write ?? 0)
    if !isOrphan { try call(.receive(nil), by: party.other) }
    let arrived = ends[party.other].received.count
    let figure = Figure.lateData
    if reset == nil, arrived < 100, !seesSegments {
      cannotMeasure(
        figure, because: .needs("segments to be seen: the data did not arrive, and an RST would not show"))
    } else {
      measure(
        figure,
        reset != nil
          ? "is answered with RST" : arrived == 100 ? "arrives" : .words("\(arrived) of 100 bytes arrive"),
        "what the other end answered or read", proof: [data, reset])
    }
    measure(.lateWrite, told(first), "what send() returned", proof: [write])
    let reading = try read(by: party)
    measure(.readAfterLateWrite, reading.ending, "what recv() returned", proof: [log.lastCall()])
    let second = try call(.send(100), by: party)
    measure(.writeAfterLateWrite, told(second), "what send() returned", proof: [log.lastCall()])
    try settle()
    if !isOrphan { try measureClose(of: party) }
  }

  /// The cure: its program closes, and the connection ends as any other.
  private func measureClose(of party: Party) throws {
    try call(.close, by: party)
    let close = log.lastCall()
    let fin = try expect(party, SegmentPattern(flags: .fin))
    try settle()
    try look()
    measure(
      .afterClose,
      try record(of: party).map { .state($0.state) } ?? "gone", "sock_diag",
      proof: [close, fin, log.lastLook(at: party)])
  }
}
