import Documents
import Linux
import SystemPackage
import TCP
package import Traces

/// An observer that looks at both parties when nothing moves, and records the result.
///
/// The wire and the packet socket are no such observers: they are how a bench learns that something moved.
protocol Observer: AnyObject {
  var kind: ObserverKind { get }

  /// The part of its evidence that this kernel does not have, in one line; nil where there is none.
  var limit: String? { get }

  /// Prepares to watch these parties, of a connection that is not yet made.
  func begin(_ parties: Both<End>) throws(Errno)

  /// Records what is to be seen now, or has happened since the last look.
  func look(at parties: Both<End>, into log: Log) throws(Errno)

  /// Observations that the kernel could not hand over, since the connection began.
  func lost() throws(Errno) -> Int
}

extension Observer {
  var limit: String? { nil }
  func begin(_ parties: Both<End>) {}
  func lost() -> Int { 0 }
}

/// The observers of a bench: those that run, and for each that does not the reason.
package final class Observers {
  let running: [any Observer]
  private let missing: [ObserverReport]
  let left: Set<ObserverKind>

  /// Opens every observer that this bench and this process allow, but for those that are to be left out.
  package init(on bench: any Bench, without left: Set<ObserverKind> = []) {
    var running: [any Observer] = []
    var missing: [ObserverReport] = []
    for kind in ObserverKind.allCases {
      if left.contains(kind), kind != bench.segmentObserver.kind {
        missing.append(ObserverReport(kind: kind, reason: "left out"))
        continue
      }
      do {
        if let observer = try Observers.make(kind, on: bench) { running.append(observer) }
      } catch let error as Unavailable {
        missing.append(ObserverReport(kind: kind, reason: error.reason, replacedBy: error.replacedBy))
      } catch {
        missing.append(ObserverReport(kind: kind, reason: "\(error)"))
      }
    }
    if running.contains(where: { $0.kind == .sockDiag }),
      let place = running.firstIndex(where: { $0.kind == .proc }),
      let table = running[place] as? ProcObserver, Observers.isCostly(table)
    {
      running.remove(at: place)
      missing.append(
        ObserverReport(
          kind: .proc,
          reason: "the table is the whole machine's here, and reading so much of it would disturb runs",
          replacedBy: .sockDiag))
    }
    self.running = running
    self.missing = missing
    self.left = left
  }

  /// A table that takes longer to read than this, in nanoseconds, is left to sock_diag, which looks one socket up. The
  /// table of a private namespace is small and takes a tenth of that; where no size can be set (no
  /// tcp_child_ehash_entries) it is the machine's, and each look at both ends would cost milliseconds.
  private static let costlyReading: Int64 = 500_000

  /// Tells whether each of ten readings takes so long: a busy machine makes some of them long.
  private static func isCostly(_ table: ProcObserver) -> Bool {
    (0..<10).allSatisfy { _ in ((try? table.cost()) ?? 0) > costlyReading }
  }

  init(running: [any Observer], missing: [ObserverReport] = [], left: Set<ObserverKind> = []) {
    self.running = running
    self.missing = missing
    self.left = left
  }

  /// The same, but for one that is to be left out: others see what it sees.
  private convenience init(_ observers: Observers, without kind: ObserverKind) {
    self.init(
      running: observers.running.filter { $0.kind != kind },
      missing: observers.missing + [ObserverReport(kind: kind, reason: "left out")],
      left: observers.left.union([kind]))
  }

  /// Without /proc/net/tcp where sock_diag runs, which sees the same and more: to read the table takes longer than all
  /// other looks together.
  var withoutTable: Observers {
    let kinds = running.map(\.kind)
    return kinds.contains(.sockDiag) && kinds.contains(.proc) ? Observers(self, without: .proc) : self
  }

  /// The observer of this kind, or nil where the bench itself is it.
  private static func make(_ kind: ObserverKind, on bench: any Bench) throws -> (any Observer)? {
    switch kind {
    case .wire, .capture:
      if kind == bench.segmentObserver.kind { return nil }
      guard bench.segmentObserver.ran else { throw Unavailable(reason: "needs --on wire") }
      throw Unavailable(
        reason: kind == .wire
          ? "not on this bench: the capture sees every segment"
          : "not on this bench: the wire sees every segment",
        replacedBy: bench.segmentObserver.kind)
    case .sockDiag: return try SockDiagObserver(on: bench)
    case .tcpInfo: return TCPInfoObserver()
    case .proc: return try ProcObserver(on: bench)
    case .stateTracepoint: return try StateTracepointObserver()
    case .timerTracepoint: return try TimerTracepointObserver()
    case .reasonTracepoint:
      // Elsewhere nobody can tell whose packet the kernel frees.
      return bench.holdsPackets ? try ReasonObserver() : nil
    }
  }

  /// The report of each observer in a trace, in the order of their kinds.
  package func reports(on bench: any Bench) -> [ObserverReport] {
    var reports = missing + [bench.segmentObserver]
    for observer in running {
      if let failure = (observer as? ReasonObserver)?.failure {
        reports.append(ObserverReport(kind: observer.kind, reason: failure))
        continue
      }
      // One that cannot say what it lost is taken at its word otherwise: its kernel is older than Linux 6.0.
      reports.append(
        ObserverReport(
          kind: observer.kind, lost: (try? observer.lost()) ?? 0, limit: observer.limit))
    }
    let order = ObserverKind.allCases
    return reports.sorted { (order.firstIndex(of: $0.kind) ?? 0) < (order.firstIndex(of: $1.kind) ?? 0) }
  }
}

/// The reason why an observer cannot run here.
struct Unavailable: Error {
  var reason: String
  var replacedBy: ObserverKind?
}
