import Linux

/// The packets that pass a loopback interface, each of which is given out when it has arrived.
///
/// A packet that left waits in a queue of the processor that sent it. On a busy machine what a program does next on
/// another processor can overtake it there: the FIN of a close() then arrives before the ACK that left earlier.
struct PassingPackets {
  private var queue: [(packet: CapturedPacket, hasArrived: Bool)] = []
  /// False once a packet was given out that was not seen to arrive: whatever hides arrivals hides the others, too.
  private var waits = true
  /// The longest wait for an arrival, in nanoseconds.
  private static let patience: Int64 = 500_000_000

  /// Takes up a packet that was captured, on its way out or in.
  mutating func note(_ captured: CapturedPacket) {
    if captured.outgoing { return queue.append((captured, false)) }
    waits = true
    let arrived = queue.firstIndex {
      !$0.hasArrived && $0.packet.bytes.prefix(captured.bytes.count).elementsEqual(captured.bytes)
    }
    if let arrived { queue[arrived].hasArrived = true }
  }

  /// The time until which the arrival of the next packet is waited for; nil where no packet is under way.
  var limit: Int64? { queue.first.map { $0.packet.time + Self.patience } }

  /// The next packet, in the order in which they left; nil where it has not arrived.
  mutating func next(at now: Int64) -> CapturedPacket? {
    guard let first = queue.first, let limit else { return nil }
    if !first.hasArrived {
      guard !waits || now >= limit else { return nil }
      waits = false
    }
    return queue.removeFirst().packet
  }
}
