package import Documents
import Linux
import SystemPackage
import TCP
package import Traces

/// What programs try with the addresses of a connection that has ended.
extension Stage {
  /// The party's program stops listening.
  package func stopListening(_ party: Party) { ends[party].listener = nil }

  /// A new socket of this party asks for the address and port of the old one, and listens there.
  ///
  /// - Returns: what the kernel answers: nil where it gives them, else the errno by name.
  package func listenAgain(_ party: Party, reusesAddress: Bool) throws(BenchError) -> String? {
    let local = ends[party].tuple.local
    return try benchStep("ask for \(local) again") {
      try bench.enter(party) {
        let socket = Box(try Socket.tcp(bench.family))
        try socket.value.set(.reuseAddress, to: reusesAddress)
        do throws(Errno) {
          try socket.value.bind(to: local)
          try socket.value.listen(backlog: 1)
          return nil
        } catch {
          return error.name
        }
      }
    }
  }

  /// A new socket of this party calls connect() to where the old one was connected.
  ///
  /// - Parameter bindsPort: whether it asks for the old port first; else the kernel chooses.
  package func connectAgain(_ party: Party, bindsPort: Bool) throws(BenchError) -> Outcome {
    let end = ends[party]
    // What is under way from here on is the new connection's.
    untaken = Both([])
    let socket = try benchStep("make a socket for \(names[party])") {
      try bench.enter(party) {
        let socket = Box(try Socket.tcp(bench.family))
        try socket.value.set(.reuseAddress, to: true)
        try socket.value.set(.linger, to: .seconds(0))
        return socket
      }
    }
    let (local, remote) = (end.tuple.local, end.tuple.remote)
    let outcome = try perform(.connect, by: party) { () throws(Errno) in
      if bindsPort { try socket.value.bind(to: local) }
      switch try socket.value.connect(to: remote) {
      case .done: return .returned(value: 0)
      case .inProgress: return .pending
      }
    }
    if case .failed = outcome { return outcome }
    end.socket = socket
    return outcome
  }
}
