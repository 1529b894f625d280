import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// The kernel measures the rate at which data is delivered, and whether the program wrote too little for more: `ss` shows it
  /// as app_limited.
  package static let deliveryRate = Scenario(
    "delivery rate",
    Declaration(
      [.before, .early, .afterOne, .afterMany, .afterPause],
      settings: [
        "tcp_rmem", "tcp_wmem", "tcp_sack", "tcp_timestamps", "tcp_early_retrans", "tcp_notsent_lowat",
      ],
      given: SegmentSender.given + [
        .init("tcp_fastopen", FastOpenClient.setting.value), .init("TCP_FASTOPEN", "8"),
      ],
      isDrawn: false, needs: [.wire])
  ) { connection, _ in
    try connection.runDeliveryRate()
  }
}

extension Figure {
  fileprivate static let before = Figure("limit of the delivery rate before any data", .operators)
  fileprivate static let early = Figure(
    "limit of the delivery rate of a Fast Open server's first segment", .operators,
    settings: ["tcp_syncookies"])
  fileprivate static let afterOne = Figure("limit of the delivery rate after one segment", .operators)
  fileprivate static let afterPause = Figure("delivery rate of a segment after a pause", .operators)
  fileprivate static let afterMany = Figure("limit of the delivery rate after three full windows", .operators)
}

extension Connection {
  fileprivate func runDeliveryRate() throws {
    log.record(.rung(index: 0))
    try measureApart([.before]) { connection in
      try connection.open()
      // The end that connects has had a rate since its SYN was acknowledged.
      try connection.measureLimit(.before, of: connection.opener.other)
    }
    try withSettings([FastOpenClient.setting], at: [opener.other]) {
      try measureApart([.early], heedsTimers: false) { try $0.measureEarly() }
    }
    try measureApart([.afterOne, .afterMany], heedsTimers: false) { connection in
      let sender = try SegmentSender(on: connection)
      let counted = try connection.counters(of: connection.opener)
      try sender.write(1)
      try sender.acknowledge(1)
      try connection.measureLimit(.afterOne, of: connection.opener)
      guard try sender.write(30).count < 30 else {
        throw NotMeasurable(reason: "the window takes all that is written")
      }
      for count in [11, 21, 31] { try sender.acknowledge(count) }
      try connection.measureLimit(.afterMany, of: connection.opener)
      try sender.giveUpAtTimeoutOrProbe(since: counted)
    }
    try measureApart([.afterPause], heedsTimers: false) { try $0.measurePause() }
  }

  /// Nothing was delivered yet when the segment left, not even the SYN+ACK.
  private func measureEarly() throws {
    let client = try FastOpenClient(to: self)
    guard try client.write(1).count == 1 else {
      throw NotMeasurable(reason: "the server sends no data before the handshake ends")
    }
    try client.acknowledge(1)
    try measureLimit(.early, of: opener.other)
  }

  /// The time of a segment that is sent when nothing else is in flight counts from its departure: the rate is at least that
  /// which the program sees between its write and the ACK.
  private func measurePause() throws {
    let sender = try SegmentSender(on: self)
    try waiting.pause(.milliseconds(300))
    let began = Clock.monotonic()
    let written = try sender.write(1).compactMap { log.segment(at: $0)?.length }.reduce(0, +)
    try sender.acknowledge(1)
    guard let rate = try info(of: opener)?[.deliveryRate], rate > 0 else {
      throw NotMeasurable(reason: .needs("tcpi_delivery_rate"))
    }
    let passed = max(1, Clock.monotonic() - began)
    let least = Double(written) * 1e9 / Double(passed)
    measure(
      .afterPause, Double(rate) >= 0.9 * least ? "from when it was sent" : "from earlier",
      "tcpi_delivery_rate, beside the time between write and ACK", proof: [log.lastLook(at: opener)])
  }

  private func measureLimit(_ figure: Figure, of party: Party) throws {
    guard let isLimited = try info(of: party)?.isLimitedByProgram else {
      throw NotMeasurable(reason: .needs("TCP_INFO"))
    }
    measure(
      figure, isLimited ? "the program" : "the path", "tcpi_delivery_rate_app_limited",
      proof: [log.lastLook(at: party)])
  }
}
