extension DeliberateChange {
  static var settings: [DeliberateChange] {
    [
      .setting("tcp_timestamps", "0", "connect() from a port in TIME_WAIT that bind() gave"),
      .setting("tcp_rfc1337", "1", "an RST with the right number in TIME_WAIT"),
      .setting("tcp_early_retrans", "0", "what sends a lost segment again"),
      .setting("tcp_fastopen", "0", "where the first data travels"),
      .setting("tcp_ecn", "1", "flags of the handshake"),
      .setting("tcp_keepalive_time", "600", "what ends an idle connection"),
      .setting("tcp_max_tw_buckets", "0", "left of the connection at the end that closed first"),
    ]
  }
}
