import Traces

/// What the kernel does when nobody answers, and when: its timers.
extension Declaration {
  static let synRetries = Declaration(
    [
      Figure(
        "SYN schedule", .programs, in: .conditional,
        settings: ["tcp_syn_linear_timeouts", "tcp_rto_max_ms", "tcp_syn_retries"],
        known:
          Known(
            "tcp_syn_linear_timeouts came between Linux 6.1 and 6.12; before, each wait was twice the last.",
            .between("6.1", "6.12"))),
      Figure(
        "SYNs without an answer", .programs, in: .conditional,
        settings: ["tcp_syn_retries", "tcp_syn_linear_timeouts", "tcp_rto_max_ms"],
        known: Known(
          "tcp_syn_linear_timeouts, between Linux 6.1 and 6.12, adds its own to them.",
          .between("6.1", "6.12"))),
      Figure("connect() without an answer", .programs, in: .conditional),
      Figure(
        "time until connect() gives up", .programs, in: .underAny([.waitedOut]),
        settings: ["tcp_syn_retries", "tcp_syn_linear_timeouts", "tcp_rto_max_ms"]
      ),
      Figure(
        "SYN retries by default", .programs, in: .byDefault,
        settings: ["tcp_syn_retries", "tcp_syn_linear_timeouts"]),
    ],
    under: [
      [], [Condition("TCP_SYNCNT", "2")],
      [.setting("tcp_syn_linear_timeouts", "0"), .setting("tcp_syn_retries", "2")],
    ], wait: 7, long: [.init(wait: 131)])

  static let synAckRetries = Declaration(
    [
      Figure(
        "SYN+ACK schedule", .operators, in: .conditional, settings: ["tcp_rto_max_ms", "tcp_synack_retries"]),
      Figure("SYN+ACKs that nobody confirms", .operators, in: .conditional, settings: ["tcp_synack_retries"]),
      Figure("left of a request that nobody confirms", .operators, in: .conditional),
      Figure(
        "life of a request that nobody confirms", .operators, in: .underAny([.waitedOut]),
        settings: ["tcp_synack_retries"]),
      Figure("write to an end that has given the request up", .programs, in: .conditional),
      Figure("SYN+ACK retries by default", .operators, in: .byDefault, settings: ["tcp_synack_retries"]),
    ], under: [[], [.setting("tcp_synack_retries", "1")]], settings: ["tcp_syncookies"], wait: 3,
    long: [.init(wait: 63)])

  static let deferAccept = Declaration(
    [
      Figure("accept() before data under TCP_DEFER_ACCEPT", .programs),
      Figure("state before data under TCP_DEFER_ACCEPT", .operators),
      Figure(
        "accept() once data came under TCP_DEFER_ACCEPT", .programs,
        in: .underAny([.afterTheHandshake(.writes)])),
      Figure(
        "accept() without data under TCP_DEFER_ACCEPT", .programs,
        in: .underAny([.afterTheHandshake(.isSilent)]), settings: ["tcp_synack_retries"]),
    ], under: [[.afterTheHandshake(.writes)], [.afterTheHandshake(.isSilent)]],
    settings: ["tcp_syncookies"], wait: 1, given: [.init("TCP_DEFER_ACCEPT", "1")])

  static let retransmissions = Declaration(
    [
      Figure(
        "first retransmission timeout", .operators, in: .underAny(fewRetries),
        settings: ["tcp_rto_min_us", "tcp_rmem"],
        known: Known(
          "tcp_rto_min_us came between Linux 6.1 and 6.12; before, only a route could change the 200 ms.",
          .between("6.1", "6.12"))
      ),
      Figure(
        "retransmission schedule", .operators, in: .underAny(fewRetries + [.waitedOut]),
        settings: ["tcp_rto_min_us", "tcp_rto_max_ms", "tcp_rmem", "tcp_retries2"],
        known: Known("tcp_rto_max_ms came between Linux 6.12 and 6.18.", .between("6.12", "6.18"))),
      Figure(
        "retransmissions without an answer", .operators, in: .underAny(fewRetries + [.waitedOut]),
        settings: ["tcp_retries2", "tcp_rto_min_us"]),
      Figure(
        "write that nobody acknowledges", .programs, in: .underAny(fewRetries + [.waitedOut]),
        settings: ["tcp_retries2"]),
      Figure(
        "time until a write that nobody acknowledges fails", .programs, in: .underAny([.waitedOut]),
        settings: ["tcp_retries2", "tcp_rto_max_ms"]),
      Figure("retransmissions by default", .programs, in: .byDefault, settings: ["tcp_retries2"]),
      Figure(
        "retransmissions under TCP_USER_TIMEOUT", .operators, in: .underAny([userTimeoutOfOneSecond]),
        settings: ["tcp_rto_min_us"]),
      Figure("write under TCP_USER_TIMEOUT", .programs, in: .underAny([userTimeoutOfOneSecond])),
    ],
    under: [
      [], withoutProbes + [fewRetries[0]],
      withoutProbes + [fewRetries[0], .setting("tcp_rto_min_us", "100000")],
      withoutProbes + [fewRetries[1], .setting("tcp_rto_max_ms", "1500")],
      withoutProbes + [userTimeoutOfOneSecond],
    ], wait: 3, long: [.init(wait: 942)],
    given: [
      .init(.roundTrip(milliseconds: 60), in: .underAny(fewRetries + [userTimeoutOfOneSecond, .waitedOut]))
    ])

  static let retransmissionCap = Declaration(
    [
      Figure(
        "longest retransmission timeout", .operators, settings: ["tcp_rto_max_ms", "tcp_timestamps"],
        known: Known(
          "tcp_rto_max_ms came between Linux 6.12 and 6.18; before, it was always 120 s.",
          .between("6.12", "6.18")))
    ], under: [[], [.setting("tcp_rto_max_ms", "5000")]], given: [.init("tcp_early_retrans", "0")])

