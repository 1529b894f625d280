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

      Example:
        tcpprobe doctor
      """)

  func run() throws {
    OpenFiles.raiseLimit()
    if !Privileges.ofThisThread().hasSysAdmin { try? Namespace.becomeRootOfOwnUserNamespace() }
    let machine = Machine.here()
    var listing = Listing(style: .ofStandardOutput)
    let ticks = machine.hertz.map { "HZ \($0)" } ?? "HZ unknown"
    listing.add(
      "Linux \(machine.release) \(machine.architecture), \(ticks), \(System.processorCount) processors")

    var best: [ObserverKind: ObserverReport] = [:]
    var benches: [[TextTable.Cell]] = []
    var works = false
    for kind in BenchKind.allCases.reversed() {
      for family in Family.allCases {
        let name = TextTable.Cell("\(kind.rawValue), \(family.name)")
        do {
          let bench = try Self.make(kind, family)
          works = true
          benches.append([name, .init(Self.describe(bench))])
          for report in Observers(on: bench).reports(on: bench) where best[report.kind]?.ran != true {
            // Loopback only knows that it is no wire; why there is none, the wire itself has said.
            if report.kind != .wire || best[.wire] == nil { best[report.kind] = report }
          }
        } catch {
          let help = kind == .wire ? [Paragraph(ObserverKind.wire.remedy, .faint, label: "to enable: ")] : []
          if kind == .wire {
            best[.wire] = best[.wire] ?? ObserverReport(kind: .wire, reason: error.reason)
          }
          benches.append([name, .init([Paragraph(error.reason, .soft, label: "cannot run: ")] + help)])
        }
      }
    }
    listing.add("Benches", benches)
    listing.add(
      "Observers", ObserverKind.allCases.map { [.init($0.rawValue), .init(Self.describe($0, best[$0]))] })
    try Failure.reporting { try Output.write(listing.text) }
    if !works { throw ExitCode(2) }
  }

  private static func make(_ kind: BenchKind, _ family: Family) throws(BenchError) -> any Bench {
    switch kind {
    case .wire: try Wire(family: family)
    case .loopback: try Loopback(family: family)
    }
  }

  private static func describe(_ bench: any Bench) -> [Paragraph] {
    var paragraphs = [Paragraph("ready")]
    if let loopback = bench as? Loopback, !loopback.isPrivate {
      paragraphs.append(
        Paragraph("on the machine's own loopback: a private network namespace cannot be made", .soft))
    }
    if let obstacle = bench.placementObstacle {
      paragraphs.append(Paragraph("initial sequence numbers are the kernel's own: \(obstacle)", .soft))
    }
    return paragraphs
  }

  private static func describe(_ kind: ObserverKind, _ report: ObserverReport?) -> [Paragraph] {
    guard let report, !report.ran else {
      return [
        Paragraph(
          kind == .reasonTracepoint
            ? "ready: tells of arrivals and calls, not of what a timer of the kernel does"
            : kind.isComplete ? "ready: misses nothing" : "ready: polls, so it may miss a short-lived state")
      ] + (report?.limit.map { [Paragraph($0, .soft)] } ?? [])
    }
    return [
      Paragraph(report.reason ?? "no bench", .soft, label: "cannot run: "),
      Paragraph(kind.needs, .faint, label: "needs: "), Paragraph(kind.cost, .faint, label: "effect: "),
      Paragraph(kind.remedy, .faint, label: "to enable: "),
    ]
  }
}
