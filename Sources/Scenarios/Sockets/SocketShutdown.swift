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
      EndingCall.allCases.map { Figure($0.rawValue, .programs) }, under: everywhere,
      settings: [
        Influence("tcp_max_tw_buckets", under: .socket(.finWait2)),
        Influence("tcp_max_tw_buckets", under: .socket(.timeWait)),
      ], given: smallBuffers(in: whereFull), isDrawn: false,
      needs: [.wire])
  ) { try $0.runShutdown(under: $1) }
}

/// A call that ends a connection, or a half of it.
enum EndingCall: String, CaseIterable {
  case shutdownRead = "shutdown(RD)"
  case shutdownWrite = "shutdown(WR)"
  case shutdownBoth = "shutdown(RDWR)"
  case disconnect = "connect(AF_UNSPEC)"
  case close = "close()"
}

extension Connection {
  /// A socket in each situation, and each call that ends a connection or a half of it, on a socket of its own.
  fileprivate func runShutdown(under conditions: [Condition]) throws {
    guard let situation = try situation(of: conditions) else { return }
    for call in EndingCall.allCases {
      try sibling { connection in
        let subject = try connection.bring(into: situation)
        connection.path.loseEverything()
        let place = log.nextPlace
        let answer = try connection.answer { try connection.end(subject, by: call) }
        try connection.settle()
        try connection.look()
        measure(
          Figure(call.rawValue, .programs),
          .list([
            answer, .state(try connection.state(of: subject)),
            connection.departures(of: subject.party, since: place),
          ]),
          "what it returned, the state right after it, and the segments that left",
          proof: [log.lastLook(at: subject.party)])
      }
    }
  }

  /// Makes this call.
  func end(_ subject: Subject, by call: EndingCall) throws {
    switch call {
    case .shutdownRead: try subject.socket?.value.shutdown(.read)
    case .shutdownWrite: try subject.socket?.value.shutdown(.write)
    case .shutdownBoth: try subject.socket?.value.shutdown(.both)
    case .disconnect: try subject.socket?.value.disconnect()
    case .close: try close(subject)
    }
  }
}
