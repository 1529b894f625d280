import Kinds
import Linux
import SystemPackage
import TCP
import Testing

@Suite(
  .tags(.kernel), .onItsOwnThread,
  .enabled(if: namespacesWork, "private network namespaces cannot be made here"))
struct RepairTests {
  /// Both ends on one loopback, ready to talk.
  private func placedPair(_ family: Family, _ terms: Terms = Terms()) throws -> Connection {
    try loopbackNamespace().enter {
      let near = Endpoint(.loopback(family), 4000)
      let far = Endpoint(.loopback(family), 80)
      let here = SequenceNumber(5000)
      let there = SequenceNumber(7500)
      let client = try Socket.repairConnect(
        from: near, to: far, sending: here, receiving: there, terms: terms)
      let server = try Socket.repairConnect(
        from: far, to: near, sending: there, receiving: here, terms: terms)
      try client.leaveRepair()
      try server.leaveRepair()
      return Connection(client: client, server: server)
    }
  }

  @Test(arguments: families)
  func aPlacedConnectionCountsFromItsOwnNumbers(family: Family) throws {
    let pair = try placedPair(family)
    _ = try pair.client.send(Array(repeating: 1, count: 100))
    #expect(try receive(100, from: pair.server).count == 100)
    _ = try pair.server.send([1, 2])
    #expect(try receive(2, from: pair.client) == [1, 2])
    let client = try pair.client.queueSequences()
    #expect(client.sending == SequenceNumber(5100))
    #expect(client.receiving == SequenceNumber(7502))
    let server = try pair.server.queueSequences()
    #expect(server.sending == SequenceNumber(7502))
    #expect(server.receiving == SequenceNumber(5100))
  }

  @Test(arguments: families)
  func aPlacedConnectionSendsSegmentsOfAnOrdinarySize(family: Family) throws {
    let pair = try placedPair(family)
    _ = try pair.client.send(Array(repeating: 1, count: 1460))
    #expect(try receive(1460, from: pair.server).count == 1460)
    let info = try readInfo(ofDescriptor: pair.client.rawValue)
    #expect(info[.dataSegsOut] == 1)
  }

  @Test(arguments: [true, false])
  func aPlacedConnectionEndsAsAnyOther(timestamps: Bool) throws {
    var terms = Terms()
    terms.usesTimestamps = timestamps
    let pair = try placedPair(.ipv4, terms)
    try pair.client.shutdown(.write)
    #expect(try receive(1, from: pair.server).isEmpty)
    try pair.server.shutdown(.write)
    #expect(try receive(1, from: pair.client).isEmpty)
  }

  @Test func moreThanAWindowGoesThroughAPlacedConnection() throws {
    let pair = try placedPair(.ipv4)
    let count = 1_000_000
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    var sent = 0
    var got: [UInt8] = []
    let end = deadline()
    while got.count < count, Clock.monotonic() < end {
      if sent < count, try waitWritable([pair.client.rawValue], until: 0) == [true] {
        sent += try pair.client.send(Array(bytes[sent...]))
      }
      _ = try waitReadable([pair.server.rawValue], until: Clock.monotonic() + 100_000_000)
      if let more = try pair.server.receive(upTo: 65_536) { got += more }
    }
    #expect(got == bytes)
  }

  @Test func aSYNHasTheNumberThatWasPlaced() throws {
    try loopbackNamespace().enter {
      let listener = try Socket.tcp(.ipv4)
      try listener.bind(to: Endpoint(.loopback(.ipv4), 80))
      try listener.listen(backlog: 1)
      let client = try Socket.tcp(.ipv4)
      try client.bind(to: Endpoint(.loopback(.ipv4), 0))
      try client.placeInitialSequence(SequenceNumber(1000))
      try client.connect(to: Endpoint(.loopback(.ipv4), 80))
      let server = try nextConnection(of: listener)
      #expect(try client.queueSequences().sending == SequenceNumber(1001))
      #expect(try server.queueSequences().receiving == SequenceNumber(1001))
    }
  }

  @Test func leavingRepairForgetsReuseAddress() throws {
    let socket = try loopbackNamespace().enter { try Socket.tcp(.ipv4) }
    try socket.set(.reuseAddress, to: true)
    try socket.placeInitialSequence(SequenceNumber(1000))
    #expect(try !socket.get(.reuseAddress))
  }

  @Test func zeroCannotBePlaced() throws {
    let socket = try loopbackNamespace().enter { try Socket.tcp(.ipv4) }
    let errorOfPlacing = errno { try socket.placeInitialSequence(SequenceNumber(0)) }
    #expect(errorOfPlacing == .invalidArgument)
  }
}
