import Traces

/// What TIME_WAIT does, and what can be done with its port.
extension Declaration {
  static let timeWait = Declaration(
    [
      Figure("length of TIME_WAIT", .operators),
      Figure("what is left when TIME_WAIT has run out", .operators),
    ], settings: ["tcp_max_tw_buckets"], wait: 60)

  static let timeWaitTimer = Declaration(
    [Figure("timer that TIME_WAIT begins with", .operators)],
    under: [[], [.setting("tcp_fin_timeout", "5")]], settings: ["tcp_max_tw_buckets"])

  static let bindInTimeWait = Declaration(
    [
      Figure("bind() to a port in TIME_WAIT without SO_REUSEADDR", .programs),
      Figure("bind() to a port in TIME_WAIT with SO_REUSEADDR", .programs),
    ], under: [[], [.keepsAddress]], settings: ["tcp_max_tw_buckets"])

  static let connectInTimeWait = Declaration(
    [
      Figure("connect() within tcp_tw_reuse_delay", .operators, settings: ["tcp_tw_reuse_delay"]),
      Figure(
        "connect() after tcp_tw_reuse_delay", .operators,
        settings: ["tcp_tw_reuse_delay", "tcp_tw_reuse", "tcp_timestamps"],
        known: Known(
          "tcp_tw_reuse_delay came between Linux 6.12 and 6.18; before, it was one second.",
          .between("6.12", "6.18")),
        // tcp_tw_reuse 2, the default, is for loopback alone.
        circumstances: [.bench]),
    ], under: [[], [.setting("tcp_tw_reuse", "0")], [.setting("tcp_tw_reuse", "1")]],
    settings: ["tcp_max_tw_buckets"], given: [.init("ip_local_port_range", "one port")])

  static let samePortInTimeWait = Declaration(
    [
      Figure(
        "connect() from a port in TIME_WAIT that bind() gave", .programs,
        in: .underNone([.firstToClose(.accepted)]), settings: ["tcp_timestamps"]),
      Figure(
        "connect() to a port in TIME_WAIT from the same port", .programs,
        in: .underAny([.firstToClose(.accepted)])),
      Figure(
        "first number of a connection that follows in TIME_WAIT", .packets,
        in: .underNone([.setting("tcp_timestamps", "0")]), settings: ["tcp_timestamps"]),
    ], under: [[], [.setting("tcp_timestamps", "0")], [.firstToClose(.accepted)]],
    settings: ["tcp_max_tw_buckets"])

  static let segmentsInTimeWait = Declaration(
    [
      Figure("an old duplicate in TIME_WAIT", .packets, in: .byDefault),
      Figure(
        "a SYN with a lower number in TIME_WAIT", .programs, in: .conditional, settings: ["tcp_timestamps"]),
      Figure(
        "a SYN with a higher number in TIME_WAIT", .programs, in: .conditional, settings: ["tcp_timestamps"]),
    ], under: [[]] + Condition.SynTimestamp.allCases.map { [.timestampOfSyn($0)] },
    settings: ["tcp_max_tw_buckets"])

  static let assassination = Declaration(
    [
      Figure("an RST with another number in TIME_WAIT", .operators),
      Figure("an RST with the right number in TIME_WAIT", .operators, settings: ["tcp_rfc1337"]),
    ], under: [[], [.setting("tcp_rfc1337", "1")]], settings: ["tcp_max_tw_buckets"])

  static let crowd = Declaration(
    [Figure("TIME_WAITs of many closed connections", .operators)], under: [[.count(1000)]], isRecorded: false,
    isObserved: false)

  static let usedUpPorts = Declaration(
    [
      Figure("ports to one destination", .operators, settings: ["ip_local_port_range"]),
      Figure("connect() when each port to a destination is in TIME_WAIT", .operators),
      Figure("connect() to another destination at that moment", .operators),
      Figure("connect() at that moment with tcp_tw_reuse at 2", .operators),
    ], isRecorded: false, isObserved: false)
}
