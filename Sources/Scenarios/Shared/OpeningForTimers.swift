import Benches
import Documents
import Linux
import TCP
import Traces

/// Connections whose timers are to be read: what a busy machine does to their opening must not be in them.
extension Connection {
  /// Opens a connection of a known length, however busy the machine is.
  ///
  /// The kernel counts its retries in time: it gives up at the first timeout after as long as so many retries of 200 ms
  /// would take. On a path without length that is a matter of milliseconds, and comes out one way or the other; a
  /// round trip of 60 ms puts each timeout well before or after it.
  ///
  /// - Parameter primes: whether an octet goes before. Without one the first timeout may be that of an earlier
  ///   connection to the same host, which the kernel remembers (tcp_no_metrics_save: 0).
  func openForTimers(far isFar: Bool = false, primes: Bool = false) throws {
    waiting.isPatient = true
    try listen()
    try shakeHands(delay: isFar ? .milliseconds(60) : .zero)
    try call(.accept, by: opener.other)
    try settle()
    if primes, isFar { try primeUntilSteady() } else if primes { try prime(opener) }
    try giveUpIfResent()
  }

  /// Primes until the timeout is no more than a floor and a round trip.
  ///
  /// The kernel takes half of the first round trip for variance, and so it does with the time for which a machine stood
  /// still. What that adds to a floor goes away by a quarter with each round trip. Where the deviation has always been
  /// less than the floor, nothing was added, and three steady timeouts tell; else six, after as many round trips as
  /// there are before ACKs are delayed, which would make them longer (TCP_MAX_QUICKACKS, 16).
  private func primeUntilSteady() throws {
    var floors: [Int64] = []
    var wasAboveFloor = false
    let rounds = 14
    for round in 0...rounds {
      if round > 0 { try primeFar() }
      let info = try info(of: opener)
      guard let timeout = RetransmissionTimeout(info) else { return }
      let floor = timeout.armed - timeout.roundTrip
      floors.append(floor)
      if Self.deviation(info) + 5_000_000 >= floor { wasAboveFloor = true }
      if !wasAboveFloor, isSteady(floors.suffix(3)) { return }
    }
    if !isSteady(floors.suffix(6)) {
      try waiting.disturbed(because: .slowRoundTrip(.nanoseconds(floors[rounds])))
    }
  }

  /// Tells whether these are the same but for rounding: timeouts are whole jiffies.
  private func isSteady(_ floors: ArraySlice<Int64>) -> Bool {
    guard floors.count >= 3, let least = floors.min(), let most = floors.max() else { return false }
    return most - least <= System.jiffy
  }

  /// The deviation of the round trips, in nanoseconds, of which TCP_INFO has a quarter (mdev_us in tcp_sock).
  private static func deviation(_ info: Info?) -> Int64 { Int64(info?[.rttvar] ?? 0) * 4000 }

  /// Does the same as ``prime(_:)``, over the same way: a round trip that is much shorter than the first would count as
  /// variance, too.
  private func primeFar() throws {
    path.rules.insert({ _, _ in .hold }, at: 0)
    try call(.send(1), by: opener)
    try expect(opener, SegmentPattern(length: 1))
    path.rules.removeFirst()
    try waiting.pause(.milliseconds(60))
    try path.release()
    try settle()
    try call(.receive(nil), by: opener.other)
  }

  /// The socket's retransmission timeout, which is to be a floor and a round trip: where the round trips varied by more
  /// than the floor, because the machine stood still, the run is disturbed.
  func retransmissionTimeout(of party: Party) throws -> RetransmissionTimeout? {
    try giveUpIfResent()
    let info = try info(of: party)
    let timeout = RetransmissionTimeout(info)
    let deviation = Self.deviation(info)
    // TCP_INFO rounds it down.
    if let timeout, deviation + 5_000_000 >= timeout.floor {
      try waiting.disturbed(because: .slowRoundTrip(.nanoseconds(deviation)))
    }
    return timeout
  }

  /// Whatever was sent again without being lost was so because the machine stood still.
  private func giveUpIfResent() throws {
    if Party.allCases.contains(where: hasTimerSent) { try waiting.disturbed(because: .resent) }
  }
}
