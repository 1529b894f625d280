import TCP

extension Listener {
  /// `129 of 128`: more than the limit is full.
  var acceptText: String { "\(grouped(waiting))" + (limit.map { " of \(grouped($0))" } ?? "") }

  /// The same of a full queue, in words: `accept queue full (129 waiting, backlog 128)`.
  var fullText: String {
    "accept queue full (\(grouped(waiting)) waiting" + (limit.map { ", backlog \(grouped($0))" } ?? "") + ")"
  }

  var requestText: String {
    "\(grouped(requests))" + (requestLimit.map { " of \(grouped($0 * sharers))" } ?? "")
  }

  /// The faults of the listener, in a few words each.
  var remarks: [String] {
    var remarks: [String] = []
    if isFull { remarks.append("accept queue full") }
    if areRequestsFull { remarks.append("SYN queue full") }
    if notAccepted > 0 {
      remarks.append(
        "\(grouped(notAccepted)) not accepted in CLOSE_WAIT"
          + (sharers > 1 ? " (all listeners at this address)" : ""))
    }
    if unanswered > 0 { remarks.append("\(grouped(unanswered)) local connect() in SYN_SENT") }
    return remarks
  }
}

extension Census {
  /// The effects of a full queue, and under which condition.
  var listenerWarnings: [String] {
    var warnings: [String] = []
    if listeners.contains(where: \.isFull) {
      let last =
        settings.abortOnOverflow == 1
        ? " The last ACK of a handshake gets an RST (tcp_abort_on_overflow 1)."
        : " The last ACK of a handshake is dropped, but the client is already in ESTABLISHED."
      let end =
        settings.connecting.map {
          ", \(lasting($0.milliseconds)) if the client has the same settings as this machine"
        } ?? ""
      warnings.append(
        "While an accept queue is full (above its limit), every SYN is dropped. connect() waits, and fails with"
          + " ETIMEDOUT if the queue stays full\(end).\(last) The program must call accept() sooner or in more threads. A"
          + " larger backlog of listen() (at most net.core.somaxconn) helps only with short bursts.")
    }
    if listeners.contains(where: \.areRequestsFull) {
      warnings.append(
        settings.synCookies == 0
          ? "While a SYN queue is full, further SYNs are dropped (tcp_syncookies 0)."
          : "While a SYN queue is full, further SYNs are answered with SYN cookies (tcp_syncookies"
            + " \(settings.synCookies ?? 1)): such a client can connect while the accept queue has room.")
    }
    return warnings
  }

  /// The counters of the namespace; nil if nothing was refused.
  var listenCounters: String? {
    guard let overflows = counters.listenOverflows, let drops = counters.listenDrops, drops > 0 else {
      return nil
    }
    return
      "ListenOverflows \(grouped(Int(clamping: overflows))), ListenDrops \(grouped(Int(clamping: drops))) since this"
      + " network namespace was created"
  }

  /// Connections that got no TIME_WAIT; nil where there was none.
  var timeWaitOverflow: String? {
    guard let count = counters.timeWaitOverflow, count > 0 else { return nil }
    let limit = settings.maximumTimeWait.map { "tcp_max_tw_buckets \(grouped($0))" } ?? "tcp_max_tw_buckets"
    return
      "\(grouped(Int(clamping: count))) refused since this network namespace was created (TCPTimeWaitOverflow; \(limit)):"
      + " these connections went directly from FIN_WAIT or CLOSING to CLOSED."
  }
}
