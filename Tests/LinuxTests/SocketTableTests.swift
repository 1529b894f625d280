import Glibc
import Linux
import TCP
import Testing

@Suite(.enabled("/proc/thread-self/net/tcp cannot be opened here") { SocketTable.availability() == nil })
struct SocketTableTests {
  @Test(arguments: Family.here)
  func bothEndsOfAConnectionAreInTheTable(family: Family) throws {
    let connection = try TestConnection(family)
    let table = try SocketTable.open()
    for tuple in [connection.tuple, connection.tuple.reversed] {
      #expect(try table.look(up: tuple)?.state == .established)
    }
  }

  @Test func theTableIsReadAnewEachTime() throws {
    let table = try SocketTable.open()
    let before = try TestConnection()
    #expect(try table.records().contains { $0.tuple == before.tuple })
    let after = try TestConnection()
    let records = try table.records()
    #expect(records.contains { $0.tuple == before.tuple })
    #expect(records.contains { $0.tuple == after.tuple })
  }

  @Test func theTableAndSockDiagTellTheSame() throws {
    let connection = try TestConnection()
    let table = try SocketTable.open()
    let diagnosis = try SocketDiagnosis.open()
    try connection.send(100, from: connection.client)
    let agreed = eventually {
      let row = try? table.look(up: connection.tuple.reversed)
      let message = try? diagnosis.look(up: connection.tuple.reversed)?.record
      return row?.receiveQueue == 100 && row == message ? true : nil
    }
    #expect(agreed == true)
  }

  @Test func timeWaitHasItsTimer() throws {
    let connection = try TestConnection()
    let table = try SocketTable.open()
    try check(shutdown(connection.client, CInt(SHUT_WR)))
    connection.closeServer()
    let row = eventually {
      (try? table.look(up: connection.tuple)).flatMap { $0.state == .timeWait ? $0 : nil }
    }
    #expect(row?.timer?.kind == .timeWait)
  }
}
