/// A connection in ESTABLISHED that stands still, and why.
package struct Stall: Hashable, Comparable, Sendable {
  package enum Cause: String, Hashable, Comparable, Sendable {
    /// Data is not acknowledged, though it was sent again at least twice.
    case retransmitting
    /// The peer's window is closed: its program does not read.
    case zeroWindow = "zero-window"

    package static func < (first: Self, second: Self) -> Bool { first.rawValue < second.rawValue }
  }

  package let cause: Cause
  package let owner: Owner
  package let peer: Peer

  package static func < (first: Stall, second: Stall) -> Bool {
    if first.cause != second.cause { return first.cause < second.cause }
    return first.owner != second.owner ? first.owner < second.owner : first.peer < second.peer
  }
}

extension FoundSocket {
  /// The reason why a connection in ESTABLISHED is stalled; nil if it is not.
  package var stall: Stall.Cause? {
    guard record.state == .established, let timer = record.timer else { return nil }
    switch timer.kind {
    case .zeroWindowProbe: return .zeroWindow
    case .retransmission: return timer.retries >= 2 ? .retransmitting : nil
    case .keepalive, .timeWait: return nil
    }
  }
}
