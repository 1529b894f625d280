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
      [.before, .afterOne, .afterMany],
      settings: [
        "tcp_rmem", "tcp_wmem", "tcp_sack", "tcp_timestamps", "tcp_early_retrans", "tcp_notsent_lowat",
      ],
      given: SegmentSender.given, isDrawn: false, needs: [.wire])
  ) { connection, _ in
    try connection.runDeliveryRate()
  }
}

extension Figure {
  fileprivate static let before = Figure("limit of the delivery rate before any data", .operators)
  fileprivate static let afterOne = Figure("limit of the delivery rate after one segment", .operators)
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
