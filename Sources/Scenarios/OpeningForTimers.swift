import Benches
import Documents
import Linux
import TCP
import Traces

/// Connections whose timers are to be read: what a busy machine does to their opening must not be in them.
extension Stage {
  /// Opens a connection of a known length, however busy the machine is.
  ///
  /// The kernel counts its retries in time: it gives up at the first timeout after as long as so many retries of 200 ms
  /// would take. On a path without length that is a matter of milliseconds, and comes out one way or the other; a
  /// round trip of 60 ms puts each timeout well before or after it.
  ///
  /// - Parameter primes: whether an octet goes before. Without one the first timeout may be that of an earlier connection
  ///   to the same host, which the kernel remembers (tcp_no_metrics_save: 0).
  func openForTimers(far isFar: Bool = false, primes: Bool = false) throws {
    isPatient = true
    try listen()
    try shakeHands(delay: isFar ? 60_000_000 : 0)
    try call(.accept, by: opener.other)
    try settle()
    if primes, isFar { try primeUntilSteady() } else if primes { try prime(opener) }
    voidIfResent()
  }

  /// Primes until the timeout is no more than a floor and a round trip: what the kernel takes for variance at first, half
  /// of the round trip, and what a machine that stood still adds to it, goes away a quarter at a time, and a floor stays.
  ///
  /// On a slow processor, half of a round trip is more than the floor.
  private func primeUntilSteady() throws {
    var floors: [Int64] = []
    for _ in 0..<20 {
      try primeFar()
      guard let timeout = RetransmissionTimeout(try info(of: opener)) else { return }
      floors = floors.suffix(2) + [timeout.armed - timeout.roundTrip]
      // Timeouts are whole jiffies.
      if floors.count == 3, let least = floors.min(), let most = floors.max(), most - least <= System.jiffy {
        return
      }
    }
    recorder.record(.stall(nanoseconds: floors.last ?? 0))
  }

  /// As ``prime(_:)``, over the same way: a round trip that is much shorter than the first would count as variance, too.
  private func primeFar() throws {
    rules.insert({ _, _ in .hold }, at: 0)
    try call(.send(1), by: opener)
    try expect(opener, SegmentPattern(length: 1))
    rules.removeFirst()
    try pause(nanoseconds: 60_000_000)
    try release()
    try settle()
    try call(.receive(nil), by: opener.other)
  }

  /// The socket's retransmission timeout, which is to be a floor and a round trip: where the round trips varied by more
  /// than the floor, because the machine stood still, the play is void.
  func retransmissionTimeout(of party: Party) throws -> RetransmissionTimeout? {
    voidIfResent()
    let info = try info(of: party)
    let timeout = RetransmissionTimeout(info)
    // TCP_INFO has a quarter of the deviation that goes into the timeout.
    let deviation = Int64(info?[.rttvar] ?? 0) * 4000
    // TCP_INFO rounds it down.
    if let timeout, deviation + 5_000_000 >= timeout.floor { recorder.record(.stall(nanoseconds: deviation)) }
    return timeout
  }

  /// Whatever was sent again without being lost was so because the machine stood still.
  private func voidIfResent() {
    for party in Party.allCases {
      var sent: Set<SequenceNumber> = []
      for event in recorder.events where event.party == party {
        guard let segment = event.segment, segment.sequenceLength > 0 else { continue }
        if !sent.insert(segment.sequence).inserted { recorder.record(.stall(nanoseconds: 0)) }
      }
    }
  }
}
