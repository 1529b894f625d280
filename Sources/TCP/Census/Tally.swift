/// The sums over the sockets of a group.
package struct Tally: Hashable, Sendable {
  package private(set) var count = 0
  /// Octets received that no program has read; a FIN counts as one.
  package private(set) var unread = 0
  /// Sockets of which something has not been read: of the others the program has seen the end of the stream, too.
  package private(set) var unreadSockets = 0
  /// Octets sent that the peers have not acknowledged; a FIN counts as one.
  package private(set) var unacknowledged = 0
  /// The most often that one of them has sent again for the same cause.
  package private(set) var retries = 0
  /// Milliseconds since the peer was last heard, of the socket that waits longest; nil where it is not told.
  package private(set) var silence: Int?
  /// The armed timers by their kind. Sockets without a timer are in none of them.
  package private(set) var timers: [Timers] = []

  /// The timers of one kind.
  package struct Timers: Hashable, Sendable {
    package let kind: KernelTimer.Kind
    package fileprivate(set) var count: Int
    /// Milliseconds until the first of them fires.
    package fileprivate(set) var soonest: Int
    /// Milliseconds until the last of them fires.
    package fileprivate(set) var latest: Int
  }

  package init() {}

  /// Sockets without a timer: nothing but a segment or a call will end their state.
  package var untimed: Int { count - timers.reduce(0) { $0 + $1.count } }

  package mutating func add(_ socket: FoundSocket) {
    count += 1
    unread += socket.record.receiveQueue
    if socket.record.receiveQueue > 0 { unreadSockets += 1 }
    unacknowledged += socket.record.sendQueue
    if let silence = socket.silence { self.silence = max(self.silence ?? 0, silence) }
    guard let timer = socket.record.timer else { return }
    retries = max(retries, timer.retries)
    let time = timer.milliseconds
    guard let known = timers.firstIndex(where: { $0.kind == timer.kind }) else {
      timers.append(Timers(kind: timer.kind, count: 1, soonest: time, latest: time))
      return
    }
    timers[known].count += 1
    timers[known].soonest = min(timers[known].soonest, time)
    timers[known].latest = max(timers[known].latest, time)
  }
}
