import Documents
import Linux
package import TCP

/// The course of the kernel's retransmission timers while a person thinks.
package enum TimerCourse: String, CaseIterable, Sendable {
  /// The retransmission timeout is 50 s: less than TIME_WAIT, so that a FIN that is sent again still meets it.
  case frozen
  /// Each is as long as by default.
  case running
}

extension Wire {
  /// A wire for ``Hand``.
  ///
  /// - Throws: ``BenchError`` where the wire cannot be made here.
  package convenience init(forHands timers: TimerCourse, _ family: Family) throws(BenchError) {
    try self.init(
      family: family, settings: HostSettings(timers.settings),
      leastTimeout: timers == .frozen ? .seconds(50) : nil)
  }
}

extension TimerCourse {
  /// The settings of both hosts; one that a kernel lacks is left as it is.
  fileprivate var settings: [String: String] {
    // Pacing would hold segments back for as long as a person took for the round trip; and no connection is to know how
    // long an earlier one took.
    let common = [
      "net.ipv4.tcp_congestion_control": "reno", "net.ipv4.tcp_no_metrics_save": "1",
    ]
    switch self {
    case .running: return common
    case .frozen:
      return common.merging([
        // Without loss probes, which come sooner than any retransmission timeout.
        "net.ipv4.tcp_early_retrans": "0",
        // A SYN is sent again after 1, 3, 7, 15 s instead of after each of the first five seconds; and not given up.
        "net.ipv4.tcp_syn_linear_timeouts": "0", "net.ipv4.tcp_syn_retries": "100",
        "net.ipv4.tcp_synack_retries": "100",
        "net.ipv4.tcp_fin_timeout": "3600",
      ]) { _, frozen in frozen }
    }
  }
}
