package import Documents
package import Linux
import SystemPackage
import TCP
package import Traces

/// One connection on a bench: its two ends and their calls.
///
/// Its ``path`` moves segments, its ``waiting`` limits waits and notes what the machine held up, and its ``log`` has the
/// events. Everything happens on the caller's thread, one step after the other.
package final class Connection {
  package let bench: any Bench
  let observers: Observers
  package let log: Log
  package let waiting: Waiting
  package let path: Path
  /// The place of its own first event in the log.
  package let first: Int
  package let ends: Both<End>
  let names: Both<String>
  /// The party that connects.
  package let opener: Party
  var placed: Both<SequenceNumber?> = Both(nil)

  var longWrites = LongWrites()
  /// Lets a party read where its window is closed, though no step of a plan says so.
  var readsByItself: Both<Bool> = Both(false)
  /// Is told of each sysctl, socket option and path delay that a scenario sets; nil where nobody asks.
  package var circumstances: ((Condition) -> Void)? { didSet { path.circumstances = circumstances } }
  package var lastOutcome = Outcome.pending
  /// Gives sockets SO_REUSEADDR before bind(), as those of servers should have.
  package var reusesAddresses = true
  /// Makes the end that connects leave its port to the kernel, which must then have no other to choose than the one
  /// that the bench has set aside: one that bind() gave is treated in another way for as long as it is in use.
  package var leavesPort = false
  /// Set options of the socket that listens, before it does.
  package var beforeListen: [(borrowing Socket) throws -> Void] = []
  /// Set options of the socket that connects, before it does.
  package var beforeConnect: [(borrowing Socket) throws -> Void] = []
  /// Set options of every socket before it is bound.
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
    path = Path(on: bench, observers: observers, ends: ends, names: names, log: log, waiting: waiting)
    try benchStep("start the observers") {
      for observer in observers.running { try observer.begin(ends) }
    }
  }

  /// Tells that the connection's segments can be seen.
  package var seesSegments: Bool { bench.segmentObserver.ran }

  /// Lets every observer look. Nothing moves meanwhile, on a bench that holds its packets.
  package func look() throws(BenchError) { try path.look() }

  /// Moves one segment of this connection, and hands over what then has room in a send buffer.
  ///
  /// - Returns: the place of its event, or nil where none leaves before the deadline.
  func move(until deadline: Int64) throws -> Int? {
    guard let place = try path.move(until: deadline) else { return nil }
    longWrites.goOn(at: ends, in: log)
    try readOn()
    return place
  }

  /// The trace of all that was recorded.
  ///
  /// - Parameter hidden: the places of segments that are left out, with all that became of them.
  package func finish(_ variant: Variant, without hidden: Set<Int> = []) -> Trace {
    Trace(
      variant: variant, names: names,
      endpoints: ends.map(\.tuple.local), opener: opener, placed: placed,
      observers: observers.reports(on: bench),
      events: log.events
    ).without(segments: hidden).sorted()
  }
}

/// Options and settings that scenarios change.
extension Connection {
  /// Sets an option on this party's socket.
  package func setOption(of party: Party, _ change: (borrowing Socket) throws -> Void) throws {
    guard let socket = ends[party].socket else { return }
    try set(change, on: socket, of: party)
  }

  /// Sets options of a socket of the party's, and tells of those that have another value then.
  func set(_ change: (borrowing Socket) throws -> Void, on socket: Box<Socket>, of party: Party)
    throws(BenchError)
  {
    let before = circumstances == nil ? [:] : socket.value.optionValues()
    try benchStep("set an option of \(names[party])") { try change(socket.value) }
    guard let circumstances else { return }
    for (name, value) in socket.value.optionValues().sorted(by: { $0.key < $1.key })
    where before[name] != value {
      circumstances(Condition(name, value))
    }
  }

  /// The errno that the kernel has for this party's program, by name; nil where there is none.
  package func failure(of party: Party) throws -> String? {
    guard let socket = ends[party].socket else { return nil }
    return try benchStep("ask for the error of \(names[party])") { try socket.value.pendingError()?.name }
  }

  /// Takes a port for this party, at which nobody listens.
  package func reserve(_ party: Party) throws { ends[party].socket = try bound(ends[party]) }

  /// Runs `body` while this setting of the party's namespace has another value, and sets it back.
  ///
  /// - Returns: the reason why nothing was run: the namespace is not the bench's own, the kernel has no such setting, or it
  ///   refuses the value. Nil where `body` was run.
  package func withSetting(
    _ setting: String, _ value: String, at party: Party, _ body: () throws -> Void
  ) throws -> Reason? {
    let condition = Condition(setting, value)
    guard bench.isPrivate else { return .foreign(condition) }
    guard let before = try? bench.enter(party, { try Sysctl.read(setting) }) else {
      return .missing(condition)
    }
    do {
      try bench.enter(party) { try Sysctl.write(setting, value) }
    } catch let error as Errno {
      return .refused(condition, error)
    }
    defer { try? bench.enter(party) { try Sysctl.write(setting, before) } }
    circumstances?(Condition(condition.shortName, value))
    try body()
    return nil
  }
}
