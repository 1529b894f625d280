extension UndoneFix {
  private static let timer = "net/ipv4/tcp_timer.c"
  private static let input = "net/ipv4/tcp_input.c"
  private static let output = "net/ipv4/tcp_output.c"

  /// Timers, timeouts and probes.
  static let ofTimers = [
    UndoneFix(
      "window-timeout-signed", "tcp: use signed arithmetic in tcp_rtx_probe0_timed_out()",
      in: "tcp_rtx_probe0_timed_out", of: timer,
      fault: "a peer that has just sent an ACK counts as silent, and the connection times out",
      ("s32 rcv_delta", "u32 rcv_delta")),
    UndoneFix(
      "window-timeout-user", "tcp: avoid too many retransmit packets", in: "tcp_rtx_probe0_timed_out",
      of: timer,
      fault: "TCP_USER_TIMEOUT is ignored while data are sent again into a closed window",
      ("if (user_timeout)", "if (0)")),
    UndoneFix(
      "probe-timer-exact", "tcp: make TCP_USER_TIMEOUT accurate for zero window probes",
      in: "tcp_clamp_probe0_to_user_timeout", of: timer,
      fault: "TCP_USER_TIMEOUT at a closed window is noticed only when the next probe is due",
      ("if (!user_timeout || !icsk->icsk_probes_tstamp)", "if (1)")),
    UndoneFix(
      "probe-timer-expired", "tcp: make probe0 timer handle expired user timeout",
      in: "tcp_clamp_probe0_to_user_timeout", of: timer,
      fault: "a user timeout that is past gives a probe timer of weeks",
      ("max_t(int, remaining", "max_t(u32, remaining")),
    UndoneFix(
      "reneging-timer-kept", "tcp: fix wrong RTO timeout when received SACK reneging",
      in: "tcp_check_sack_reneging", of: input,
      fault: "the short timer after SACK reneging is replaced by the usual one",
      ("*ack_flag &= ~FLAG_SET_XMIT_TIMER;", ";")),
    UndoneFix(
      "reneging-deferral", "tcp: fix indefinite deferral of RTO with SACK reneging",
      in: "tcp_check_sack_reneging", of: input,
      fault: "each ACK defers the timer after SACK reneging again",
      (
        "*ack_flag & FLAG_SACK_RENEGING && *ack_flag & FLAG_SND_UNA_ADVANCED",
        "*ack_flag & FLAG_SACK_RENEGING"
      )),
    UndoneFix(
      "probe-timer-from-disorder", "tcp: fix TLP timer not set when CA_STATE changes from DISORDER to OPEN",
      in: "tcp_ack", of: input,
      fault: "no loss probe is scheduled by the ACK that ends Disorder",
      (
        "if (tcp_ack_is_dubious(sk, flag)) {",
        "if (flag & FLAG_SET_XMIT_TIMER) { tcp_set_xmit_timer(sk); flag &= ~FLAG_SET_XMIT_TIMER; }"
          + " if (tcp_ack_is_dubious(sk, flag)) {"
      )),
    UndoneFix(
      "one-probe-per-flight", "tcp: allow at most one TLP probe per flight", in: "tcp_send_loss_probe",
      of: output,
      fault: "a second loss probe is sent while the first is not acknowledged",
      ("if (tp->tlp_high_seq) goto rearm_timer;", ";")),
    UndoneFix(
      "timers-rounded-up", "tcp: fix excessive TLP and RACK timeouts from HZ rounding",
      in: "tcp_rack_mark_lost", of: "net/ipv4/tcp_recovery.c",
      fault: "the reordering timer is two ticks longer than needed",
      ("usecs_to_jiffies(timeout + TCP_TIMEOUT_MIN_US)", "usecs_to_jiffies(timeout) + TCP_TIMEOUT_MIN")),
    UndoneFix(
      "early-timeout-reno", "tcp: fix early ETIMEDOUT after spurious non-SACK RTO",
      in: "tcp_try_undo_loss", of: input,
      fault:
        "without SACK, a timeout that was undone leaves the time of its beginning, and a later one ends early",
      ("if (tcp_is_non_sack_preventing_reopen(sk)) return true;", ";")),
  ]
}
