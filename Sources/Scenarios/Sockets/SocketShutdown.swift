import Benches
import Documents
import Linux
import TCP
import Traces

extension Scenario {
  /// The calls that end a connection, or a half of it.
  package static let shutdown = Scenario(
    "shutdown",
    Declaration(
      ["shutdown(RD)", "shutdown(WR)", "shutdown(RDWR)", "connect(AF_UNSPEC)", "close()"].map {
        Figure($0, .programs)
      }, under: everywhere,
      settings: [
        Influence("tcp_max_tw_buckets", under: .socket(.finWait2)),
        Influence("tcp_max_tw_buckets", under: .socket(.timeWait)),
      ], given: smallBuffers(in: whereFull), isDrawn: false)
  ) { try $0.playShutdown(under: $1) }
}

extension Stage {
  /// A socket in each situation, and each call that ends a connection or a half of it, on a socket of its own.
  fileprivate func playShutdown(under conditions: [Condition]) throws {
    let names = ["shutdown(RD)", "shutdown(WR)", "shutdown(RDWR)", "connect(AF_UNSPEC)", "close()"]
    guard let situation = situation(of: conditions, measuring: names, needsWire: true) else { return }
    for name in names {
      try another { stage in
        let subject = try stage.bring(into: situation)
        stage.loseEverything()
        let place = log.nextPlace
        let answer = try stage.answer { try stage.end(subject, by: name) }
        try stage.settle()
        try stage.look()
        measure(
          name,
          "\(answer), \(try stage.state(of: subject).rawValue), "
            + stage.departures(of: subject.party, since: place),
          "what it returned, the state right after it, and the segments that left",
          proof: [lastLook(at: subject.party)])
      }
    }
  }

  /// Makes the call of this name.
  func end(_ subject: Subject, by name: String) throws {
    switch name {
    case "shutdown(RD)": try subject.socket?.value.shutdown(.read)
    case "shutdown(WR)": try subject.socket?.value.shutdown(.write)
    case "shutdown(RDWR)": try subject.socket?.value.shutdown(.both)
    case "connect(AF_UNSPEC)": try subject.socket?.value.disconnect()
    default: try close(subject)
    }
  }
}
