package import TCP

/// What it means that sockets are in a state, and what a person can do about it.
package struct Advice: Equatable, Sendable {
  package var meaning: String
  package var action: String

  /// nil for states that no census counts.
  package init?(on state: State, settings: CensusSettings) {
    let orphanTries = settings.orphanRetries.map { $0 == 0 ? 8 : $0 } ?? 8
    switch state {
    case .closeWait:
      meaning =
        "The peer has closed; the program here has not called close() yet. No sysctl ends this, and no timer, unless"
        + " SO_KEEPALIVE is on: it lasts as long as the descriptor stays open."
      action =
        "A bug in the program named below: find where it does not close after recv() gave 0 or an error (pool, error"
        + " path, a descriptor that a child inherited). Ending the process frees them. Those without a process wait"
        + " for accept()."
    case .finWait1:
      meaning =
        "This end has sent its FIN, and the peer's ACK of it is missing; the kernel sends again, with longer and longer"
        + " pauses."
      action =
        "Usual for one round trip. Many that stay: the peer is gone, a firewall drops, or it reads no more (window 0)."
        + " Orphans give up after \(orphanTries) tries (tcp_orphan_retries); TCP_USER_TIMEOUT bounds the others."
    case .finWait2:
      let timeout = settings.finTimeout.map { "\($0) s (tcp_fin_timeout)" } ?? "tcp_fin_timeout"
      meaning =
        "The peer has acknowledged this end's FIN and has not closed its own side: there it is in CLOSE_WAIT."
      action =
        "The peer's program must close. Orphans end after \(timeout); a socket that a process only shut down with"
        + " SHUT_WR never does: let it read with a timeout, then close."
    case .lastAck:
      meaning =
        "The peer closed first, then this end; the ACK of this end's FIN is missing and the FIN is sent again."
      action =
        "Usual for one round trip. Many that stay: the peer is gone or a firewall drops. Nothing to do here:"
        + " orphans give up after \(orphanTries) tries (tcp_orphan_retries)."
    case .closing:
      meaning = "Both ends closed at once; the ACK of this end's FIN is missing. TIME_WAIT follows."
      action = "Rare and short. Many that stay: ACKs are lost between the two."
    case .synSent:
      let tries = settings.synRetries.map { " after sending \($0) times again (tcp_syn_retries)" } ?? ""
      meaning = "connect() is under way: the SYN has no answer yet. It fails with ETIMEDOUT\(tries)."
      action =
        "Nobody answers there: a firewall that drops, a host that is down, a listener whose queue is full. Look from"
        + " the peer's side, and give the program a timeout of its own."
    case .timeWait:
      meaning =
        "This end sent the first FIN. The kernel keeps the four-tuple for 60 s, so that late segments meet no new"
        + " connection. No process has it, and it costs some 250 octets: normal, even in masses."
      action =
        "Nothing, unless the ports to one destination run out (see Ports). 60 s is a constant: tcp_fin_timeout does not"
        + " change it. Keep connections open and use them again, or let the peer close first. "
        + reuse(settings)
        + " To restart a server on its port: SO_REUSEADDR. SO_LINGER 0 sends RST instead, and data may be lost."
    case .closed, .listen, .synReceived, .established: return nil
    }
  }
}

/// What tcp_tw_reuse does as it is set.
private func reuse(_ settings: CensusSettings) -> String {
  let delay =
    settings.timeWaitReuseDelay.map { " after \(readable(nanoseconds: Int64($0) * 1_000_000))" } ?? ""
  switch settings.timeWaitReuse {
  case 0: return "tcp_tw_reuse is 0: with 1, connect() may take such a port again."
  case 1: return "tcp_tw_reuse is 1: connect() may take such a port again\(delay)."
  case 2:
    return "tcp_tw_reuse is 2: connect() may take such a port again\(delay), on loopback only; 1 for all."
  default: return "With tcp_tw_reuse = 1, connect() may take such a port again."
  }
}
