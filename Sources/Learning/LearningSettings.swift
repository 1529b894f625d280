/// The settings of a namespace in which time and limits do not come in the way of a machine.
package enum LearningSettings {
  /// The least retransmission timeout of the route to the peer, in seconds: no timer of data fires. An orphan in FIN_WAIT_2
  /// stays a socket for 3.5 times as long, where the kernel has a minisocket else.
  package static let leastTimeout = 100

  /// Those that each kernel's namespaces have, and a script needs as well: each segment is answered, and no timer of a few
  /// milliseconds sends data again.
  package static let ofScripts = ["net.ipv4.tcp_invalid_ratelimit": "0", "net.ipv4.tcp_early_retrans": "0"]

  /// All. A kernel that lacks one of them never did otherwise, or has it for the whole machine.
  package static let all = ofScripts.merging(others) { own, _ in own }

  private static let others = [
    "net.ipv4.tcp_syncookies": "0", "net.ipv4.tcp_challenge_ack_limit": "2147483647",
    "net.ipv4.tcp_no_metrics_save": "1", "net.ipv4.tcp_rmem": "4096 6291456 6291456",
  ]
}
