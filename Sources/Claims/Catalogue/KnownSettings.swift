extension Catalogue {
  /// What is known of how kernels differ in a sysctl (`net.ipv4.tcp_syn_linear_timeouts`), in a sentence; nil for nothing.
  package static func known(ofSetting name: String) -> String? {
    settings[String(name.dropFirst(name.hasPrefix("net.ipv4.") ? 9 : 0))]
  }

  private static let settings = [
    "tcp_syn_linear_timeouts": "New between Linux 6.1 and 6.12: the first SYNs go out once a second.",
    "tcp_backlog_ack_defer": "New between Linux 6.1 and 6.12: one ACK for what waited in the backlog.",
    "tcp_pingpong_thresh": "New between Linux 6.1 and 6.12: when an interactive connection delays its ACKs.",
    "tcp_rto_min_us":
      "New between Linux 6.1 and 6.12: the least retransmission timeout, and the delayed ACK with it.",
    "tcp_tw_reuse_delay": "New between Linux 6.12 and 6.18: how old a TIME_WAIT must be to be used again.",
    "tcp_rto_max_ms": "New between Linux 6.12 and 6.18: the most that a retransmission timeout grows to.",
    "tcp_ecn": "Between Linux 6.12 and 6.18 Accurate ECN came: values up to 5.",
    "tcp_ecn_option": "New between Linux 6.12 and 6.18, with Accurate ECN.",
    "tcp_challenge_ack_limit": "1000 in Linux 5.10, no limit since.",
    "somaxconn": "128 before Linux 5.4, 4096 since.",
  ]
}
