extension UndoneFix {
  private static let input = "net/ipv4/tcp_input.c"
  private static let output = "net/ipv4/tcp_output.c"

  /// Recovery, congestion windows, ECN and acknowledgments.
  static let ofRecovery = [
    UndoneFix(
      "undo-without-retransmit", "tcp: fix to allow timestamp undo if no retransmits were sent",
      in: "tcp_packet_delayed", of: input,
      fault: "a recovery that has retransmitted nothing is not undone",
      ("return true;", "return false;")),
    UndoneFix(
      "undo-without-sack", "tcp: fix tcp_packet_delayed() for tcp_is_non_sack_preventing_reopen()",
      in: "tcp_packet_delayed", of: input,
      fault: "without SACK, a recovery is undone although it has retransmitted",
      ("if (!tcp_is_sack(tp) && !before(tp->snd_una, tp->high_seq)) return false;", ";")),
    UndoneFix(
      "undo-counts-probe", "tcp: fix incorrect undo caused by DSACK of TLP retransmit",
      in: "tcp_init_undo", of: input,
      fault: "the DSACK of a loss probe undoes a recovery that was needed",
      ("if (tp->tlp_high_seq && tp->tlp_retrans) tp->undo_retrans++;", ";")),
    UndoneFix(
      "undo-counts-segments", "tcp: fix tp->undo_retrans accounting in tcp_sacktag_one()",
      in: "tcp_sacktag_one", of: input,
      fault: "a DSACK of several segments is counted as one",
      ("max_t(int, 0, tp->undo_retrans - pcount)", "tp->undo_retrans - 1")),
    UndoneFix(
      "recovery-starts-clock", "tcp: fix tcp_enter_recovery() to zero retrans_stamp when it's safe",
      in: "tcp_enter_recovery", of: input,
      fault: "a recovery begins with the clock of an earlier one",
      ("tcp_retrans_stamp_cleanup(sk);", ";")),
    UndoneFix(
      "fast-open-keeps-clock", "tcp: fix TFO SYN_RECV to not zero retrans_stamp with retransmits out",
      in: "tcp_rcv_synrecv_state_fastopen", of: input,
      fault: "the handshake's end clears the clock of a recovery that runs",
      ("tcp_retrans_stamp_cleanup(sk);", "tp->retrans_stamp = 0;")),
    UndoneFix(
      "fast-open-single-undo", "tcp: fix TFO SYNACK undo to avoid double-timestamp-undo",
      in: "tcp_rcv_synrecv_state_fastopen", of: input,
      fault: "the handshake's end undoes a loss a second time",
      ("== TCP_CA_Loss && !tp->packets_out", "== TCP_CA_Loss")),
    UndoneFix(
      "fast-open-failed-loss", "tcp: fix tcp_rcv_fastopen_synack() to enter TCP_CA_Loss for failed TFO",
      in: "tcp_rcv_fastopen_synack", of: input,
      fault: "data of a SYN that were refused are sent again without a congestion state",
      ("tcp_non_congestion_loss_retransmit(sk);", "tcp_xmit_retransmit_queue(sk);")),
    UndoneFix(
      "marked-lost-resent", "tcp: fix marked lost packets not being retransmitted",
      in: "tcp_verify_retransmit_hint", of: input,
      fault: "a lost segment before the place of the last retransmission is not sent again",
      ("&& tp->retrans_out >= tp->lost_out", "")),
    UndoneFix(
      "cwnd-limited-kept", "tcp: fix tcp_cwnd_validate() to not forget is_cwnd_limited",
      in: "tcp_cwnd_validate", of: output,
      fault: "a window that was full counts as not used when more segments leave",
      (
        "(!tp->is_cwnd_limited && tp->packets_out > tp->max_packets_out)",
        "tp->packets_out > tp->max_packets_out"
      )),
    UndoneFix(
      "cwr-withdrawn", "tcp: fix tcp_ecn_withdraw_cwr() to clear TCP_ECN_QUEUE_CWR",
      in: "tcp_ecn_withdraw_cwr", of: input,
      fault: "an undone reduction still sends CWR, and an ECE that is owed is forgotten",
      ("TCP_ECN_QUEUE_CWR", "TCP_ECN_DEMAND_CWR")),
    UndoneFix(
      "cwr-on-pure-ack", "tcp: don't ignore ECN CWR on pure ACK", in: "tcp_ecn_accept_cwr", of: input,
      fault: "CWR on a segment without data is ignored, and ECE goes on",
      (
        "if (tcp_hdr(skb)->cwr)",
        "if (tcp_hdr(skb)->cwr && TCP_SKB_CB(skb)->seq != TCP_SKB_CB(skb)->end_seq)"
      )),
    UndoneFix(
      "ack-of-full-push", "tcp: fix delayed ACKs for MSS boundary condition", in: "tcp_measure_rcv_mss",
      of: input,
      fault: "one full segment with PSH is acknowledged only after the delay",
      ("if (TCP_SKB_CB(skb)->tcp_flags & TCPHDR_PSH)", "if (0)")),
    UndoneFix(
      "quick-ack-counting", "tcp: fix quick-ack counting to count actual ACKs of new data",
      in: "tcp_dec_quickack_mode", of: "include/net/tcp.h",
      fault: "segments that acknowledge nothing new use up the quick acknowledgments",
      ("inet_csk_ack_scheduled(sk) ? 1 : 0", "1")),
    UndoneFix(
      "dsack-not-too-long", "tcp: fix tcp_ofo_queue() to avoid including too much DUP SACK range",
      in: "tcp_ofo_queue", of: input,
      fault: "the next DSACK tells of octets that did not arrive twice",
      ("dsack = TCP_SKB_CB(skb)->end_seq;", "dsack_high = TCP_SKB_CB(skb)->end_seq;")),
    UndoneFix(
      "out-of-order-grows-window", "tcp: grow window for OOO packets only for SACK flows",
      in: "tcp_data_queue_ofo", of: input,
      fault: "without SACK, segments out of order change the window, so their ACKs are no duplicates",
      ("if (tcp_is_sack(tp)) tcp_grow_window(sk, skb, false);", "tcp_grow_window(sk, skb, false);")),
    UndoneFix(
      "window-update-after-wrap", "tcp: fix to update snd_wl1 in bulk receiver fast path",
      in: "tcp_rcv_established", of: input,
      fault: "after 2 GB received in one direction, window updates are ignored",
      ("tcp_update_wl(tp, TCP_SKB_CB(skb)->seq);", ";")),
  ]
}
