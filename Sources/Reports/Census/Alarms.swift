import TCP

/// A line of the overview that every report for a person begins with.
struct Alarm: Equatable {
  var text: String
  var tone: Tone
}

extension Census {
  /// The problems that an operator should look at, the most urgent first: what refuses connections now, what stands still,
  /// then the states by how much they tell of a fault.
  var alarms: [Alarm] {
    var alarms: [Alarm] = []
    for listener in listeners where listener.isFull || listener.areRequestsFull {
      let queue =
        listener.isFull
        ? "drops SYNs, \(listener.fullText)" : "SYN queue full, \(listener.requestText)"
      alarms.append(
        Alarm(text: "LISTEN \(listener.endpoint) \(listener.owner.shortText): \(queue)", tone: .bad))
    }
    for use in ports where use.isNearlyUsedUp || use.isNearlyBound {
      alarms.append(
        Alarm(
          text:
            "Ports to \(use.destination) from \(use.source): \(grouped(use.left)) of \(grouped(use.available)) left"
            + " for connect(), \(grouped(use.bindable)) for bind() to port 0", tone: .bad))
    }
    if alarms.count > 4 {
      let more = alarms.count - 3
      alarms =
        alarms.prefix(3) + [
          Alarm(text: "\(grouped(more)) more problems: see Listeners and Ports", tone: .bad)
        ]
    }
    for cause in [Stall.Cause.zeroWindow, .retransmitting] {
      let groups = stalls.filter { $0.key.cause == cause }
      guard let first = groups.first else { continue }
      let count = groups.reduce(0) { $0 + $1.tally.count }
      let longest = groups.compactMap(\.tally.silence).max().map { ", for up to \(age($0))" } ?? ""
      alarms.append(
        Alarm(
          text: "Stalled \(grouped(count)) \(cause.text)\(longest): \(first.key.peer.text),"
            + " \(first.key.owner.shortText)", tone: .bad))
    }
    for group in urgentStates {
      alarms.append(Alarm(text: summary(of: group), tone: group.state == .closeWait ? .bad : .plain))
    }
    return alarms
  }

  /// The states, those that tell of a fault first.
  var urgentStates: [StateGroup] {
    let order: [State] = [.closeWait, .synSent, .lastAck, .finWait1, .closing, .finWait2, .timeWait]
    return order.compactMap { state in states.first { $0.state == state } }
  }

  /// `CLOSE_WAIT 54: 50 of leak[12], 4 of other processes`.
  private func summary(of group: StateGroup) -> String {
    let count = "\(group.state.rawValue) \(grouped(group.tally.count))"
    guard let first = group.owners.first else { return count }
    let others = group.tally.count - first.tally.count
    guard others > 0 else { return "\(count): \(first.key.shortText)" }
    let own = grouped(first.tally.count)
    let told =
      switch first.key {
      case .processes(let processes) where processes.count > 1: "\(own) shared by \(first.key.shortText)"
      case .processes: "\(own) of \(first.key.shortText)"
      case .notAccepted, .kernel, .orphan, .hidden, .unknown: "\(own) \(first.key.shortText)"
      }
    return "\(count): \(told), \(grouped(others)) of others"
  }
}

extension Owner {
  /// The same in a few words: of several processes the first.
  var shortText: String {
    switch self {
    case .processes(let processes):
      let first = processes.prefix(1).map { "\($0.name)[\($0.number)]" }.joined()
      return processes.count > 1 ? "\(first) and \(otherProcesses(processes.count - 1))" : first
    case .notAccepted(let listener): return "not accepted at \(listener)"
    case .kernel, .orphan: return "no process"
    case .hidden: return "hidden"
    case .unknown: return "process not visible"
    }
  }
}

/// `1 other process`.
func otherProcesses(_ count: Int) -> String {
  count == 1 ? "1 other process" : "\(grouped(count)) other processes"
}

extension Stall.Cause {
  var text: String {
    switch self {
    case .zeroWindow: "with window 0"
    case .retransmitting: "retransmitting"
    }
  }

  /// The meaning of the cause, what ends it, and under which condition.
  func meaning(_ settings: CensusSettings) -> String {
    switch self {
    case .zeroWindow:
      return
        "The peer's window is 0, because its program does not read. The kernel sends window probes as long as the peer"
        + " answers, unless TCP_USER_TIMEOUT is set. Check the peer's program."
    case .retransmitting:
      let end =
        settings.heldTime.map { ", \(lasting($0)) after the first loss if the round trip is short" } ?? ""
      return
        "Data was retransmitted at least twice and is not acknowledged: the peer or the path is down. Without an answer"
        + " the connection ends with ETIMEDOUT (tcp_retries2, or TCP_USER_TIMEOUT)\(end)."
    }
  }
}
