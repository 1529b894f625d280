import Benches
import Documents
import Linux
import TCP
import Traces

/// The waits of a party that gets no answer, and the segments that it sends after each.
struct Schedule {
  /// The length that each wait for a timeout was set to, in nanoseconds.
  var waits: [Int64] = []
  /// The same of each wait for a loss probe. A probe is no retransmission by timeout, and no limit of retries counts
  /// it.
  var probeWaits: [Int64] = []
  /// The number of segments that a timeout sent again: limits such as tcp_retries2 count these.
  var timeouts: Int { sent.count - probeWaits.count }
  /// The part of them that was round trips, which `waits` are without.
  var roundTrips: Int64 = 0
  /// Segments, by the places of their events.
  var sent: [Int] = []
  /// The looks that found the timers.
  var looks: [Int?] = []
  /// The times of the trace between which it was over: not yet at the first, and at the second.
  var ended: (after: Int64, by: Int64) = (0, 0)
  /// The sum of all waits, as they were set.
  var total: Int64 { (waits + probeWaits).reduce(0, +) }

  /// The lengths of the waits, as a figure has them.
  var value: Value { waits.isEmpty ? "no timer" : .schedule(nanoseconds: waits) }
  var proof: [Int?] { sent + looks }
  /// A note on loss probes for the reader of the figure; empty where there was none.
  var noteOfProbes: String {
    switch probeWaits.count {
    case 0: ""
    case 1: "; a loss probe before them is not counted (tcp_early_retrans)"
    default: "; \(probeWaits.count) loss probes before them are not counted (tcp_early_retrans)"
    }
  }

  /// The number of times that a party is waited for at most. Where nothing shortens its schedule, that is for the
  /// kernel to say.
  static func rounds(under conditions: [Condition]) -> Int { conditions.contains(.waitedOut) ? 100 : 12 }
}

extension Connection {
  /// Follows a party whose timer is armed, from one time that it is due to the next, until its socket is gone or it is
  /// armed no more.
  ///
  /// However long the machine stops, the timers stay what they are: only where a look came so late that it cannot tell
  /// two constants apart the run is disturbed.
  ///
  /// - Parameters:
  ///   - since: when the timer was armed at the earliest.
  ///   - timeout: what the timers are multiples of; nil where they are constants.
  ///   - rounds: how often it is waited for at most; the timer that is armed then is read, and not waited for.
  ///   - hasConstants: whether each timer is one; one that is set to what is left of a time is none.
  ///   - name: what it sends, as a person is told.
  func follow(
    _ party: Party, since: Int64, timeout: RetransmissionTimeout? = nil, rounds: Int = 12,
    hasConstants: Bool = true, named name: String,
    _ isSent: (Segment) -> Bool
  ) throws -> Schedule {
    waiting.isPatient = true
    var schedule = Schedule()
    var since = since
    var retries: Int?
    for round in 0... {
      guard let armed = try armedTimer(of: party) else {
        // Another timer may have been armed and have fired since, and the socket be gone with it: each is as long as the
        // one before it, at least.
        let isGone = try (record(of: party)?.state ?? .closed) == .closed
        if isGone, let last = schedule.waits.last, !schedule.sent.isEmpty, now - since > last * 3 / 4 {
          try waiting.disturbed(because: .heldUp(.nanoseconds(now - since)))
        }
        break
      }
      try look()
      // Only a timeout counts as a retry: what left without one was a loss probe.
      let isRetransmission = timeout != nil && armed.timer.kind == .retransmission
      if isRetransmission, armed.timer.retries == retries, let wait = schedule.waits.popLast() {
        schedule.probeWaits.append(wait)
      }
      retries = isRetransmission ? armed.timer.retries : nil
      let arming = Arming(armed, since: since)
      guard let wait = arming.constant(of: timeout) ?? (hasConstants ? nil : arming.low) else {
        try waiting.disturbed(because: .lookedLate(.nanoseconds(arming.high - arming.low)))
        break
      }
      schedule.waits.append(wait)
      if timeout != nil { schedule.roundTrips += max(0, arming.low - wait) }
      schedule.looks.append(log.lastLook(at: party))
      if round == rounds { break }
      since = armed.began + arming.low - System.jiffy
      // The timer wheel fires up to an eighth late.
      let limit = arming.low + arming.low / 8 + 1_000_000_000
      let sent = try awaitTimer(
        of: party, named: name, left: .nanoseconds(arming.low), limit: .nanoseconds(limit), isSent)
      schedule.ended = (sent.after, now)
      guard let place = sent.place else { break }
      schedule.sent.append(place)
      // What leaves late is armed late.
      since = max(since, sent.after)
    }
    // An RST that goes with the end may have left behind the socket.
    try settle()
    return schedule
  }

  /// Measures how long a schedule lasted that was waited out: as long as all of its timers, and as much longer as they
  /// may fire late. The round trips that are in timeouts come on top.
  ///
  /// - Parameter isFar: whether those are to be told of: on a path without length they are nothing.
  func measureLength(
    _ figure: Figure, of schedule: Schedule, since: Int64, isFar: Bool = false, _ source: String
  ) throws {
    guard !schedule.waits.isEmpty else { return measure(figure, "no timer", "sock_diag", proof: []) }
    try measureTimer(
      figure, ran: schedule.ended.by - since, atLeast: schedule.ended.after - since, setTo: schedule.total,
      roundTrips: schedule.roundTrips, isFar: isFar, source,
      proof: schedule.proof)
  }

  /// Loses all that this party sends from here on.
  func silence(_ party: Party) {
    let silenced = party
    path.rules.insert({ _, party in party == silenced ? .drop : nil }, at: 0)
  }

  /// Measures a setting that says how often something is sent, where waiting for it would take minutes.
  func measureLimit(_ figure: Figure, at party: Party, _ settings: [String]) throws {
    let found = settings.compactMap { setting in
      (try? bench.enter(party) { try Sysctl.read("net.ipv4.\(setting)") }).map { "\(setting) \($0)" }
    }
    guard !found.isEmpty else {
      return cannotMeasure(figure, because: .notOnThisKernel("there is no \(settings[0])"))
    }
    measure(figure, .all(found.map(Value.words)), "the settings; not waited for", proof: [])
  }

  /// The end of the connection, as its program is told by the next read.
  func ending(of party: Party) throws -> Value {
    let reading = try read(by: party)
    return reading.end == .nothingYet ? "still open" : reading.ending
  }
}
