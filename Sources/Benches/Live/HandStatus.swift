package import Documents
import TCP

/// A connection by hand as it is between two actions, for whoever decides on the next one.
package struct HandStatus: Equatable, Sendable {
  /// The segments that have left and have not arrived, oldest first.
  package var waiting: [WaitingSegment]
  /// The parties whose program has closed its descriptor.
  package var closed: Set<Party>
  /// The parties whose program holds a descriptor with something to read.
  package var readable: Set<Party>
  /// The party whose retransmission timer is the next of all that are armed; nil where the next one is another, or none is.
  package var retransmitting: Party?

  package init(
    waiting: [WaitingSegment] = [], closed: Set<Party> = [], readable: Set<Party> = [],
    retransmitting: Party? = nil
  ) {
    self.waiting = waiting
    self.closed = closed
    self.readable = readable
    self.retransmitting = retransmitting
  }
}

extension Hand {
  package func status() throws -> HandStatus {
    let sockets = try sockets()
    let timer = try nextTimer()
    return HandStatus(
      waiting: waiting, closed: Set(Party.allCases.filter(hasClosed)),
      readable: Set(Party.allCases.filter { hasDescriptor($0) && (sockets[$0]?.receiveQueue ?? 0) > 0 }),
      retransmitting: timer?.timer.kind == .retransmission ? timer?.party : nil)
  }
}
