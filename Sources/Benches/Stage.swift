package import Documents
package import Linux
import SystemPackage
import TCP
package import Traces

/// One connection on a bench: its two ends, what moves between them, and the record of it.
///
/// Everything happens on the caller's thread, one step after the other.
package final class Stage {
  package let bench: any Bench
  let observers: Observers
  package let log: Log
  package let waiting: Waiting
  /// Where its own events begin in the record.
  let first: Int
  package let ends: Both<End>
  let names: Both<String>
  /// The party that connects.
  package let opener: Party
  var placed: Both<SequenceNumber?> = Both(nil)

  /// Segments that have left each party and have not been taken by a step, by the places of their events.
  var untaken: Both<[Int]> = Both([])
  /// What a party's next segment must be like to be lost.
  var losses: Both<SegmentPattern?> = Both(nil)
  /// The time at which the filter that loses what a party sends was taken away, on the monotonic clock in nanoseconds.
  var lossEnded: Both<Int64> = Both(0)
  /// Octets that have left each party beyond those that the cells so far stand for.
  var surplus: Both<Int> = Both(0)
  /// The numbers of each party's last octets that left in several segments, and were not acknowledged since.
  var runs: Both<(first: SequenceNumber, end: SequenceNumber)?> = Both(nil)
  /// Of each party, a write that the kernel has not yet taken as a whole.
  var longWrites: Both<LongWrite?> = Both(nil)
  /// What becomes of segments; see ``Fate``. Only where the bench holds its packets.
  package var rules: [Rule] = []
  var held: [(departure: Departure, place: Int)] = []
  /// Is told of each sysctl, socket option and path delay that a scenario sets; nil where nobody asks.
  package var circumstances: ((Condition) -> Void)?
  package var lastOutcome = Outcome.pending
  /// Whether sockets have SO_REUSEADDR before bind(), as those of servers should.
  package var reusesAddresses = true
  /// Whether the end that connects leaves its port to the kernel, which must then have no other to choose than the one
  /// that the bench has set aside: one that bind() gave is treated in another way for as long as it is in use.
  package var leavesPort = false
  /// What is set on the socket that listens, before it does.
  package var beforeListen: [(borrowing Socket) throws -> Void] = []
  /// What is set on the socket that connects, before it does.
  package var beforeConnect: [(borrowing Socket) throws -> Void] = []

  /// What is set on every socket before it is bound.
  package var beforeBind: [(borrowing Socket) throws -> Void] = []

  /// Sets up the ends of a connection that is not yet made: ports are chosen, nothing is sent.
  package init(
    on bench: any Bench, observers: Observers, names: Both<String>, opener: Party,
    log: Log = Log()
  ) throws(BenchError) {
    self.log = log
    waiting = Waiting(log: log)
    first = log.nextPlace
    self.bench = bench
    self.observers = observers
    self.names = names
    self.opener = opener
    let ports = bench.nextPorts()
    let local = Both(
      left: Endpoint(bench.addresses.left, ports.left), right: Endpoint(bench.addresses.right, ports.right))
    ends = Both(
      left: End(party: .left, tuple: FourTuple(local: local.left, remote: local.right)),
      right: End(party: .right, tuple: FourTuple(local: local.right, remote: local.left)))
    try benchStep("start the observers") {
      for observer in observers.running { try observer.begin(ends) }
    }
  }

  /// Plays another connection between the same hosts before this one, on ports of its own. It leaves nothing in this
  /// one's record, and is reset when it goes.
  package func playBefore(_ body: (Stage) throws -> Void) throws {
    let stage = try Stage(on: bench, observers: observers, names: names, opener: opener)
    stage.waiting.progress = waiting.progress
    stage.circumstances = circumstances
    try body(stage)
    // However long it took, nothing of this connection was held up by it.
    waiting.resume()
  }

  /// Whether the connection's segments can be seen.
  package var seesSegments: Bool { bench.segmentObserver.ran }

  /// Lets every observer look. Nothing moves meanwhile, on a bench that holds its packets.
  package func look() throws(BenchError) {
    try benchStep("look at the sockets") {
      for observer in observers.running { try observer.look(at: ends, into: log) }
    }
    waiting.stepEnded()
  }

  /// The party that sent the packet, or nil where it belongs to another connection.
  func sender(of packet: Packet) -> Party? {
    Party.allCases.first {
      ends[$0].tuple == FourTuple(local: packet.source, remote: packet.destination)
    }
  }

  /// The trace of all that was recorded.
  package func finish(_ play: Play) -> Trace {
    Trace(
      play: play, names: names,
      endpoints: ends.map(\.tuple.local), opener: opener, placed: placed,
      observers: observers.reports(on: bench),
      events: log.events
    ).sorted()
  }
}
