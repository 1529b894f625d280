extension UndoneFix {
  private static let tcp = "net/ipv4/tcp.c"
  private static let input = "net/ipv4/tcp_input.c"

  private static func ofDisconnect(_ name: String, _ field: String, _ subject: String) -> UndoneFix {
    UndoneFix(
      name, "tcp: clear \(subject) in tcp_disconnect()", in: "tcp_disconnect", of: tcp,
      fault: "a socket that is used again begins with an old counter",
      ("tp->\(field) = 0;", ";"))
  }

  /// Opening, closing, and what programs ask for.
  static let ofCalls = [
    ofDisconnect("disconnect-total-retrans", "total_retrans", "tp->total_retrans"),
    ofDisconnect("disconnect-delivered", "delivered", "tp->delivered"),
    ofDisconnect("disconnect-data-segs", "data_segs_out", "tp->data_segs{in|out}"),
    ofDisconnect("disconnect-segs", "segs_in", "tp->segs_{in|out}"),
    UndoneFix(
      "disconnect-fast-open", "tcp: Clear tcp_sk(sk)->fastopen_rsk in tcp_disconnect().",
      in: "tcp_disconnect", of: tcp,
      fault: "a Fast Open server's socket that is disconnected keeps its request",
      ("if (req)", "if (0)")),
    UndoneFix(
      "app-limited-at-first", "tcp: fix rate_app_limited to default to 1", in: "tcp_init_sock", of: tcp,
      fault: "the first rate counts as not limited by the program",
      ("tp->rate_app_limited = 1;", ";")),
    UndoneFix(
      "close-resets-when-needed", "tcp: fix __tcp_close() to only send RST when required",
      in: "__tcp_close", of: tcp,
      fault: "close() sends RST although everything was read, as with octets that were received again",
      ("after(end_seq, tcp_sk(sk)->copied_seq)", "end_seq != TCP_SKB_CB(skb)->seq")),
    UndoneFix(
      "abort-of-orphan", "tcp: fix forever orphan socket caused by tcp_abort", in: "tcp_abort", of: tcp,
      fault: "a socket without a program is not ended by SOCK_DESTROY",
      ("tcp_done_with_error(sk, err);", "if (!sock_flag(sk, SOCK_DEAD)) tcp_done_with_error(sk, err);"),
      (
        "if (tcp_need_reset(sk->sk_state))", "if (!sock_flag(sk, SOCK_DEAD) && tcp_need_reset(sk->sk_state))"
      )),
    UndoneFix(
      "shutdown-in-syn-recv", "tcp: defer shutdown(SEND_SHUTDOWN) for TCP_SYN_RECV sockets",
      in: "tcp_shutdown", of: tcp,
      fault: "shutdown() in SYN_RECV sends FIN at once",
      ("TCPF_ESTABLISHED | TCPF_SYN_SENT |", "TCPF_ESTABLISHED | TCPF_SYN_SENT | TCPF_SYN_RECV |")),
    UndoneFix(
      "crossed-syns-end", "tcp: Don't drop SYN+ACK for simultaneous connect().",
      in: "tcp_validate_incoming", of: input,
      fault: "the SYN+ACK of crossed SYNs is answered with a challenge, and connect() takes a second longer",
      ("if (sk->sk_state == TCP_SYN_RECV && sk->sk_socket && th->ack &&", "if (0 && th->ack &&")),
    UndoneFix(
      "ack-never-sent", "tcp: do not accept ACK of bytes we never sent", in: "tcp_ack", of: input,
      fault: "an ACK of octets before the connection's first is accepted",
      ("min_t(u64, tp->max_window, tp->bytes_acked)", "tp->max_window")),
    UndoneFix(
      "reset-in-syn-recv", "tcp: challenge ACK for non-exact RST in SYN-RECEIVED",
      in: "tcp_check_req", of: "net/ipv4/tcp_minisocks.c",
      fault: "a RST anywhere in the window ends a connection in SYN_RECV",
      ("TCP_SKB_CB(skb)->seq != tcp_rsk(req)->rcv_nxt) {", "0) {")),
    UndoneFix(
      "port-of-fin-wait-2", "tcp: avoid reusing FIN_WAIT2 when trying to find port in connect() process",
      in: "tcp_twsk_unique", of: "net/ipv4/tcp_ipv4.c",
      fault: "connect() takes a port whose connection is in FIN_WAIT2",
      ("if (READ_ONCE(tw->tw_substate) == TCP_FIN_WAIT2) reuse = 0;", ";")),
    UndoneFix(
      "low-water-small-window", "tcp: Prevent low rmem stalls with SO_RCVLOWAT.",
      in: "tcp_epollin_ready", of: "include/net/tcp.h",
      fault: "with SO_RCVLOWAT above the room that is left, a reader is never woken",
      ("|| (tcp_receive_window(tp) <= inet_csk(sk)->icsk_ack.rcv_mss)", "")),
    UndoneFix(
      "migrated-listener-woken", "tcp: call sk_data_ready() after listener migration",
      in: "inet_csk_listen_stop", of: "net/ipv4/inet_connection_sock.c",
      fault: "accept() of the listener that takes over a closed one's connections is not woken",
      ("READ_ONCE(nsk->sk_data_ready)(nsk);", ";")),
    UndoneFix(
      "empty-segment", "tcp: do not send empty skb from tcp_write_xmit()",
      in: "tcp_write_xmit", of: "net/ipv4/tcp_output.c",
      fault: "a writer that waits for memory sends an empty segment",
      ("if (TCP_SKB_CB(skb)->end_seq == TCP_SKB_CB(skb)->seq) break;", ";")),
    UndoneFix(
      "backlog-of-zero", "tcp/dccp: allow a connection when sk_max_ack_backlog is zero",
      in: "inet_csk_reqsk_queue_is_full", of: "include/net/inet_connection_sock.h",
      fault: "a listener with a backlog of 0 takes no connection",
      ("inet_csk_reqsk_queue_len(sk) >", "inet_csk_reqsk_queue_len(sk) >=")),
    UndoneFix(
      "autotuning-follows-ratio", "tcp: adjust rcvq_space after updating scaling ratio",
      in: "tcp_measure_rcv_mss", of: input,
      fault: "the receive buffer does not grow after a window clamp became smaller",
      ("if (tp->window_clamp < tp->rcvq_space.space)", "if (0)")),
  ]

  /// All of them.
  package static let all = ofTimers + ofRecovery + ofCalls
}
