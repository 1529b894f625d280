import TCP

extension PortUse {
  /// `3 of 28,232 left for connect() (28,229 used: 28,000 TIME_WAIT, 229 ESTABLISHED); 0 for bind()`.
  var text: String {
    let again = reusable > 0 ? ", of which \(grouped(reusable)) can be reused" : ""
    let parts = [(timeWait, "TIME_WAIT\(again)"), (established, "ESTABLISHED"), (others, "other")]
      .filter { $0.0 > 0 }.map { "\(grouped($0.0)) \($0.1)" }
    let blocked = blocked > 0 ? "; \(grouped(blocked)) more bound by programs" : ""
    return
      "\(mayBeFewer ? "at most " : "")\(grouped(left)) of \(grouped(available)) left for connect()"
      + " (\(grouped(used)) used: \(parts.joined(separator: ", "))\(blocked)); \(grouped(bindable)) for bind() to port 0"
  }

  /// True if ports count as left that have connections to other destinations: connect() passes over those that a program
  /// bound, and sock_diag does not show which they are.
  private var mayBeFewer: Bool { left > bindable }

  /// True if fewer than a tenth of the ports is left for connect().
  var isNearlyUsedUp: Bool { left * 10 < available }

  /// The same for bind() of a port that is not named.
  var isNearlyBound: Bool { bindable * 10 < available }

  /// The effects of few ports left, and under which condition; none where there are plenty.
  func warnings(_ settings: CensusSettings) -> [String] {
    var warnings: [String] = []
    if isNearlyUsedUp {
      let beginning =
        left == 0
        ? "connect() to \(destination) from \(source) fails with EADDRNOTAVAIL until a port is free."
        : "connect() to \(destination) from \(source) fails with EADDRNOTAVAIL when none is left."
      warnings.append(
        beginning + rate(settings)
          + " Reuse connections, add source addresses, add destination addresses or ports, or widen"
          + " ip_local_port_range.")
    }
    if reusable > 0 {
      warnings.append(
        "TIME_WAIT ports are reused (tcp_tw_reuse \(settings.timeWaitReuse ?? 1)"
          + (settings.timeWaitReuse == 2 ? ", loopback" : "")
          + ") if their connections had timestamps, which both"
          + " ends must support.")
    }
    if isNearlyBound {
      warnings.append(
        "bind() of \(source) with port 0 fails with EADDRINUSE "
          + (bindable == 0 ? "now" : "when none is left for it")
          + " for every destination. With IP_BIND_ADDRESS_NO_PORT, connect() chooses the port instead, if one is left"
          + " for it.")
    }
    if mayBeFewer, isNearlyBound || isNearlyUsedUp {
      warnings.append(
        "A port that a program bound before connect() serves only one destination. The kernel does not show which ports"
          + " these are, so fewer may be left for connect().")
    }
    return warnings
  }

  /// The number of connections per second that the ports allow if this end closes first.
  private func rate(_ settings: CensusSettings) -> String {
    guard timeWait > 0 else { return "" }
    let time =
      settings.mayReuse(from: source, to: destination.address) ? max(1, settings.reuseDelay) : 60_000
    let (number, unit) =
      available * 1_000 >= time ? (available * 1_000 / time, "second") : (available * 60_000 / time, "minute")
    return
      " If this end closes first, each connection keeps its port for \(lengthOfTime(time)). That allows"
      + " \(counted(number, "connection")) per \(unit)."
  }

  private func lengthOfTime(_ milliseconds: Int) -> String {
    milliseconds == 60_000 ? "60 s" : readable(nanoseconds: Int64(milliseconds) * 1_000_000)
  }
}
