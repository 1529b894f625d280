/// The entry of one socket in the kernel's tables at one moment (sock_diag, /proc/net/tcp).
package struct SocketRecord: Hashable, Codable, Sendable {
  package var tuple: FourTuple
  package var state: State
  /// The timer that is armed, or nil.
  package var timer: KernelTimer?
  /// Octets received and not read; of a listener, connections that wait for accept().
  package var receiveQueue: Int
  /// Octets (and a FIN) sent and not acknowledged; of a listener, the backlog.
  package var sendQueue: Int
  /// 0 where no descriptor has the socket: an orphan or a minisocket.
  package var inode: UInt64

  package init(
    tuple: FourTuple, state: State, timer: KernelTimer? = nil, receiveQueue: Int = 0, sendQueue: Int = 0,
    inode: UInt64 = 0
  ) {
    self.tuple = tuple
    self.state = state
    self.timer = timer
    self.receiveQueue = receiveQueue
    self.sendQueue = sendQueue
    self.inode = inode
  }
}

/// A timer that the kernel has armed for a socket (`idiag_timer`; column `tr` of /proc/net/tcp).
package struct KernelTimer: Hashable, Codable, Sendable {
  package enum Kind: String, Codable, Sendable {
    /// Retransmission, SYN+ACK retransmission or loss probe: the tables do not tell them apart.
    case retransmission
    case keepalive
    case timeWait = "time-wait"
    case zeroWindowProbe = "zero-window-probe"

    /// The kind that the kernel writes as this number; nil for 0, no timer, and for unknown ones.
    package init?(linux number: UInt8) {
      switch number {
      case 1: self = .retransmission
      case 2: self = .keepalive
      case 3: self = .timeWait
      case 4: self = .zeroWindowProbe
      default: return nil
      }
    }
  }

  package var kind: Kind
  /// Milliseconds until it fires.
  package var milliseconds: Int
  /// The number of times that it has fired for the same cause.
  package var retries: Int

  package init(kind: Kind, milliseconds: Int, retries: Int) {
    self.kind = kind
    self.milliseconds = milliseconds
    self.retries = retries
  }
}
