package import TCP

/// The meaning of a state, and what a person can do about it: under the settings of this machine,
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
        "The peer has closed, but the program here has not called close(). The socket stays as long as one of its"
        + " descriptors is open. It ends earlier only if the peer sends an RST, or does not answer keepalive probes"
        + " (SO_KEEPALIVE) or data."
      action = closeWait(group)
    case .finWait1:
      meaning =
        "This end has sent its FIN, but the peer has not acknowledged it. The kernel retransmits with exponential"
        + " backoff."
      action =
        "Normal for one round trip. If many stay: the peer is down, a firewall drops segments, or the peer's program"
        + " does not read (window 0). " + endings(of: group, settings)
    case .finWait2:
      meaning =
        "The peer has acknowledged this end's FIN but has not closed. The peer's socket is in CLOSE_WAIT."
      let timeout = settings.finTimeout.map { "\($0) s (tcp_fin_timeout)" } ?? "tcp_fin_timeout"
      var sentences = ["The peer's program must close its socket."]
      if group.hasOrphans {
        sentences.append(
          "Sockets without a process end \(timeout) after the last segment from the peer, unless the program set"
            + " TCP_LINGER2.")
      }
      if group.hasHolders {
        sentences.append(
          "Sockets with a process were shut down with SHUT_WR. They stay until the process or the peer closes. The"
            + " process should read with a timeout, then close.")
      }
      action = sentences.joined(separator: " ")
    case .lastAck:
      meaning =
        "The peer closed first, then this end. The peer has not acknowledged this end's FIN; the kernel retransmits it."
      action =
        "Normal for one round trip. If many stay: the peer is down, or a firewall drops segments. "
        + endings(of: group, settings)
    case .closing:
      meaning =
        "Both ends closed at the same time, and this end's FIN is not acknowledged yet. TIME_WAIT follows."
      action =
        "Rare and short. If many stay: ACKs are lost on the path. " + endings(of: group, settings)
    case .synSent:
      meaning =
        "connect() has sent a SYN, and there is no answer yet."
        + (settings.connecting.map { failure($0, settings) } ?? "")
      action = unanswered(census)
    case .timeWait:
      meaning =
        "This end sent the first FIN. The kernel keeps the addresses and ports for 60 s, so that late segments cannot"
        + " reach a new connection. No process holds such a socket, and each uses about 250 bytes. Large numbers are normal."
      action =
        "Nothing, unless the ports to one destination run out (see Ports). The 60 s are a constant; tcp_fin_timeout"
        + " does not change them. To have fewer, reuse connections or let the peer close first. "
        + reuse(settings)
        + " To restart a server on its port, set SO_REUSEADDR. SO_LINGER 0 avoids TIME_WAIT with an RST, which may lose data."
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

/// Tells who must close the sockets in CLOSE_WAIT.
private func closeWait(_ group: Census.StateGroup) -> String {
  var sentences: [String] = []
  let isShared = group.owners.contains {
    if case .processes(let all) = $0.key { all.count > 1 } else { false }
  }
  if group.hasHolders {
    sentences.append(
      "This is a bug in the programs that hold these sockets. Find where they do not call close() after recv() returned 0"
        + " or an error: a connection pool, an error path, or a descriptor that a child process inherited.")
    sentences.append(
      isShared
        ? "If a row lists several processes, they share the sockets. The sockets leave CLOSE_WAIT when the last of these"
          + " processes closes them or ends."
        : "A socket leaves CLOSE_WAIT when its process closes it or ends.")
  }
  if group.owners.contains(where: { if case .notAccepted = $0.key { true } else { false } }) {
    sentences.append(
      "Connections that are not accepted wait in the queue of the listener shown: its program is too slow or hangs."
        + " They end when the last process that holds the listening socket closes it or ends.")
  }
  return sentences.joined(separator: " ")
}

