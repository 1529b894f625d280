/// How long the kernel tries before it gives a connection up, as its settings have it.
///
/// Each is the sum of the pauses; the kernel's timers may make each pause longer by up to an eighth.
extension CensusSettings {
  /// What a SYN without an answer comes to, where the program has set neither TCP_SYNCNT nor TCP_USER_TIMEOUT.
  package struct Connecting: Hashable, Sendable {
    /// How often the SYN is sent again.
    package var retransmissions: Int
    /// Milliseconds from the first SYN until connect() fails.
    package var milliseconds: Int
  }

  package var connecting: Connecting? {
    guard let retries = synRetries, 0...255 ~= retries else { return nil }
    let linear = synLinearTimeouts ?? 0
    let longest = modelled(retries, from: Self.firstSynPause)
    var (sent, elapsed, pause) = (0, 0, Self.firstSynPause)
    while true {
      elapsed += pause
      // The kernel stops at the count, and, after the first one, when so much time has passed that as many would take
      // without the linear ones: with few retries and many linear ones the time comes first.
      if sent >= retries + linear || sent > 0 && elapsed >= longest {
        return Connecting(retransmissions: sent, milliseconds: elapsed)
      }
      sent += 1
      if sent > linear { pause = min(2 * pause, limit) }
    }
  }

  /// Milliseconds until an orphan is gone of whose FIN or data nothing is acknowledged, where the round trip is short.
  package var orphanTime: Int { modelled(orphanTries, from: Self.shortestPause) }

  /// How often an orphan sends again, where the round trip is short.
  package var orphanTries: Int { orphanRetries.map { $0 == 0 ? 8 : $0 } ?? 8 }

  /// Milliseconds until a connection that a process has is given up, where the round trip is short; nil where
  /// tcp_retries2 is not known.
  package var heldTime: Int? { retries.map { modelled($0, from: Self.shortestPause) } }

  /// Milliseconds until an orphan is gone whose peer answers each probe with a window of 0, from the first probe on.
  ///
  /// The kernel keeps it until the pause has grown to its limit, and then for as long as probes are missing of
  /// tcp_orphan_retries.
  package var probedOrphanTime: Int {
    var (elapsed, pause, probes) = (0, Self.shortestPause, 0)
    while pause < limit {
      elapsed += pause
      pause *= 2
      probes += 1
    }
    return elapsed + limit * (1 + max(0, (orphanRetries ?? 0) - probes))
  }

  private var limit: Int { max(1, retransmissionLimit ?? 120_000) }

  /// So many retransmissions with pauses that begin with this one and grow to the limit, in milliseconds.
  private func modelled(_ retries: Int, from first: Int) -> Int {
    var (elapsed, pause) = (0, first)
    for _ in 0...max(0, min(retries, 255)) {
      elapsed += pause
      pause = min(2 * pause, limit)
    }
    return elapsed
  }

  /// `TCP_TIMEOUT_INIT` and `TCP_RTO_MIN`.
  private static let firstSynPause = 1_000
  private static let shortestPause = 200
}
