import ArgumentParser
import Benches
import Linux
import Reports
import Running
import TCP
import Traces

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows which benches and observers work on this machine, and what the others need.",
    discussion: """
      A bench is a place where tcpprobe makes connections: the wire (two network namespaces whose packets tcpprobe \
      carries) or loopback. An observer is a source of evidence, such as packets, tracepoints or TCP_INFO.

      Exit status: 0 at least one bench works, 2 none does.

      Examples:
        tcpprobe doctor
        tcpprobe doctor --format json | jq '.benches[] | select(.ready)'
      """)

  @ArgumentParser.Option(help: ArgumentHelp("The format of the report.", valueName: "terminal|json"))
  var format = ListFormat.terminal

  func run() throws {
    let report = Self.examine()
    try Failure.reporting {
      try Output.write(
        format == .json ? report.jsonReport() : report.terminalReport(style: .ofStandardOutput))
    }
    if !report.hasBench { throw ExitCode(2) }
  }

  /// Sets each bench up in each family, and opens its observers.
  private static func examine() -> DoctorReport {
    var report = DoctorReport(machine: .here(), processors: System.processorCount)
    let places = BenchKind.allCases.reversed().flatMap { kind in Family.allCases.map { (kind, $0) } }
    do { try BenchOptions.prepareProcess() } catch {
      let obstacle = obstacle(error)
      report.benches = places.map { .init(kind: $0.0, family: $0.1, obstacle: obstacle) }
      return report
    }
    var best: [ObserverKind: DoctorReport.Observer] = [:]
    for (kind, family) in places {
      do {
        let bench = try make(kind, family)
        report.benches.append(.init(kind: kind, family: family, limits: limits(of: bench)))
        for found in Observers(on: bench).reports(on: bench) {
          // Loopback only knows that it is no wire; why there is none, the wire itself has said.
          if let known = best[found.kind], known.obstacle == nil || found.kind == .wire { continue }
          best[found.kind] = .init(
            kind: found.kind,
            obstacle: found.reason.map {
              .init(reason: $0, remedy: found.replacedBy == nil ? found.kind.remedy : nil)
            }, replacedBy: found.replacedBy, limit: found.limit)
        }
      } catch {
        let obstacle = obstacle(error)
        report.benches.append(.init(kind: kind, family: family, obstacle: obstacle))
        if kind == .wire { best[.wire] = best[.wire] ?? .init(kind: .wire, obstacle: obstacle) }
      }
    }
    report.observers = ObserverKind.allCases.map {
      best[$0] ?? .init(kind: $0, obstacle: .init(reason: "no bench", remedy: $0.remedy))
    }
    return report
  }

  private static func obstacle(_ error: any Error) -> DoctorReport.Obstacle {
    guard let error = error as? BenchError else { return .init(reason: "\(error)", remedy: nil) }
    return .init(step: error.step, reason: error.reason, remedy: error.remedy)
  }

  private static func make(_ kind: BenchKind, _ family: Family) throws(BenchError) -> any Bench {
    switch kind {
    case .wire: try Wire(family: family)
    case .loopback: try Loopback(family: family)
    }
  }

  private static func limits(of bench: any Bench) -> [String] {
    var limits: [String] = []
    if let loopback = bench as? Loopback, !loopback.isPrivate {
      limits.append("on the machine's own loopback: a private network namespace cannot be made")
    }
    if let obstacle = bench.placementObstacle {
      limits.append("initial sequence numbers are the kernel's own: \(obstacle)")
    }
    return limits
  }
}
