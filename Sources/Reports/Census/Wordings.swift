import TCP

/// The names of things of a census, in every format.

extension Owner {
  var text: String {
    switch self {
    case .processes(let processes):
      let shown = processes.prefix(8).map { "\($0.name)[\($0.number)]" }.joined(separator: " and ")
      return shown + (processes.count > 8 ? " and \(otherProcesses(processes.count - 8))" : "")
    case .kernel: return "no process (kept by the kernel)"
    case .orphan: return "no process (closed; the kernel will end them)"
    case .notAccepted(let listener): return "not accepted, in the queue of \(listener)"
    case .hidden(let user): return "process of user \(user), not visible without root"
    case .unknown(let user): return "process of user \(user), not found (in another container, or ended)"
    }
  }

  /// The same, with the processes of the listener that has not accepted.
  func text(in census: Census) -> String {
    guard case .notAccepted(let endpoint) = self else { return text }
    let listeners = census.listeners(at: endpoint)
    guard let first = listeners.first else { return text }
    let more = listeners.count > 1 ? ", and \(counted(listeners.count - 1, "listener")) more" : ""
    return "\(text) (\(first.acceptText) waiting): \(first.owner.text)\(more)"
  }
}

extension Census.Group {
  /// `3-9,12`; of several processes that do not have the same numbers, each one's.
  var descriptorText: String {
    let lists = descriptors.sorted { $0.key < $1.key }.map { ($0.key, ranges($0.value)) }
    guard let first = lists.first else { return "" }
    if lists.allSatisfy({ $0.1 == first.1 }) { return first.1 }
    return lists.map { "[\($0.0)] \($0.1)" }.joined(separator: ", ")
  }
}

extension Peer {
  var text: String {
    switch self {
    case .service(let endpoint): "to \(endpoint)"
    case .client(let address, let port): "from \(address) to port \(port) here"
    case .either(let address): "\(address) (both ports are ephemeral: direction unknown)"
    }
  }
}

extension Growth.Subject {
  var text: String {
    switch self {
    case .state(let state): state.rawValue
    case .owner(let state, let owner): "\(state.rawValue)  \(owner.text)"
    case .peer(let state, let peer): "\(state.rawValue)  \(peer.text)"
    }
  }
}

extension KernelTimer.Kind {
  var text: String {
    switch self {
    case .retransmission: "retransmission"
    case .keepalive: "keepalive"
    case .timeWait: "expire"
    case .zeroWindowProbe: "window probe"
    }
  }
}

extension Tally {
  /// Timers and the rest, in a few words each.
  func remarks(of state: State) -> [String] {
    var remarks: [String] = []
    for timer in timers {
      let number = timer.count == count ? "" : "\(grouped(timer.count)) "
      remarks.append("\(number)\(timer.kind.text) in \(span(timer.soonest, timer.latest))")
    }
    if untimed > 0, state != .timeWait {
      remarks.append(untimed == count ? "no timer" : "\(grouped(untimed)) without timer")
    }
    let probes = timers.contains { $0.kind == .zeroWindowProbe }
    if retries > 0, !probes { remarks.append("up to \(counted(retries, "retransmission"))") }
    if let silence { remarks.append("idle for up to \(age(silence))") }
    if state == .closeWait {
      if count > unreadSockets { remarks.append("\(grouped(count - unreadSockets)) with everything read") }
      if unreadSockets > 0 { remarks.append("\(grouped(unreadSockets)) with unread data") }
    }
    // A FIN that was not read is an octet in the kernel's queue, but none that a program misses.
    if unread > unreadSockets { remarks.append("\(grouped(unread)) bytes unread") }
    if unacknowledged > count { remarks.append("\(grouped(unacknowledged)) bytes unacknowledged") }
    return remarks
  }

  /// The same of connections that stand still: since when, and how much waits.
  func remarks(of cause: Stall.Cause) -> [String] {
    var remarks: [String] = []
    if let silence {
      remarks.append(
        cause == .zeroWindow ? "no data sent for up to \(age(silence))" : "idle for up to \(age(silence))")
    }
    if cause == .retransmitting { remarks.append("up to \(counted(retries, "retransmission"))") }
    if unacknowledged > 0 { remarks.append("\(grouped(unacknowledged)) bytes waiting") }
    return remarks
  }

  private func span(_ soonest: Int, _ latest: Int) -> String {
    let (first, last) = (age(soonest), age(latest))
    return first == last ? first : "\(first) to \(last)"
  }
}

/// Milliseconds as a person reads a waiting time: `0.4 s`, `59 s`, `12 min`, `3 h 20 min`, `2 d 4 h`.
func age(_ milliseconds: Int) -> String {
  let seconds = milliseconds / 1000
  switch seconds {
  case ..<10: return "\(milliseconds / 1000).\(milliseconds % 1000 / 100) s"
  case ..<120: return "\(seconds) s"
  case ..<7_200: return "\(seconds / 60) min"
  case ..<172_800: return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
  default: return "\(seconds / 86_400) d \(seconds % 86_400 / 3600) h"
  }
}

/// Ascending numbers as ranges: `3-9,12`.
func ranges(_ numbers: [Int]) -> String {
  var parts: [ClosedRange<Int>] = []
  for number in numbers {
    if let last = parts.last, number <= last.upperBound + 1 {
      parts[parts.count - 1] = last.lowerBound...max(last.upperBound, number)
    } else {
      parts.append(number...number)
    }
  }
  return parts.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
    .joined(separator: ",")
}