/// Tells when the kernel drops sockets that wait for an ACK of their FIN.
private func endings(of group: Census.StateGroup, _ settings: CensusSettings) -> String {
  var sentences: [String] = []
  if group.hasOrphans {
    let tries = settings.orphanTries
    sentences.append(
      "Sockets without a process are dropped after \(lasting(settings.orphanTime)) if the peer acknowledges nothing"
        + " (tcp_orphan_retries: \(counted(tries, "retransmission")) from 200 ms on; up to twice as long if the"
        + " round trip is long).")
    if group.has(.zeroWindowProbe) {
      sentences.append(probed(settings))
    }
  }
  if group.hasHolders {
    let time = settings.heldTime.map { " after \(lasting($0)) (tcp_retries2)" } ?? " after tcp_retries2"
    sentences.append(
      "Sockets with a process are dropped\(time), or after TCP_USER_TIMEOUT, if the peer acknowledges nothing. While"
        + " the peer answers with window 0, only TCP_USER_TIMEOUT ends them.")
  }
  return sentences.joined(separator: " ")
}

/// The time at which the kernel gives up orphans whose peer answers with window 0.
private func probed(_ settings: CensusSettings) -> String {
  let beginning = "Sockets with window probes have a peer that answers with window 0. While it does, they "
  guard settings.orphanRetries != nil else { return beginning + "stay until tcp_orphan_retries ends them." }
  guard let end = settings.probedOrphan else {
    return beginning + "stay, because the interval between probes never reaches tcp_rto_max_ms (tcp_retries2"
      + " \(settings.retries ?? 15)). Only the peer, or its RST, ends them."
  }
  let cause =
    end.isUnanswered
    ? "after \(counted(settings.orphanRetries ?? 0, "probe")) in a row without an answer (tcp_orphan_retries; a Linux peer"
      + " answers one probe per \(settings.invalidRateLimit ?? 500) ms, its tcp_invalid_ratelimit)"
    : "when the interval between probes has reached tcp_rto_max_ms"
  let later =
    end.isUnanswered ? "" : " A socket that was closed after that time ends when its next probe is due."
  return beginning
    + "are dropped after \(counted(end.probes, "probe")), usually \(lasting(end.milliseconds)) after"
    + " the window closed, \(cause).\(later)"
}

/// Tells when connect() fails, and by which settings.
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
  return " connect() fails with ETIMEDOUT after \(counted(end.retransmissions, "retransmission")) (\(names)),"
    + " \(lasting(end.milliseconds)) after the first SYN, if nothing answers and the program has set neither"
    + " TCP_SYNCNT nor TCP_USER_TIMEOUT."
}

private func unanswered(_ census: Census) -> String {
  let here = census.listeners.filter { $0.unanswered > 0 }
  let general =
    "The peer does not answer: a firewall drops the SYN, the host is down, or the listener's queue is full. Check at"
    + " the peer, and set a timeout in the program."
  guard !here.isEmpty else { return general }
  // Listeners that share an endpoint share those who call it.
  let places = Dictionary(here.map { ($0.endpoint, $0) }) { first, _ in first }.values
  let count = places.reduce(0) { $0 + $1.unanswered }
  return (count == 1 ? "1 connects to a listener" : "\(grouped(count)) connect to listeners")
    + " of this machine: see Listeners. " + general
}

/// Explains the present value of tcp_tw_reuse.
private func reuse(_ settings: CensusSettings) -> String {
  let delay = readable(nanoseconds: Int64(settings.reuseDelay) * 1_000_000)
  if settings.timestamps == 0 {
    return "connect() cannot reuse such a port, because that needs timestamps and tcp_timestamps is 0."
  }
  let condition = "\(delay) after TIME_WAIT began, if the connection had timestamps"
  switch settings.timeWaitReuse {
  case 0: return "tcp_tw_reuse is 0: connect() never reuses such a port. With 1 it may, \(condition)."
  case 1: return "tcp_tw_reuse is 1: connect() may reuse such a port \(condition)."
  case 2:
    return
      "tcp_tw_reuse is 2: connect() may reuse such a port on loopback, \(condition). With 1 it may do so for every destination."
  default: return "With tcp_tw_reuse 1, connect() may reuse such a port \(condition)."
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
