/// The settings of a namespace in which time and limits do not come in the way of a machine.
package enum LearningSettings {
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
