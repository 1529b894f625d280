import Documents
import TCP

extension CensusReport {
  /// The numbers for a monitor, as gauges in OpenMetrics 1.0, which a reader of Prometheus' older format takes, too.
  func openMetrics() -> String {
    var sockets = Gauge("tcpprobe_sockets", "TCP sockets in each state.")
    var held = Gauge(
      "tcpprobe_process_sockets",
      "TCP sockets in each state by process; a shared socket counts for each process.")
    var stalled = Gauge("tcpprobe_stalled_connections", "Stalled ESTABLISHED connections, by cause.")
    var waiting = Gauge(
      "tcpprobe_accept_queue_connections", "Connections that wait for accept() at a listener.")
    var limit = Gauge(
      "tcpprobe_accept_queue_limit_connections", "The backlog of a listener; the kernel accepts one more.")
    for census in censuses {
      let here = [("namespace", census.namespace?.name ?? "")]
      for state in census.asked.sorted() {
        sockets.add(census.count(of: state), here + [("state", state.rawValue)])
      }
      sockets.add(census.established, here + [("state", State.established.rawValue)])
      for group in census.states {
        for owner in group.owners {
          for labels in owner.key.labels {
            held.add(owner.tally.count, here + [("state", group.state.rawValue)] + labels)
          }
        }
      }
      for cause in [Stall.Cause.retransmitting, .zeroWindow] {
        let count = census.stalls.reduce(0) { $1.key.cause == cause ? $0 + $1.tally.count : $0 }
        stalled.add(count, here + [("cause", cause.rawValue)])
      }
      for listener in census.listeners {
        let place = [
          ("address", listener.endpoint.address.description), ("port", "\(listener.endpoint.port)"),
        ]
        let labels = here + place + (listener.owner.labels.first ?? [])
        waiting.add(listener.waiting, labels)
        if let most = listener.limit { limit.add(most, labels) }
      }
    }
    return [sockets, held, stalled, waiting, limit].map(\.text).joined() + "# EOF\n"
  }
}

extension Owner {
  /// The labels of the owner; of several processes, each one's.
  fileprivate var labels: [[(String, String)]] {
    guard case .processes(let processes) = self else {
      return [[("owner", kind), ("pid", ""), ("process", "")]]
    }
    return processes.map { [("owner", kind), ("pid", "\($0.number)"), ("process", $0.name)] }
  }
}

/// One metric with its samples; those with the same labels are one.
private struct Gauge {
  let name: String
  let help: String
  private var samples: [String: Int] = [:]

  init(_ name: String, _ help: String) {
    self.name = name
    self.help = help
  }

  mutating func add(_ value: Int, _ labels: [(name: String, value: String)]) {
    let text = labels.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",")
    samples[text, default: 0] += value
  }

  var text: String {
    let lines = samples.sorted { $0.key < $1.key }.map { "\(name){\($0.key)} \($0.value)\n" }
    return "# HELP \(name) \(help)\n# TYPE \(name) gauge\n" + lines.joined()
  }

  private func escaped(_ text: String) -> String {
    text.visible.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}