  static let lossProbe = Declaration(
    [
      Figure(
        "timer of two segments under way", .packets,
        settings: ["tcp_early_retrans", "tcp_sack", "tcp_rto_min_us"])
    ],
    under: [[], withoutProbes], given: [.init("TCP_NODELAY", "1")])

  static let delayedAck = Declaration(
    [
      Figure("segments that are acknowledged at once", .packets, in: .byDefault, settings: ["tcp_rmem"]),
      Figure("timer of a delayed ACK", .packets, in: .byDefault, settings: ["tcp_rto_min_us"]),
      Figure(
        "replies of the receiver after which ACKs are delayed", .packets,
        in: .underAny([.receiver(.replies)]), settings: ["tcp_pingpong_thresh"],
        known: Known(
          "tcp_pingpong_thresh came between Linux 6.1 and 6.12; before, the count was the kernel's own.",
          .between("6.1", "6.12"))),
    ], under: [[], [.receiver(.replies)]])

  static let windowProbes = Declaration(
    [
      Figure(
        "window probe schedule", .operators, settings: ["tcp_rto_min_us", "tcp_rto_max_ms", "tcp_retries2"]),
      Figure(
        "window probes without an answer", .operators, in: .underAny([.windowProbes(.lost)]),
        settings: ["tcp_retries2"]),
      Figure("connection whose window stays 0", .programs, settings: ["tcp_retries2"]),
      Figure(
        "time until lost window probes end a connection", .programs, in: .underAny([.waitedOut]),
        settings: ["tcp_retries2", "tcp_rto_max_ms"]),
      Figure("segment that probes a window of 0", .packets),
    ],
    under: [[.windowProbes(.answered)], [.windowProbes(.lost), .setting("tcp_retries2", "3")]], wait: 3,
    long: [.init([.windowProbes(.lost)], wait: 924)])

  static let keepalive = Declaration(
    [
      Figure(
        "keepalive schedule", .operators,
        settings: ["tcp_keepalive_time", "tcp_keepalive_intvl", "tcp_keepalive_probes"]),
      Figure("keepalive probes without an answer", .operators, settings: ["tcp_keepalive_probes"]),
      Figure("keepalive probe", .packets, in: .underAny([.option("TCP_KEEPIDLE"), .waitedOut])),
      Figure("connection that keepalive finds dead", .programs, in: .underAny([fewProbes, .waitedOut])),
      Figure(
        "time until the first keepalive probe", .operators, in: .underAny([.waitedOut]),
        settings: ["tcp_keepalive_time"]),
      Figure(
        "time until keepalive finds a connection dead", .programs, in: .underAny([.waitedOut]),
        settings: ["tcp_keepalive_time", "tcp_keepalive_intvl", "tcp_keepalive_probes"]),
      Figure("segment that keepalive ends with", .packets, in: .underAny([fewProbes, .waitedOut])),
    ],
    under: [
      [.option("SO_KEEPALIVE")], [.option("SO_KEEPALIVE"), .option("TCP_KEEPIDLE")],
      [
        .option("SO_KEEPALIVE"), .option("TCP_KEEPIDLE"), .option("TCP_KEEPINTVL"), fewProbes,
      ],
    ], wait: 3, long: [.init([.option("SO_KEEPALIVE")], wait: 7875)])

  static let orphanRetries = Declaration(
    [
      Figure(
        "FIN schedule of an orphan", .operators, in: .conditional,
        settings: ["tcp_rto_min_us", "tcp_rmem", "tcp_orphan_retries", "tcp_rto_max_ms"]),
      Figure(
        "FINs of an orphan without an answer", .operators, in: .conditional,
        settings: ["tcp_orphan_retries", "tcp_rto_min_us", "tcp_rto_max_ms"]),
      Figure("left of an orphan without an answer", .operators, in: .conditional),
      Figure(
        "life of an orphan without an answer", .operators, in: .underAny([.waitedOut]),
        settings: ["tcp_orphan_retries", "tcp_rto_max_ms"]),
      Figure(
        "FIN retries of an orphan by default", .operators, in: .byDefault, settings: ["tcp_orphan_retries"]),
    ], under: [[], withoutProbes + [.setting("tcp_orphan_retries", "2")]], wait: 2,
    long: [.init(wait: 102)], given: [.init(.roundTrip(milliseconds: 60), in: .conditional)])

  static let orphanTimer = Declaration(
    [
      Figure(
        "timer of an orphan in FIN_WAIT_2", .operators, settings: ["tcp_fin_timeout"],
        circumstances: [.segments]),
      Figure(
        "life of an orphan in FIN_WAIT_2", .operators, in: .underAny([.waitedOut]),
        settings: ["tcp_fin_timeout"]),
      Figure("left of an orphan in FIN_WAIT_2 at the end", .operators, in: .underAny([.waitedOut])),
    ],
    under: [
      [], [.setting("tcp_fin_timeout", "5")], [Condition("TCP_LINGER2", "5")],
      [Condition("TCP_LINGER2", "-1")],
    ], settings: ["tcp_max_tw_buckets"], long: [.init(wait: 60)])

  /// The first timer of a write is then the retransmission timeout, and no loss probe's.
  private static let withoutProbes = [Condition.setting("tcp_early_retrans", "0")]
  private static let fewRetries = [Condition.setting("tcp_retries2", "2"), .setting("tcp_retries2", "3")]
  private static let userTimeoutOfOneSecond = Condition("TCP_USER_TIMEOUT", "1000")
  private static let fewProbes = Condition("TCP_KEEPCNT", "2")
}
