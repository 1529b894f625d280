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
      [
        "tracepoints of events/tcp", "tracepoints of events/sock", "fields of sock:inet_sock_set_state",
        "fields of tcp:tcp_retransmit_skb", "fields of tcp:tcp_send_reset", "fields of tcp:tcp_receive_reset",
        "fields of tcp:tcp_probe",
      ].map { Figure($0, .operators) })
  ) { stage, _ in stage.playTracepoints() }
}

extension Stage {
  /// Which tracepoints the kernel has for TCP, and what programs can read of each.
  fileprivate func playTracepoints() {
    log.record(.rung(index: 0))
    for group in ["tcp", "sock"] {
      measureNames("tracepoints of events/\(group)") { try TracepointCatalogue.names(ofGroup: group) }
    }
    let events = [
      "sock:inet_sock_set_state", "tcp:tcp_retransmit_skb", "tcp:tcp_send_reset", "tcp:tcp_receive_reset",
      "tcp:tcp_probe",
    ]
    for event in events { measureNames("fields of \(event)") { try TracepointCatalogue.fields(of: event) } }
  }

  private func measureNames(_ name: String, _ read: () throws -> [String]) {
    do {
      let names = try read()
      measure(
        name, names.isEmpty ? "none" : names.joined(separator: " "), "\(names.count) names in tracefs",
        proof: [])
    } catch Errno.noSuchFileOrDirectory {
      measure(name, "none", "tracefs has no such thing", proof: [])
    } catch {
      cannotMeasure(name, because: "tracefs cannot be read: \(error)")
    }
  }
}
