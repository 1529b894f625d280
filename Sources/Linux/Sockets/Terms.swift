internal import TCP

/// The terms of the SYNs, for a connection that had none.
///
/// The defaults are an ordinary connection's over a network whose packets have 1500 octets.
package struct Terms: Hashable, Sendable {
  /// The largest segment that may be sent, in octets without headers.
  package var maximumSegmentSize = 1460
  /// The shift of windows at both ends, 0 to 14; nil for a connection without the option.
  package var windowScale: Int? = 7
  /// Without SACK the kernel sends no tail loss probe either.
  package var permitsSack = true
  package var usesTimestamps = false
  /// Octets that each end is ready to take when the connection begins. Not more than the kernel itself offers
  /// at the start: it does not take a window back.
  package var window = 64_000

  package init() {}
}

extension Terms {
  /// `struct tcp_repair_opt` for each option: its kind in a header, and what the other end said with it.
  var options: [UInt8] {
    var options: [(kind: UInt32, value: UInt32)] = [(2, UInt32(clamping: maximumSegmentSize))]
    // The shift of what is sent in the low half, of what is received in the high.
    if let windowScale { options.append((3, UInt32(clamping: windowScale) * 0x10001)) }
    if permitsSack { options.append((4, 0)) }
    if usesTimestamps { options.append((8, 0)) }
    return options.flatMap { $0.kind.octets + $0.value.octets }
  }

  /// The windows of an end that has offered and been offered this one, and has received nothing yet.
  func windows(receiving: SequenceNumber) -> RepairedWindow {
    let window = UInt32(clamping: window)
    return RepairedWindow(
      lastUpdate: receiving, send: window, largest: window, own: window, offeredAt: receiving)
  }
}
