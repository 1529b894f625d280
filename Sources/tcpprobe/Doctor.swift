import ArgumentParser
import Benches
import Linux
import TCP
import Traces

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says which benches and observers can run here, what each needs, and what would help.",
    discussion: """
      Exit status 0 where at least one bench can run, else 2.

      Example:
        tcpprobe doctor
      """)

  func run() throws {
    if !Privileges.ofThisThread().hasSysAdmin { try? Namespace.becomeRootOfOwnUserNamespace() }
    let machine = Machine.here()
    var lines = [
      "Linux \(machine.release) \(machine.architecture), "
        + "\(machine.hertz.map { "HZ \($0)" } ?? "HZ unknown"), \(System.processorCount) processors", "",
    ]
    lines.append("Benches")
    var observers: [ObserverKind: ObserverReport] = [:]
    var works = false
    for kind in BenchKind.allCases.reversed() {
      for family in Family.allCases {
        let name = "\(kind.rawValue), \(family == .ipv4 ? "IPv4" : "IPv6")"
        do {
          let bench = try Self.make(kind, family)
          works = true
          lines.append(Self.line(name, Self.describe(bench)))
          for report in Observers(on: bench).reports(on: bench) where observers[report.kind]?.ran != true {
            observers[report.kind] = report
          }
        } catch {
          lines.append(Self.line(name, "cannot run: \(error.reason)"))
          if kind == .wire { lines.append(Self.line("", "helps: \(ObserverKind.wire.remedy)")) }
        }
      }
    }
    lines += ["", "Observers"]
    for kind in ObserverKind.allCases { lines += Self.lines(kind, observers[kind]) }
    try Output.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: nil)
    if !works { throw ExitCode(2) }
  }

  private static func make(_ kind: BenchKind, _ family: Family) throws(BenchError) -> any Bench {
    switch kind {
    case .wire: try Wire(family: family)
    case .loopback: try Loopback(family: family)
    }
  }

  private static func describe(_ bench: any Bench) -> String {
    var text = "ready"
    if let loopback = bench as? Loopback, !loopback.isPrivate {
      text += ", on the machine's own loopback: no namespace of its own could be made"
    }
    if let obstacle = bench.placementObstacle {
      text += "; connections begin at the kernel's numbers: \(obstacle)"
    }
    return text
  }

  private static func lines(_ kind: ObserverKind, _ report: ObserverReport?) -> [String] {
    let name = kind.rawValue
    guard let report, !report.ran else {
      return [line(name, "ready" + (kind.isComplete ? "" : ", when it looks"))]
    }
    return [
      line(name, "cannot run: \(report.reason ?? "no bench")"), line("", "needs: \(kind.needs)"),
      line("", "costs: \(kind.cost)"), line("", "helps: \(kind.remedy)"),
    ]
  }

  private static func line(_ name: String, _ text: String) -> String {
    "  " + name.padded(to: 18) + text
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
