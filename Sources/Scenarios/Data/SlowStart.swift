import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// The congestion window, ACK by ACK: in slow start, after a loss, and beyond the threshold.
  package static let slowStart = Scenario(
    "slow start and its end",
    Declaration(
      [.growth, .afterLoss, .threshold, .avoidance],
      under: [[.congestionControl("reno")], [.congestionControl("cubic")]],
      settings: [
        "tcp_sack", "tcp_timestamps", "tcp_recovery", "tcp_reordering", "tcp_rto_min_us", "tcp_rmem",
        "tcp_wmem", "tcp_notsent_lowat",
      ],
      given: [
        .init("TCP_NODELAY", "1"), .init("TCP_MAXSEG", "600"), .init("SO_SNDBUF", "200000"),
        .init("tcp_early_retrans", "0"),
      ], needs: [.wire])
  ) { try $0.runSlowStart(under: $1) }
}

extension Figure {
  fileprivate static let growth = Figure("congestion window at each ACK of two segments", .packets)
  fileprivate static let afterLoss = Figure("congestion window once a loss is repaired", .packets)
  fileprivate static let threshold = Figure("slow start threshold after a loss", .packets)
  fileprivate static let avoidance = Figure(
    "congestion window at each ACK of two segments beyond the threshold", .packets,
    in: .underAny([.congestionControl("reno")]))
}

extension Connection {
  fileprivate func runSlowStart(under conditions: [Condition]) throws {
    let control = conditions.first { $0.name == "TCP_CONGESTION" }?.value ?? "reno"
    beforeConnect.append { socket in try socket.set(.sendBuffer, to: 200_000) }
    log.record(.rung(index: 0))
    // A loss probe would enter recovery by itself.
    try withSettings([("net.ipv4.tcp_early_retrans", "0")], at: [opener]) {
      let isReno = control == "reno"
      try measureApart(
        [.growth, .afterLoss, .threshold] + (isReno ? [.avoidance] : []), heedsTimers: false
      ) { try $0.measureWindow(under: control) }
    }
  }

  private func measureWindow(under control: String) throws {
    let sender = try SegmentSender(on: self, control: control)
    let before = try counters(of: opener)
    let start = log.nextPlace
    try sender.write(70)
    // Cubic looks at the times of ACKs as soon as its window has 16 segments.
    var windows = [try window(of: sender)]
    for count in [2, 4] {
      try sender.acknowledge(count)
      windows.append(try window(of: sender))
    }
    measure(.growth, text(of: windows), "TCP_INFO", proof: [start])
    // Of those in flight the first is missing.
    try sender.acknowledge(4, blocks: [5..<9])
    let high = (log.segment(at: sender.peer.segments().last)?.end).map {
      ($0 - sender.peer.other) / sender.size
    }
    try sender.acknowledge(high ?? 20)
    let low = try window(of: sender)
    measure(.afterLoss, .count(low), "TCP_INFO, once all was acknowledged that was in flight", proof: [start])
    let threshold = try info(of: opener)?[.sndSsthresh]
    measure(
      .threshold, threshold.map { $0 > 1_000_000 ? "none" : .count(Int($0)) } ?? "none", "TCP_INFO",
      proof: [start])
    if control == "reno" {
      windows = [low]
      var acknowledged = high ?? 20
      for _ in 0..<12 {
        acknowledged += 2
        try sender.acknowledge(acknowledged)
        windows.append(try window(of: sender))
      }
      measure(.avoidance, text(of: windows), "TCP_INFO", proof: [start])
    }
    try sender.giveUpAtTimeout(since: before)
  }

  private func window(of sender: SegmentSender) throws -> Int {
    guard let window = try info(of: opener)?[.sndCwnd] else {
      throw NotMeasurable(reason: .needs("TCP_INFO"))
    }
    return Int(window)
  }

  private func text(of windows: [Int]) -> Value {
    Value(reading: windows.map(String.init).joined(separator: " "))
  }
}
