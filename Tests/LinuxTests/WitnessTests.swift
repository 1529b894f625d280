import Glibc
import Kinds
import Linux
import TCP
import Testing

/// What the observers see, ss sees too.
@Suite(.tags(.kernel), .onItsOwnThread) struct WitnessTests {
  @Test(.enabled("there is no ss") { Program("ss") != nil }, arguments: Family.here)
  func ssAgreesWithSockDiag(family: Family) throws {
    let ss = try #require(Program("ss"))
    let diagnosis = try SocketDiagnosis.open()
    let connection = try TestConnection(family)
    /// The state in ss's row of this four-tuple.
    func witnessed(_ tuple: FourTuple) throws -> State? {
      let rows = try ss.run("-H", "-t", "-a", "-n").split(separator: "\n").map { $0.split(separator: " ") }
      let row = rows.first {
        $0.count >= 5 && $0[3] == tuple.local.description && $0[4] == tuple.remote.description
      }
      return row.flatMap { State(name: $0[0]) }
    }
    #expect(try witnessed(connection.tuple) == .established)
    #expect(try diagnosis.look(up: connection.tuple)?.record.state == .established)
    try check(shutdown(connection.client, CInt(SHUT_WR)))
    for (tuple, state) in [(connection.tuple, State.finWait2), (connection.tuple.reversed, .closeWait)] {
      let seen = eventually { try? diagnosis.look(up: tuple)?.record.state == state ? true : nil }
      #expect(seen == true)
      #expect(try witnessed(tuple) == state)
    }
  }
}
