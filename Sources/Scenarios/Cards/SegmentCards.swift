import Traces

/// What segments carry, and what answers those that do not belong where they arrive.
extension Declaration {
  static let handshakeOptions = Declaration(
    [
      Figure("options of a SYN", .packets, settings: options),
      Figure("options of a SYN+ACK", .packets, settings: options + [withoutTimestamps]),
      Figure("options of an ACK", .packets, settings: ["tcp_timestamps"]),
      Figure("options of a segment with data", .packets, settings: ["tcp_timestamps"]),
      Figure("MSS option of a SYN", .packets),
      Figure("MSS option of a SYN+ACK", .packets),
      Figure(
        "largest segment that is sent", .packets,
        settings: ["tcp_timestamps", "tcp_min_snd_mss", "tcp_mtu_probing"], circumstances: [.bench, .family]),
      Figure("window scale option of a SYN", .packets, settings: ["tcp_window_scaling", "tcp_rmem"]),
      Figure(
        "window scale option of a SYN+ACK", .packets,
        settings: ["tcp_window_scaling", "tcp_rmem", withoutTimestamps]),
      Figure(
        "window of a SYN", .packets, settings: ["tcp_workaround_signed_windows", "tcp_rmem"],
        circumstances: [.bench, .family]),
      Figure(
        "window of a SYN+ACK", .packets,
        settings: ["tcp_workaround_signed_windows", "tcp_rmem", "tcp_timestamps"],
        circumstances: [.bench, .family]),
      Figure(
        "window of the ACK of a SYN+ACK", .packets,
        settings: [
          "tcp_workaround_signed_windows", "tcp_rmem", "tcp_window_scaling", "tcp_shrink_window",
          withoutTimestamps,
        ], circumstances: [.bench, .family]),
      Figure("hop limit", .packets, in: .byDefault, settings: ["ip_default_ttl"]),
      Figure("differentiated services of a segment", .packets, in: .byDefault),
      Figure("fragmentation of a segment", .packets, in: .byDefault, settings: ["ip_no_pmtu_disc"]),
      Figure("IP identification of a SYN+ACK", .packets, in: .byDefault),
      Figure("IP identification of what follows", .packets, in: .byDefault),
    ],
    under: [
      [], [.setting("tcp_timestamps", "0")], [.setting("tcp_sack", "0")],
      [.setting("tcp_window_scaling", "0")], [.receiveBuffer(8192)], [.maximumSegment(500)],
    ], given: [usualBuffers])
  /// What a machine chooses by its memory.
  private static let usualBuffers = Given("tcp_rmem", "4096 131072 6291456")
  private static let options: [Influence] = ["tcp_timestamps", "tcp_sack", "tcp_window_scaling"]
  /// A SYN cookie keeps the options of a SYN in the timestamp of the SYN+ACK; without timestamps they are lost.
  private static let withoutTimestamps = Influence("tcp_syncookies", under: .setting("tcp_timestamps", "0"))

  static let congestionNotification = Declaration(
    [
      "flags of a SYN by tcp_ecn", "flags of a SYN+ACK by tcp_ecn",
      "flags of the ACK of a SYN+ACK by tcp_ecn",
      "ECN field of data", "answer to a mark of congestion",
    ].map {
      Figure(
        $0, .packets, settings: ["tcp_ecn", "tcp_ecn_option"],
        known: Known(
          "Accurate ECN (tcp_ecn 3 to 5) came after Linux 6.12; a 6.18 may refuse these values.",
          .between("6.12", "6.18")))
    }, under: (0...5).map { [.setting("tcp_ecn", "\($0)")] }, given: [.init("TCP_CONGESTION", "cubic")])

  static let crossedSyns = Declaration([
    Figure("answer to a crossed SYN", .packets, settings: ["tcp_ecn"]),
    Figure(
      "answer to the SYN+ACK of crossed SYNs", .packets, settings: ["tcp_sack", "tcp_dsack"],
      known: Known(
        "Between Linux 5.10 and 6.1 it became acceptable in SYN_RECV; before, it drew a challenge ACK.",
        .between("5.10", "6.1"))),
    Figure("connection of crossed SYNs", .programs),
  ])

  static let challengeLimits = Declaration(
    [
      Figure(
        "answers to two segments with data beyond the window", .packets, settings: ["tcp_invalid_ratelimit"]),
      Figure(
        "answers to two empty segments before the window", .packets, settings: ["tcp_invalid_ratelimit"]),
      Figure(
        "answers to two SYNs in a row", .packets,
        settings: ["tcp_invalid_ratelimit", "tcp_challenge_ack_limit"]),
      Figure(
        "answers to a flood of RSTs in the window", .packets,
        in: .underAny([.setting("tcp_invalid_ratelimit", "0")]), settings: ["tcp_challenge_ack_limit"],
        known: Known(
          "There was a limit of 1000 in a second up to Linux 5.10; since 6.1 there is none.",
          .between("5.10", "6.1"))),
    ], under: [[], [.setting("tcp_invalid_ratelimit", "0")]])

  static let windowEdge = Declaration(
    [
      Figure(
        "data that reaches beyond the window", .packets, settings: ["tcp_shrink_window"],
        known: Known("Between Linux 6.12 and 7.2 kernels began to drop it.", .between("6.12", "7.2")))
    ], under: Condition.ReceiveQueue.allCases.map { [.receiveQueue($0)] },
    given: [.init("SO_RCVBUF", "8192")])

  static let partialRead = Declaration([
    Figure(
      "close() with half of the data read", .programs),
    Figure(
      "close() with all data read but not the FIN behind it", .programs, known: judgesByNumber),
    Figure(
      "close() with all data read but not the FIN in its segment", .programs, known: judgesByNumber),
  ])
  private static let judgesByNumber =
    Known(
      "Between Linux 5.10 and 6.1 what is unread at close() came to be judged by its number.",
      .between("5.10", "6.1"))

  static let initialWindow = Declaration(
    [
      Figure("segments sent before the first ACK", .packets),
      Figure("the congestion window after idle time", .packets, settings: ["tcp_slow_start_after_idle"]),
    ],
    under: [
      [.congestionControl("reno")], [.congestionControl("cubic")],
      [.congestionControl("cubic"), .setting("tcp_slow_start_after_idle", "0")],
    ], given: [.init("TCP_MAXSEG", "1000"), .init("tcp_early_retrans", "0"), usualBuffers])

  static let recovery = Declaration(
    [
      Figure(
        "SACK blocks while three segments are missing", .packets,
        settings: ["tcp_sack", "tcp_timestamps", "tcp_wmem"]),
      Figure(
        "segments behind a gap before it is sent again", .packets,
        settings: ["tcp_sack", "tcp_recovery", "tcp_reordering"]),
      Figure("answer to data that came twice", .packets, settings: ["tcp_sack", "tcp_dsack"]),
      Figure(
        "counters of a timeout that was not needed", .operators,
        settings: ["tcp_sack", "tcp_dsack", "tcp_timestamps", "tcp_frto"]),
    ],
    under: [
      [], [.setting("tcp_sack", "0")], [.setting("tcp_timestamps", "0")], [.setting("tcp_recovery", "0")],
    ], settings: [withoutTimestamps],
    given: [
      .init("tcp_early_retrans", "0"), usualBuffers, .init("TCP_CONGESTION", "cubic"),
      .init("TCP_NODELAY", "1"), .init(.roundTrip(milliseconds: 400)),
    ])
}
