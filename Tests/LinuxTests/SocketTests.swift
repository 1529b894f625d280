import Kinds
import Linux
import SystemPackage
import TCP
import Testing

@Suite(
  .tags(.kernel), .onItsOwnThread,
  .enabled(if: namespacesWork, "private network namespaces cannot be made here"))
struct SocketTests {
  @Test(arguments: families)
  func whatIsSentArrivesAndThenTheStreamEnds(family: Family) throws {
    let pair = try loopbackNamespace().enter { try connection(family) }
    #expect(try pair.server.receive(upTo: 10) == nil)
    #expect(try pair.client.send([1, 2, 3]) == 3)
    #expect(
      try waitReadable([pair.client.rawValue, pair.server.rawValue], until: deadline()) == [false, true])
    #expect(try pair.server.unreadCount() == 3)
    #expect(try receive(3, from: pair.server) == [1, 2, 3])
    try pair.client.shutdown(.write)
    #expect(try receive(1, from: pair.server).isEmpty)
  }

  @Test(arguments: families)
  func eachEndSaysWhereBothAre(family: Family) throws {
    let pair = try loopbackNamespace().enter { try connection(family) }
    #expect(try pair.client.localEndpoint() == pair.server.remoteEndpoint())
    #expect(try pair.server.localEndpoint() == pair.client.remoteEndpoint())
    #expect(try pair.client.localEndpoint().address == .loopback(family))
  }

  @Test func aPortWithoutListenerRefuses() throws {
    let socket = try loopbackNamespace().enter { try Socket.tcp(.ipv4) }
    #expect(try socket.connect(to: Endpoint(.loopback(.ipv4), 9)) == .inProgress)
    #expect(try waitWritable([socket.rawValue], until: deadline()) == [true])
    #expect(try socket.pendingError() == .connectionRefused)
    #expect(try socket.pendingError() == nil)
  }

  @Test func aListenerWithoutConnectionsGivesNone() throws {
    let listener = try loopbackNamespace().enter { try Socket.tcp(.ipv4) }
    try listener.listen(backlog: 1)
    let none = try listener.accept() == nil
    #expect(none)
  }

  @Test func lingerOfZeroResets() throws {
    let pair = try loopbackNamespace().enter { try connection() }
    try pair.client.set(.linger, to: .seconds(0))
    #expect(try pair.client.get(.linger) == .seconds(0))
    let server = try resetBy(pair)
    let errorOfReceive = errno { try server.receive(upTo: 1) }
    #expect(errorOfReceive == .connectionReset)
    let errorOfSend = errno { try server.send([1]) }
    #expect(errorOfSend == .brokenPipe)
  }

  private func resetBy(_ pair: consuming Connection) throws -> Socket {
    try pair.client.close()
    _ = try waitReadable([pair.server.rawValue], until: deadline())
    return pair.server
  }

  @Test func aReceiverThatRejectsAllLosesSegments() throws {
    let pair = try loopbackNamespace().enter { try connection() }
    try pair.server.rejectAll()
    _ = try pair.client.send([1])
    #expect(try pair.server.unreadCount() == 0)
    #expect(try pair.client.unacknowledgedCount() == 1)
    try pair.server.acceptAll()
    #expect(try receive(1, from: pair.server) == [1])
  }

  @Test func whatIsSetIsWhatIsRead() throws {
    let socket = try Socket.tcp(.ipv4)
    try socket.set(.noDelay, to: true)
    #expect(try socket.get(.noDelay))
    try socket.set(.keepIdle, to: 7)
    #expect(try socket.get(.keepIdle) == 7)
    try socket.set(.congestion, to: "reno")
    #expect(try socket.get(.congestion) == "reno")
    let errorOfSetting = errno { try socket.set(.congestion, to: "nosuch") }
    #expect(errorOfSetting == .noSuchFileOrDirectory)
  }

  @Test func aWaitEndsAtItsDeadline() throws {
    let quiet = try loopbackNamespace().enter { try connection() }
    #expect(try waitReadable([quiet.client.rawValue], until: Clock.monotonic() + 1_000_000) == [false])
    #expect(try waitReadable([quiet.client.rawValue], until: 0) == [false])
  }

  @Test func aDescriptorThatIsNotOpenIsNotWaitedFor() {
    let beyondEveryLimit: CInt = 2_000_000_000
    #expect(throws: Errno.badFileDescriptor) { try waitReadable([beyondEveryLimit], until: deadline()) }
  }
}
