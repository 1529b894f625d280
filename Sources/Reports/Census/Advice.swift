package import TCP

/// What it means that sockets are in a state, and what a person can do about it: under the settings of this machine,
/// and for the sockets that are there.
package struct Advice: Equatable, Sendable {
  package var meaning: String
  package var action: String

  /// nil for states that no census counts.
  package init?(on group: Census.StateGroup, in census: Census) {
    let settings = census.settings
    switch group.state {
    case .closeWait:
      meaning =
        "The peer has closed; the program here has not called close(). Such a socket stays as long as a descriptor of"
        + " it is open. Only the other end can end it sooner: by an RST, or when it leaves keepalives (SO_KEEPALIVE) or"
        + " data without an answer."
      action = closeWait(group)
    case .finWait1:
      meaning =
        "This end has sent its FIN, and the peer's ACK of it is missing; the kernel sends again, with longer and longer"
        + " pauses."
      action =
        "Usual for one round trip. Many that stay: the peer is gone, a firewall drops, or the peer's program does not"
        + " read (window 0). " + endings(of: group, settings)
    case .finWait2:
      meaning =
        "The peer has acknowledged this end's FIN and has not closed its own side: there it is in CLOSE_WAIT."
      let timeout = settings.finTimeout.map { "\($0) s (tcp_fin_timeout)" } ?? "tcp_fin_timeout"
      var sentences = ["The peer's program must close."]
      if group.hasOrphans {
        sentences.append(
          "Those without a process end \(timeout) after the peer was heard last, unless the program had set another"
            + " time by TCP_LINGER2.")
      }
      if group.hasHolders {
        sentences.append(
          "Those of a process were only shut down for sending (SHUT_WR): they stay until it or the peer closes. Let it read with"
            + " a timeout, then close.")
      }
      action = sentences.joined(separator: " ")
    case .lastAck:
      meaning =
        "The peer closed first, then this end; the ACK of this end's FIN is missing and the FIN is sent again."
      action =
        "Usual for one round trip. Many that stay: the peer is gone or a firewall drops. "
        + endings(of: group, settings)
    case .closing:
      meaning = "Both ends closed at once; the ACK of this end's FIN is missing. TIME_WAIT follows."
      action =
        "Rare and short. Many that stay: ACKs are lost between the two. " + endings(of: group, settings)
    case .synSent:
      meaning =
        "connect() is under way: the SYN has no answer yet."
        + (settings.connecting.map { failure($0, settings) } ?? "")
      action = unanswered(census)
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

extension Census.StateGroup {
  fileprivate var hasOrphans: Bool { owners.contains { $0.key == .orphan } }

  fileprivate var hasHolders: Bool {
    owners.contains {
      switch $0.key {
      case .processes, .hidden, .unknown: true
      case .kernel, .orphan, .notAccepted: false
      }
    }
  }

  fileprivate func has(_ kind: KernelTimer.Kind) -> Bool { tally.timers.contains { $0.kind == kind } }
}

/// Who must close what is in CLOSE_WAIT.
private func closeWait(_ group: Census.StateGroup) -> String {
  var sentences: [String] = []
  let isShared = group.owners.contains {
    if case .processes(let all) = $0.key { all.count > 1 } else { false }
  }
  if group.hasHolders {
    sentences.append(
      "A bug in the programs named below: find where they do not close after recv() gave 0 or an error (pool, error"
        + " path, a descriptor that a child inherited).")
    sentences.append(
      isShared
        ? "Where a row names several processes, all of them hold the same sockets: those leave CLOSE_WAIT when the last"
          + " of them closes or ends."
        : "A socket leaves CLOSE_WAIT when its process closes it or ends.")
  }
  if group.owners.contains(where: { if case .notAccepted = $0.key { true } else { false } }) {
    sentences.append(
      "Those that are not accepted wait for accept() at the listener that is named: its program does not keep up, or"
        + " hangs. They go with the listening socket, when the last process that holds it closes or ends.")
  }
  return sentences.joined(separator: " ")
}

/// When the kernel gives up those that wait for an ACK of their FIN.
private func endings(of group: Census.StateGroup, _ settings: CensusSettings) -> String {
  var sentences: [String] = []
  if group.hasOrphans {
    let tries = settings.orphanTries
    sentences.append(
      "Without a process: given up after \(lasting(settings.orphanTime)) when the peer acknowledges nothing"
        + " (tcp_orphan_retries: \(counted(tries, "retransmission")) from 200 ms on; up to twice as long where the"
        + " round trip is long).")
    if group.has(.zeroWindowProbe) {
      sentences.append(probed(settings))
    }
  }
  if group.hasHolders {
    let time = settings.heldTime.map { " after \(lasting($0)) (tcp_retries2)" } ?? " (tcp_retries2)"
    sentences.append(
      "Of a process: given up\(time), or TCP_USER_TIMEOUT, when the peer acknowledges nothing; while it answers with"
        + " window 0, only after TCP_USER_TIMEOUT.")
  }
  return sentences.joined(separator: " ")
}

/// The time at which the kernel gives up orphans whose peer answers with window 0.
private func probed(_ settings: CensusSettings) -> String {
  let beginning = "Those with a window probe have a peer that answers with window 0: while it does, they "
  guard settings.orphanRetries != nil else { return beginning + "stay until tcp_orphan_retries ends them." }
  guard let end = settings.probedOrphan else {
    return beginning + "stay: the pause between probes never grows to tcp_rto_max_ms (tcp_retries2"
      + " \(settings.retries ?? 15)). Only the peer, or its RST, ends them."
  }
  let cause =
    end.isUnanswered
    ? "when \(counted(settings.orphanRetries ?? 0, "probe")) in a row had no answer (tcp_orphan_retries; a Linux peer"
      + " answers one in \(settings.invalidRateLimit ?? 500) ms, its tcp_invalid_ratelimit)"
    : "when the pause has grown to tcp_rto_max_ms"
  let later = end.isUnanswered ? "" : " One that was closed later than that goes when its next probe is due."
  return beginning
    + "are given up after \(counted(end.probes, "probe")), usually \(lasting(end.milliseconds)) after"
    + " the window closed, \(cause).\(later)"
}

/// When connect() fails, and by which settings.
private func failure(_ end: CensusSettings.Connecting, _ settings: CensusSettings) -> String {
  let retries = settings.synRetries ?? 0
  let linear = settings.synLinearTimeouts ?? 0
  let sum = linear + retries == end.retransmissions && linear > 0
  let names =
    linear == 0
    ? "tcp_syn_retries"
    : sum
      ? "tcp_syn_linear_timeouts \(linear) + tcp_syn_retries \(retries)"
      : "tcp_syn_retries \(retries), tcp_syn_linear_timeouts \(linear)"
  return " It fails with ETIMEDOUT after \(counted(end.retransmissions, "retransmission")) (\(names)),"
    + " \(lasting(end.milliseconds)) after the first SYN, if nothing answers and the program has set neither"
    + " TCP_SYNCNT nor TCP_USER_TIMEOUT."
}

private func unanswered(_ census: Census) -> String {
  let here = census.listeners.filter { $0.unanswered > 0 }
  let general =
    "Nobody answers there: a firewall that drops, a host that is down, a listener whose queue is full. Look from the"
    + " peer's side, and give the program a timeout of its own."
  guard !here.isEmpty else { return general }
  // Listeners that share an endpoint share those who call it.
  let places = Dictionary(here.map { ($0.endpoint, $0) }) { first, _ in first }.values
  let count = places.reduce(0) { $0 + $1.unanswered }
  return (count == 1 ? "1 calls a listener" : "\(grouped(count)) call listeners")
    + " of this machine: see Listeners. " + general
}

/// What tcp_tw_reuse does as it is set.
private func reuse(_ settings: CensusSettings) -> String {
  let delay = readable(nanoseconds: Int64(settings.reuseDelay) * 1_000_000)
  if settings.timestamps == 0 {
    return "connect() cannot take such a port again: that needs timestamps, and tcp_timestamps is 0."
  }
  let condition = "\(delay) after it began, if the connection had timestamps"
  switch settings.timeWaitReuse {
  case 0: return "tcp_tw_reuse is 0: connect() takes no such port again; with 1 it may, \(condition)."
  case 1: return "tcp_tw_reuse is 1: connect() may take such a port again \(condition)."
  case 2:
    return
      "tcp_tw_reuse is 2: connect() may take such a port again on loopback, \(condition); with 1 anywhere."
  default: return "With tcp_tw_reuse 1 connect() may take such a port again, \(condition)."
  }
}

/// A length of time that the kernel's timers may make longer by up to an eighth: `131 to 148 s`, `15 to 18 min`.
func lasting(_ milliseconds: Int) -> String {
  let longest = milliseconds + milliseconds / 8
  switch milliseconds {
  case ..<10_000:
    return "\(tenths(milliseconds)) to \(tenths(longest + 99)) s"
  case ..<600_000:
    return "\(milliseconds / 1_000) to \(grouped((longest + 999) / 1_000)) s"
  default:
    return "\(grouped(milliseconds / 60_000)) to \(grouped((longest + 59_999) / 60_000)) min"
  }
}

private func tenths(_ milliseconds: Int) -> String { "\(milliseconds / 1_000).\(milliseconds % 1_000 / 100)" }
