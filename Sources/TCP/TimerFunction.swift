/// The function that runs when one of TCP's timers is due, by the kernel's name.
package enum TimerFunction: String, Codable, CaseIterable, Sendable {
  /// Retransmission, of a SYN too; loss probe; zero-window probe.
  case write = "tcp_write_timer"
  /// Of a FIN_WAIT_2 that no descriptor has any more, its end.
  case keepalive = "tcp_keepalive_timer"
  case delayedAck = "tcp_delack_timer"
  /// The end of TIME_WAIT, or of an orphan in FIN_WAIT_2.
  case timeWait = "tw_timer_handler"
  /// The retransmission of a SYN+ACK.
  case request = "reqsk_timer_handler"
}
