import Traces

extension Scenarios {
  /// The known differences of kernels in a sysctl, by the last part of its name.
  static let knownSettings: [String: Known] = [
    "tcp_syn_linear_timeouts": Known(
      "New between Linux 6.1 and 6.12: the first SYNs go out once a second.", .between("6.1", "6.12")),
    "tcp_backlog_ack_defer": Known(
      "New between Linux 6.1 and 6.12: one ACK for what waited in the backlog.", .between("6.1", "6.12")),
    "tcp_pingpong_thresh": Known(
      "New between Linux 6.1 and 6.12: when an interactive connection delays its ACKs.",
      .between("6.1", "6.12")),
    "tcp_rto_min_us":
      Known(
        "New between Linux 6.1 and 6.12: the least retransmission timeout, and the delayed ACK with it.",
        .between("6.1", "6.12")),
    "tcp_tw_reuse_delay": Known(
      "New between Linux 6.12 and 6.18: how old a TIME_WAIT must be to be used again.",
      .between("6.12", "6.18")),
    "tcp_rto_max_ms": Known(
      "New between Linux 6.12 and 6.18: the most that a retransmission timeout grows to.",
      .between("6.12", "6.18")),
    "tcp_ecn": Known(
      "Between Linux 6.12 and 6.18 Accurate ECN came: values up to 5.", .between("6.12", "6.18")),
    "tcp_ecn_option": Known("New between Linux 6.12 and 6.18, with Accurate ECN.", .between("6.12", "6.18")),
    "tcp_challenge_ack_limit": Known("1000 in Linux 5.10, no limit since.", .between("5.10", "6.1")),
    "somaxconn": Known("128 before Linux 5.4, 4096 since.", .with("5.4")),
  ]
}
