/// The time until the kernel gives a connection up, under its settings.
///
/// Each is the sum of the pauses; the kernel's timers may make each pause longer by up to an eighth.
extension CensusSettings {
  /// The end of a SYN without an answer, if the program has set neither TCP_SYNCNT nor TCP_USER_TIMEOUT.
  package struct Connecting: Hashable, Sendable {
    /// The number of retransmissions of the SYN.
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

  /// The number of retransmissions of an orphan with a short round trip.
  package var orphanTries: Int { orphanRetries.map { $0 == 0 ? 8 : $0 } ?? 8 }

  /// Milliseconds until a connection that a process has is given up, where the round trip is short; nil where
  /// tcp_retries2 is not known.
  package var heldTime: Int? { retries.map { modelled($0, from: Self.shortestPause) } }

  /// The end of an orphan whose peer answers its probes with a window of 0.
  package struct Probing: Hashable, Sendable {
    /// The number of probes that it sends.
    package var probes: Int
    /// Milliseconds from the closing of the window until it is gone, where the round trip is short.
    package var milliseconds: Int
    /// Tells whether probes without an answer are what ends it; else it is that the pause has grown to its limit.
    package var isUnanswered: Bool

    package init(probes: Int, milliseconds: Int, isUnanswered: Bool) {
      self.probes = probes
      self.milliseconds = milliseconds
      self.isUnanswered = isUnanswered
    }
  }

  /// The end of such an orphan, where it was one when the window closed and its peer is set as this machine is; nil
  /// where it stays for as long as its peer answers, or the settings are not known.
  ///
  /// The kernel ends it (`tcp_probe_timer`) when tcp_orphan_retries probes in a row have no answer, and when the pause
  /// is as long as it may be and has been doubled that often. A Linux peer leaves a probe without an answer that comes
  /// within tcp_invalid_ratelimit of the last one that it has answered.
  package var probedOrphan: Probing? {
    guard let setting = orphanRetries else { return nil }
    var (elapsed, probes, unanswered, doublings) = (0, 0, 0, 0)
    var answered: Int?
    while probes < 1_000 {
      let pause = min(Self.shortestPause << doublings, limit)
      elapsed += pause
      let isLongest = pause == limit
      if isLongest, doublings >= setting {
        return Probing(probes: probes, milliseconds: elapsed, isUnanswered: false)
      }
      if unanswered >= (setting == 0 && !isLongest ? 8 : setting) {
        return Probing(probes: probes, milliseconds: elapsed, isUnanswered: true)
      }
      probes += 1
      if let last = answered, elapsed - last < answerPause {
        unanswered += 1
      } else {
        (answered, unanswered) = (elapsed, 0)
      }
      // The kernel doubles no further than this; the shift here stays in its range.
      doublings = min(doublings + 1, retries ?? 15, 40)
    }
    return nil
  }

  /// Milliseconds between two answers to a probe at least.
  private var answerPause: Int { invalidRateLimit ?? 500 }

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
