import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension Scenario {
  /// The kernel keeps round trips and windows of a destination for the next connection to it: `ip tcp_metrics` shows them.
  package static let keptMetrics = Scenario(
    "metrics of a destination",
    Declaration(
      Figure.all,
      under: [
        [], [.setting("tcp_no_ssthresh_metrics_save", "0")], [.setting("tcp_no_metrics_save", "1")],
      ],
      settings: [
        "tcp_no_metrics_save", "tcp_no_ssthresh_metrics_save", "tcp_sack", "tcp_timestamps", "tcp_recovery",
        "tcp_reordering", "tcp_early_retrans", "tcp_rmem", "tcp_wmem", "tcp_rto_min_us",
      ],
      given: SegmentSender.farGiven + [
        .init("tcp_fastopen", "3"), .init("TCP_FASTOPEN", "8"), .init("TCP_FASTOPEN_CONNECT", "1"),
      ], isDrawn: false, needs: [.wire], timed: SegmentSender.farTimed)
  ) { try $0.runKeptMetrics(under: $1) }
}

extension Figure {
  fileprivate static let all: [Figure] = [
    .unknown, .untroubled, .recovered, .timedOut, .start, .forgotten, .cookie,
  ]
  fileprivate static let unknown = Figure("metrics of a destination before any connection", .operators)
  fileprivate static let untroubled = Figure("metrics of a destination after one without loss", .operators)
  fileprivate static let recovered = Figure("metrics of a destination after a recovery", .operators)
  fileprivate static let timedOut = Figure("metrics of a destination after a timeout", .operators)
  fileprivate static let start = Figure("beginning of a connection to a destination with metrics", .operators)
  fileprivate static let forgotten = Figure(
    "deletion of a destination's metrics", .operators, circumstances: [.privileges])
  fileprivate static let cookie = Figure(
    "attributes of a destination that gave a cookie of Fast Open", .operators,
    settings: ["tcp_fastopen", "tcp_syncookies"],
    circumstances: [.privileges])
}

extension Connection {
  fileprivate func runKeptMetrics(under conditions: [Condition]) throws {
    log.record(.rung(index: 0))
    // Nothing may have been kept by an earlier, disturbed run.
    try measureApart(Figure.all, heedsTimers: false, onNewHosts: true) { hosts in
      try hosts.withSettings(conditions.settings, at: [opener]) { try hosts.measureMetrics() }
    }
  }

  private func measureMetrics() throws {
    let destination = ends[opener.other].tuple.local.address
    let metrics = try bench.enter(opener) { () throws -> Box<DestinationMetrics> in
      do throws(Errno) { return Box(try DestinationMetrics.open()) } catch {
        throw NotMeasurable(reason: .needs("tcp_metrics over netlink: \(error.name)"))
      }
    }
    func measureKept(_ figure: Figure, _ source: String) throws {
      let answer = try answer(giving: { try metrics.value.values(for: destination).kept })
      measure(figure, answer, source, proof: [log.lastLook(at: opener)])
    }
    try measureKept(.unknown, "TCP_METRICS_CMD_GET")
    try run(far: true) { sender in
      try sender.write(4)
      try sender.acknowledge(4)
      return 4
    }
    try measureKept(.untroubled, "TCP_METRICS_CMD_GET, after a connection over 200 ms that sent 4 segments")
    try run { sender in
      try sender.write(10)
      try sender.acknowledge(0, blocks: [1..<5])
      try sender.acknowledge(10)
      return 10
    }
    try measureKept(.recovered, "TCP_METRICS_CMD_GET, after a connection that lost one segment of ten")
    try run(timesOut: true) { sender in
      try sender.write(1)
      _ = try sender.connection.awaitTimer(countedBy: .retransmits, of: opener)
      try sender.acknowledge(1)
      return 1
    }
    try measureKept(.timedOut, "TCP_METRICS_CMD_GET, after a connection whose only segment was sent again")
    try measureStart(kept: try? metrics.value.values(for: destination))
    let deletion = try answer { try metrics.value.forget(destination) }
    let rest = try answer(giving: { try metrics.value.values(for: destination).kept })
    measure(.forgotten, .list([deletion, rest]), "TCP_METRICS_CMD_DEL and TCP_METRICS_CMD_GET", proof: [])
    try measureCookie { try metrics.value.values(for: destination) }
  }

