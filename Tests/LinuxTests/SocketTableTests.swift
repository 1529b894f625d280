import Glibc
import Kinds
import Linux
import TCP
import Testing

@Suite(
  .tags(.kernel), .onItsOwnThread,
  .enabled("/proc/thread-self/net/tcp cannot be opened here") { SocketTable.availability() == nil })
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

  /// The kernel gives its table a page at a time, and a page holds some 27 rows.
  @Test func eachSocketIsFoundInATableOfManyPages() throws {
    let connections = try (0..<60).map { _ in try TestConnection() }
    let table = try SocketTable.open()
    for connection in connections {
      for tuple in [connection.tuple, connection.tuple.reversed] {
        let row = try table.look(up: tuple)
        #expect(row?.tuple == tuple && row?.state == .established)
      }
    }
    var gone = connections[0].tuple
    gone.remote.port = 9
    #expect(try table.look(up: gone) == nil)
  }

  /// A connection of IPv4 in a socket of IPv6 stands in the table of IPv6.
  @Test(.enabled(if: Family.here.contains(.ipv6), "there is no IPv6 here"))
  func aMappedConnectionIsFoundByItsAddressesOfIPv4() throws {
    let connection = try TestConnection(mapped: true)
    let row = try SocketTable.open().look(up: connection.tuple.reversed)
    #expect(row?.state == .established)
    #expect(row?.tuple == connection.tuple.reversed)
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
