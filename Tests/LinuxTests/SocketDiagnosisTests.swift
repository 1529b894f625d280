import Glibc
import Kinds
import Linux
import SystemPackage
import TCP
import Testing

@Suite(
  .tags(.kernel), .onItsOwnThread,
  .enabled("sock_diag cannot be asked here") { SocketDiagnosis.availability() == nil })
struct SocketDiagnosisTests {
  @Test(arguments: Family.here)
  func bothEndsOfAConnectionAreFound(family: Family) throws {
    let connection = try TestConnection(family)
    let diagnosis = try SocketDiagnosis.open()
    for tuple in [connection.tuple, connection.tuple.reversed] {
      let seen = try #require(try diagnosis.look(up: tuple))
      #expect(seen.record.tuple == tuple)
      #expect(seen.record.state == .established)
      #expect(seen.record.inode != 0)
      #expect(seen.info?.state == .established)
    }
  }

  @Test(arguments: Family.here)
  func anAnswerHasTheAttributesThatWereAskedFor(family: Family) throws {
    let connection = try TestConnection(family)
    let shape = try #require(try DiagnosisShape.ask(for: connection.tuple))
    let info = shape.attributes.first { $0.name == "INFO" }
    let read = try readInfo(ofDescriptor: connection.client)
    #expect(info?.length == read.bytes.count)
    #expect(shape.attributes.contains { $0.name == "CONG" })
    var other = connection.tuple
    other.local.port = 1
    other.remote.port = 1
    #expect(try DiagnosisShape.ask(for: other) == nil)
  }

  @Test func unreadDataIsInTheReceiversQueue() throws {
    let connection = try TestConnection()
    let diagnosis = try SocketDiagnosis.open()
    try connection.send(100, from: connection.client)
    let waiting = eventually {
      try? diagnosis.look(up: connection.tuple.reversed)?.record.receiveQueue == 100 ? 100 : nil
    }
    #expect(waiting == 100)
  }

  @Test(arguments: Family.here)
  func aFourTupleThatIsNotThereIsNotTakenForItsListener(family: Family) throws {
    let connection = try TestConnection(family)
    let diagnosis = try SocketDiagnosis.open()
    var other = connection.tuple.reversed
    other.remote.port = 1
    #expect(try diagnosis.look(up: other) == nil)
    let listener = try #require(try diagnosis.look(upListener: connection.listening))
    #expect(listener.record.state == .listen)
    #expect(listener.record.tuple.local == connection.listening)
    #expect(listener.record.sendQueue == 7)
  }

  @Test func aPortWithoutListenerHasNone() throws {
    // The client's port is taken, so nobody listens there.
    let connection = try TestConnection()
    #expect(try SocketDiagnosis.open().look(upListener: connection.tuple.local) == nil)
  }

  @Test func timeWaitIsFoundWhereTheDescriptorSaysClosed() throws {
    let connection = try TestConnection()
    let diagnosis = try SocketDiagnosis.open()
    // The client sends the first FIN, so it gets TIME_WAIT, and keeps its descriptor.
    try check(shutdown(connection.client, CInt(SHUT_WR)))
    connection.closeServer()
    let seen = try #require(
      eventually {
        (try? diagnosis.look(up: connection.tuple)).flatMap { $0.record.state == .timeWait ? $0 : nil }
      })
    #expect(seen.record.timer?.kind == .timeWait)
    #expect(seen.record.inode == 0)
    #expect(seen.info == nil)
    #expect(try readInfo(ofDescriptor: connection.client).state == .closed)
  }

  @Test(arguments: Family.here)
  func aDumpHoldsEverySocketInTheStatesThatWereAskedFor(family: Family) throws {
    let connections = try (0..<300).map { _ in try TestConnection(family) }
    let diagnosis = try SocketDiagnosis.open()
    let established = try diagnosis.dump(family, states: [.established])
    let seen = Set(established.map(\.record.tuple))
    for connection in connections {
      #expect(seen.contains(connection.tuple))
      #expect(seen.contains(connection.tuple.reversed))
    }
    #expect(established.allSatisfy { $0.record.state == .established })
    let listening = try diagnosis.dump(family, states: [.listen])
    #expect(listening.contains { $0.record.tuple.local == connections[0].listening })
  }

  @Test func nothingIsDumpedForNoState() throws {
    #expect(try SocketDiagnosis.open().dump(.ipv4, states: []).isEmpty)
  }

  /// Ends all connections of the calling thread's namespace; false on a kernel without CONFIG_INET_DIAG_DESTROY.
  private static func endConnections(_ family: Family) throws -> Bool {
    do throws(Errno) {
      try SocketDiagnosis.open().endConnections(family)
    } catch {
      if error == .notSupported { return false }
      throw error
    }
    return true
  }

  private static func isThere(_ tuple: FourTuple) throws -> Bool {
    try SocketDiagnosis.open().look(up: tuple) != nil
  }

  @Test(
    .enabled(if: namespacesWork, "private network namespaces cannot be made here"),
    arguments: Family.here)
  func connectionsAreEndedInTheirNamespaceOnly(family: Family) throws {
    let elsewhere = try TestConnection(family)
    let namespace = try loopbackNamespace()
    let left = try namespace.enter { () -> [Bool] in
      let connection = try TestConnection(family)
      guard try Self.endConnections(family) else { return [] }
      return try [connection.tuple, connection.tuple.reversed].map(Self.isThere)
    }
    #expect(!left.contains(true))
    #expect(try Self.isThere(elsewhere.tuple))
  }
}
