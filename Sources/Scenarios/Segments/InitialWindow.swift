import Benches
import Documents
import Linux
import SystemPackage
import TCP
import Traces

extension Scenario {
  /// One end writes as much as its buffer takes, and no ACK comes.
  package static let initialWindow = Scenario(
    "initial window",
    Declaration(
      [
        .firstFlight,
        .windowAfterIdle,
      ],
      under: [
        [.congestionControl("reno")], [.congestionControl("cubic")],
        [.congestionControl("cubic"), .setting("tcp_slow_start_after_idle", "0")],
      ], given: [.init("TCP_MAXSEG", "1000"), .init("tcp_early_retrans", "0"), usualBuffers], needs: [.wire],
      timed: .init("the delayed ACK and the time without data"))
  ) { try $0.runInitialWindow(under: $1) }
}

extension Figure {
  fileprivate static let firstFlight = Figure(
    "segments sent before the first ACK",
    alsoCalled: [
      "initcwnd", "initial cwnd", "initial congestion window", "size of the initial congestion window",
    ],
    .packets)
  fileprivate static let windowAfterIdle = Figure(
    "the congestion window after idle time", .packets, settings: ["tcp_slow_start_after_idle"])
}

extension Connection {
  /// Measures the number of segments before the first ACK, and the congestion window that is left after idle time.
  fileprivate func runInitialWindow(under conditions: [Condition]) throws {
    let control = conditions.first { $0.name == "TCP_CONGESTION" }?.value ?? "cubic"
    try choose(congestionControl: control)
    beforeConnect.append { socket in
      try socket.set(.maximumSegment, to: 1000)
    }
    // What is carried by hand takes long enough for a loss probe to be sent though nothing is lost. The reader's
    // window must not be what limits it.
    let own = [
      (name: "net.ipv4.tcp_early_retrans", value: "0"), Scenario.usualBuffersSetting,
    ]
    // Only a timer that fires makes anything else of it, and that is looked for.
    waiting.isPatient = true
    try withSettings(own + conditions.settings) {
      try open()
      try settle()
      log.record(.rung(index: 0))
      try look()
      guard let start = window() else { throw NotMeasurable(reason: .needs("TCP_INFO")) }
      let size = start.segmentSize
      try measureFirstFlight(.firstFlight, segmentSize: size)
      try awaitAll()
      let grown = self.window()
      // Each retransmission timeout that passes with nothing under way halves it, where it does.
      try waiting.pause(.nanoseconds(3 * (grown?.timeout ?? 200_000_000)))
      try call(.send(size), by: opener)
      try awaitAll()
      if let late = self.window(), late.resent > 0 {
        try waiting.disturbed(because: .resent)
      }
      guard let grown, let late = self.window(), grown.segments > start.segments else {
        return cannotMeasure(.windowAfterIdle, because: "it has not grown")
      }
      measure(
        .windowAfterIdle,
        late.segments >= grown.segments
          ? "as before" : late.segments <= start.segments ? "as in the beginning" : "smaller than before",
        "snd_cwnd of TCP_INFO: \(start.segments), \(grown.segments), and \(late.segments) after three timeouts",
        proof: [start.place, grown.place, late.place])
    }
  }

  private func measureFirstFlight(_ figure: Figure, segmentSize size: Int) throws {
    let sender = opener
    let start = log.nextPlace
    path.rules = [{ segment, party in party == sender && segment.length > 0 ? .hold : nil }]
    try call(.send(16 * size), by: sender)
    try settle()
    let flight = log.segments(of: sender, since: start) { $0.length > 0 }
    measure(
      figure, flight.count < 16 ? .count(flight.count) : "all that were written",
      "what left when 16 segments were written and no ACK came", proof: flight)
    path.rules = []
    try path.release()
  }

  /// Lets all arrive that was written.
  private func awaitAll() throws {
    let written = log.octetsWritten(by: opener)
    let syn = log.firstSegment(of: opener) { $0.flags.contains(.syn) }
    guard let end = log.segment(at: syn).map({ $0.end + written }) else { return }
    try awaitSegment(of: opener.other, named: "an ACK of all data") { $0.acknowledged == end }
    try settle()
    try call(.receive(nil), by: opener.other)
    try look()
  }
}
