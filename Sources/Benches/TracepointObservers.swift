import Documents
import Linux
import SystemPackage
import TCP
import Traces

/// Sees every transition of a full socket, as the kernel says it itself. Not TIME_WAIT, nor a passive open's SYN_RECV
/// before the last ACK: those are minisockets.
final class StateTracepointObserver: Observer {
  let kind = ObserverKind.stateTracepoint
  private let tracepoint: Box<Tracepoint>
  private var lostBefore: UInt64 = 0

  init() throws {
    do {
      // The whole machine is seen, and thousands of connections of others would fill the buffer.
      let ports = PortNumbers.all
      tracepoint = Box(
        try Tracepoint.open(
          StateChange.tracepoint, filter: "sport >= \(ports.lowerBound) && sport <= \(ports.upperBound)"))
    } catch {
      throw Unavailable(reason: Tracepoint.availability(named: StateChange.tracepoint) ?? "\(error)")
    }
  }

  func begin(_ parties: Both<End>) throws(Errno) {
    _ = try tracepoint.value.drain()
    lostBefore = try tracepoint.value.lost() ?? 0
  }

  func look(at parties: Both<End>, into log: Log) throws(Errno) {
    for sample in try tracepoint.value.drain() {
      guard let change = StateChange(sample, format: tracepoint.value.format),
        let party = Party.allCases.first(where: { change.belongs(to: parties[$0]) })
      else { continue }
      if change.new != .listen { parties[party].kernelSocket = change.socket }
      log.record(
        .transition(from: change.old, to: change.new), party: party, observer: kind, at: change.time)
    }
  }

  func lost() throws(Errno) -> Int { Int((try tracepoint.value.lost() ?? lostBefore) - lostBefore) }
}

extension StateChange {
  /// True if this is the end's socket. The tracepoint does not name the namespace; ports and addresses must do.
  fileprivate func belongs(to end: End) -> Bool {
    tuple.local.port == end.tuple.local.port && tuple.local.address == end.tuple.local.address
      && tuple.remote.port == end.tuple.remote.port
  }
}

/// Sees which kernel timer is armed, and for how long: TIME_WAIT's 60 s at once, without waiting for them.
final class TimerTracepointObserver: Observer {
  let kind = ObserverKind.timerTracepoint
  private let tracepoint: Box<Tracepoint>
  private let addresses: TimerAddresses
  private var lostBefore: UInt64 = 0

  init() throws {
    do {
      addresses = try TimerAddresses.here()
      tracepoint = Box(try Tracepoint.open(TimerStart.tracepoint, filter: addresses.filter))
    } catch {
      // Asked only now: the answer takes as long as the opening itself.
      throw Unavailable(reason: TimerStart.availability() ?? "\(error)")
    }
  }

  func begin(_ parties: Both<End>) throws(Errno) {
    _ = try tracepoint.value.drain()
    lostBefore = try tracepoint.value.lost() ?? 0
  }

  func look(at parties: Both<End>, into log: Log) throws(Errno) {
    for sample in try tracepoint.value.drain() {
      guard let start = TimerStart(sample, format: tracepoint.value.format, addresses: addresses),
        let party = owner(of: start, among: parties)
      else { continue }
      log.record(
        .timer(name: start.function.rawValue, nanoseconds: start.jiffies * System.jiffy), party: party,
        observer: kind, at: start.time)
    }
  }

  /// The party whose socket the timer lies in. A minisocket's timer lies in none that is known: it is left out
  /// unless it can be nobody else's.
  private func owner(of start: TimerStart, among parties: Both<End>) -> Party? {
    Party.allCases.first {
      parties[$0].kernelSocket.map(start.lies(inSocket:)) ?? false
    }
  }

  func lost() throws(Errno) -> Int { Int((try tracepoint.value.lost() ?? lostBefore) - lostBefore) }
}
