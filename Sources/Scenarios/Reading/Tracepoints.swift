import Benches
import Documents
import Linux
import SystemPackage
import Traces

extension Scenario {
  /// The tracepoints that there are.
  package static let tracepoints = Scenario(
    "tracepoints",
    Declaration(
      groups.map(Figure.tracepoints(of:)) + events.map(Figure.fields(of:)))
  ) { connection, _ in connection.runTracepoints() }

  fileprivate static let groups = ["tcp", "sock"]

  fileprivate static let events = [
    "sock:inet_sock_set_state", "tcp:tcp_retransmit_skb", "tcp:tcp_send_reset", "tcp:tcp_receive_reset",
    "tcp:tcp_probe",
  ]
}

extension Figure {
  fileprivate static func tracepoints(of group: String) -> Figure {
    Figure("tracepoints of events/\(group)", .operators)
  }

  fileprivate static func fields(of event: String) -> Figure { Figure("fields of \(event)", .operators) }
}

extension Connection {
  /// Measures the names of the kernel's tracepoints for TCP, and the fields of each.
  fileprivate func runTracepoints() {
    log.record(.rung(index: 0))
    for group in Scenario.groups {
      measureNames(.tracepoints(of: group)) { try TracepointCatalogue.names(ofGroup: group) }
    }
    for event in Scenario.events {
      measureNames(.fields(of: event)) { try TracepointCatalogue.fields(of: event) }
    }
  }

  private func measureNames(_ figure: Figure, _ read: () throws -> [String]) {
    do {
      let names = try read()
      measure(
        figure, names.isEmpty ? "none" : .words(names.joined(separator: " ")),
        "\(names.count) names in tracefs",
        proof: [])
    } catch Errno.noSuchFileOrDirectory {
      measure(figure, "none", "tracefs has no such thing", proof: [])
    } catch {
      cannotMeasure(figure, because: .needs("tracefs: \(error)"))
    }
  }
}
