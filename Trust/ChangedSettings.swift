extension DeliberateChange {
  /// Sysctls of the private namespaces, and the figures that must tell of each.
  static var settings: [DeliberateChange] {
    [
      .setting("tcp_timestamps", "0", "options of a SYN (by default)"),
      .setting("tcp_sack", "0", "SACK blocks while three segments are missing (by default)"),
      .setting("tcp_window_scaling", "0", "window scale option of a SYN (by default)"),
      .setting(
        "tcp_syn_linear_timeouts", "1", "SYN schedule (TCP_SYNCNT: 2)", "SYN retries by default (by default)"),
      .setting("tcp_syn_retries", "3", "SYN retries by default (by default)"),
      .setting("tcp_synack_retries", "2", "SYN+ACK retries by default (by default)"),
      .setting("tcp_retries2", "8", "retransmissions by default (by default)"),
      .setting("tcp_orphan_retries", "3", "FIN retries of an orphan by default (by default)"),
      .setting("tcp_fin_timeout", "30", "timer of an orphan in FIN_WAIT_2 (by default)"),
      .setting("tcp_rfc1337", "1", "an RST with the expected sequence number in TIME_WAIT (by default)"),
      .setting("tcp_ecn", "1", "flags of the handshake (by default)"),
      .setting(
        "tcp_rto_min_us", "100000", "timer with two segments in flight (tcp_early_retrans: 0)",
        "first retransmission timeout (tcp_early_retrans: 0, tcp_retries2: 2)"),
      .setting("tcp_rto_max_ms", "60000", "longest retransmission timeout (by default)"),
      .setting("tcp_invalid_ratelimit", "0", "answers to two SYNs in a row (by default)"),
      .setting(
        "tcp_early_retrans", "0", "what sends a lost segment again (in flight: 1)",
        "timer with two segments in flight (by default)"),
      .setting("tcp_fastopen", "0", "setsockopt(TCP_FASTOPEN_CONNECT) (by default)"),
      .setting(
        "tcp_slow_start_after_idle", "0", "the congestion window after idle time (TCP_CONGESTION: reno)"),
      .setting("tcp_keepalive_time", "600", "keepalive schedule (SO_KEEPALIVE: 1)"),
      .setting("tcp_keepalive_intvl", "30", "keepalive schedule (SO_KEEPALIVE: 1, TCP_KEEPIDLE: 1)"),
      .setting("tcp_keepalive_probes", "3", "keepalive probes without an answer (SO_KEEPALIVE: 1)"),
      .setting(
        "tcp_max_tw_buckets", "0",
        "state remaining at the end that closed first (second close(): after the ACK)"),
      .setting("tcp_tw_reuse", "1", "connect() after tcp_tw_reuse_delay (by default)"),
      .setting("tcp_tw_reuse_delay", "1", "connect() within tcp_tw_reuse_delay (tcp_tw_reuse: 1)"),
      .setting(
        "tcp_abort_on_overflow", "1",
        "answer to the last ACK of a handshake at a full accept queue (by default)"),
      .setting(
        "tcp_syncookies", "2", "state of the accepting end before the last ACK arrives (by default)"),
      .setting(
        "tcp_challenge_ack_limit", "100",
        "answers to a flood of RSTs in the window (tcp_invalid_ratelimit: 0)"),
      .setting("tcp_dsack", "0", "answer to data that came twice (by default)"),
      .setting(
        "tcp_pingpong_thresh", "3",
        "replies with data before the receiver delays an ACK (the receiver: replies)"),
      .setting("tcp_shrink_window", "1", "window of the ACK of a SYN+ACK (by default)"),
      .setting("tcp_base_mss", "1400", "largest segments as ACKs come (tcp_mtu_probing: 2)"),
      .setting("tcp_frto", "0", "counters of a timeout that F-RTO undoes (by default)"),
      .setting(
        "tcp_thin_linear_timeouts", "1",
        "retransmissions into a withdrawn window under TCP_USER_TIMEOUT (by default)"),
      .setting("ip_default_ttl", "63", "hop limit (by default)"),
      .setting("ip_no_pmtu_disc", "1", "fragmentation of a segment (by default)"),
      DeliberateChange(
        name: "somaxconn = 2", world: .setting("net.core.somaxconn", "2"),
        expected: ["requests that are kept after listen(4) (tcp_syncookies: 1)"]),
    ]
  }

  /// What no figure of a record tells of: that it was changed stands among the settings, and nowhere else.
  static let blind = ["tcp_reflect_tos", "ip_local_port_range"]
}