  /// Runs a connection to its end: only then is anything kept.
  ///
  /// - Parameter body: returns the number of segments that it wrote, all of them acknowledged.
  private func run(
    far isFar: Bool = false, timesOut: Bool = false, _ body: (SegmentSender) throws -> Int
  ) throws {
    let connection = try sibling()
    let before = try connection.counters(of: opener)
    let sender = try SegmentSender(on: connection, far: isFar)
    let count = try body(sender)
    try connection.call(.close, by: opener)
    try connection.carryDeparted()
    try sender.peer.acknowledge(count * sender.size + 1, flags: .fin)
    if timesOut {
      try sender.giveUpAtTimeout(since: before, expecting: 1)
    } else {
      try sender.giveUpAtTimeoutOrProbe(since: before)
    }
  }

  private func measureStart(kept: DestinationMetrics.Answer?) throws {
    let connection = try sibling()
    // A control of another kind may begin without a threshold.
    try connection.choose(congestionControl: "cubic")
    _ = try connection.openWithMadeUpPeer()
    guard let info = try connection.info(of: opener), let timeout = info[.rto] else {
      throw NotMeasurable(reason: .needs("TCP_INFO"))
    }
    let fields: [InfoField] = [.sndCwnd, .sndSsthresh, .reordering]
    var values = fields.compactMap { field in info[field].map { "\(field.rawValue) \($0)" } }
    // Eight times as much is kept as the round trip is long, in microseconds; the timeout is in ticks of 10 ms at most.
    let roundTrip = kept?.values["RTT_US"].map { Int64($0) / 8 }
    // A longer one of its own would count.
    if let roundTrip, let own = info[.rtt], Int64(own) > roundTrip / 2 {
      try connection.waiting.disturbed(because: .heldUp(.microseconds(Int64(own))))
    }
    let isKept = roundTrip.map { abs(Int64(timeout) - 3 * $0) <= 40_000 } ?? false
    let isOwn = info[.rtt].map { abs(Int64(timeout) - Int64($0) - 200_000) <= 40_000 } ?? false
    values.append(
      isKept ? "rto of three kept round trips" : isOwn ? "rto of its own round trip" : "another rto")
    measure(
      .start, .list(values.map { .words($0) }), "TCP_INFO once it is open",
      proof: [connection.log.lastLook(at: opener)])
  }

  /// Before its end a connection leaves only what Fast Open keeps.
  private func measureCookie(_ ask: () throws -> DestinationMetrics.Answer) throws {
    let connection = try sibling()
    try withSettings([("net.ipv4.tcp_fastopen", "3")]) {
      connection.beforeListen.append { try $0.set(.fastOpen, to: 8) }
      connection.beforeConnect.append { try $0.set(.fastOpenConnect, to: true) }
      try connection.listen()
      try connection.call(.connect, by: opener)
      try connection.carryDeparted()
      let answer = try answer(giving: {
        let answer = try ask()
        let lengths = [
          answer.fastOpenMSS.map { "MSS \($0)" }, answer.cookieLength.map { "cookie of \($0) bytes" },
        ]
        return .words(
          (answer.attributes.map(\.withoutFamily) + lengths.compactMap { $0 }).joined(separator: " "))
      })
      measure(.cookie, answer, "TCP_METRICS_CMD_GET after the handshake", proof: [connection.log.lastCall()])
    }
  }
}

extension DestinationMetrics.Answer {
  /// The numbers of segments, and the names of times.
  fileprivate var kept: Value {
    let counts = ["SSTHRESH", "CWND", "REORDERING"]
    var texts = values.keys.sorted().map { counts.contains($0) ? "\($0) \(values[$0] ?? 0)" : $0 }
    for name in ["RTT", "RTTVAR"] {
      guard let exact = values["\(name)_US"], let rounded = values[name] else { continue }
      if rounded != max(exact / 1000, 1) { texts.append("\(name) is not \(name)_US / 1000") }
    }
    return texts.isEmpty ? "none" : .list(texts.map { .words($0) })
  }
}

extension String {
  fileprivate var withoutFamily: String {
    hasSuffix("_IPV4") || hasSuffix("_IPV6") ? String(dropLast(5)) : self
  }
}
