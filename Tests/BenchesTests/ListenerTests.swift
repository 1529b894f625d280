import Benches
import Foundation
import Glibc
import Grounds
import Linux
import TCP
import Testing

extension BenchesTests {
  /// Listeners that a program closes.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct ListenerTests {
    /// The kernel ends a listener when the last copy of its descriptor is closed, as where a program is being started.
    @Test func aClosedListenerIsGoneThoughACopyWasOpen() throws {
      var states: [State?] = []
      let trace = try running(on: try #require(Ground.wires.first)) { connection in
        try connection.listen()
        let server = connection.opener.other
        let copy = dup(try #require(connection.ends[server].listener).value.rawValue)
        states.append(try connection.record(of: server)?.state)
        Thread.detachNewThread {
          usleep(100_000)
          Glibc.close(copy)
        }
        try connection.stopListening(server)
        let sockets = try connection.bench.enter(server) { Box(try SocketDiagnosis.open()) }
        states.append(try sockets.value.look(upListener: connection.ends[server].tuple.local)?.record.state)
      }
      #expect(trace.end == .finished && states == [.listen, nil], "\(trace.end) \(states)")
    }
  }
}
