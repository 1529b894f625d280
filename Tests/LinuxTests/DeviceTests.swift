import Kinds
import Linux
import SystemPackage
import TCP
import Testing

@Suite(.tags(.kernel), .onItsOwnThread, .enabled(if: tunnelsWork, "TUN devices cannot be opened here"))
struct DeviceTests {
  /// Two addresses that face each other, and belong to nobody (RFC 5737, RFC 3849).
  private func addresses(_ family: Family) -> (near: Address, far: Address) {
    switch family {
    case .ipv4: (Address(192, 0, 2, 1), Address(192, 0, 2, 2))
    case .ipv6:
      (
        Address(groups: (0x2001, 0xdb8, 0, 0, 0, 0, 0, 1)), Address(groups: (0x2001, 0xdb8, 0, 0, 0, 0, 0, 2))
      )
    }
  }

  private func tunnel(_ family: Family, in namespace: borrowing Namespace) throws -> Tunnel {
    try namespace.enter {
      let tunnel = try Tunnel.open(name: "probe0")
      try tunnel.interface.setMTU(1500)
      try tunnel.interface.bringUp()
      try tunnel.interface.add(addresses(family).near, prefix: family == .ipv4 ? 32 : 128)
      try tunnel.interface.addRoute(to: addresses(family).far)
      return tunnel
    }
  }

  @Test(arguments: families)
  func aSYNComesOutOfTheTunnel(family: Family) throws {
    let namespace = try Namespace.make()
    let tunnel = try tunnel(family, in: namespace)
    let far = Endpoint(addresses(family).far, 80)
    let client = try namespace.enter {
      let client = try Socket.tcp(family)
      try client.bind(to: Endpoint(addresses(family).near, 4000))
      try client.placeInitialSequence(SequenceNumber(300))
      #expect(try client.connect(to: far) == .inProgress)
      return client
    }
    #expect(try waitReadable([tunnel.descriptor.rawValue], until: deadline()) == [true])
    // The first packet of all: nothing that IPv6 sends on its own comes before.
    let bytes = try #require(try tunnel.read())
    let packet = try #require(Packet(bytes: bytes))
    #expect(packet.source == Endpoint(addresses(family).near, 4000))
    #expect(packet.destination == far)
    #expect(packet.segment.flags == .syn)
    #expect(packet.segment.sequence == SequenceNumber(300))

    let reset = Segment(
      flags: [.rst, .ack], sequence: SequenceNumber(0), acknowledgment: packet.segment.sequence + 1)
    try tunnel.write(Packet(source: far, destination: packet.source, segment: reset).bytes)
    // A busy machine may take the packet up a moment later.
    #expect(try waitWritable([client.rawValue], until: deadline()) == [true])
    #expect(try client.pendingError() == .connectionRefused)
  }

  @Test(arguments: families)
  func aQuietTunnelStaysQuiet(family: Family) throws {
    let namespace = try Namespace.make()
    let tunnel = try tunnel(family, in: namespace)
    let end = Clock.monotonic() + 300_000_000
    _ = try waitReadable([tunnel.descriptor.rawValue], until: end)
    let bytes = try tunnel.read()
    #expect(bytes == nil)
  }

  @Test(arguments: families)
  func aPlacedPairTalksThroughTwoTunnels(family: Family) throws {
    let (near, far) = (Endpoint(addresses(family).near, 4000), Endpoint(addresses(family).far, 80))
    let namespace = try Namespace.make()
    let tunnel = try tunnel(family, in: namespace)
    let client = try namespace.enter {
      let client = try Socket.repairConnect(
        from: near, to: far, sending: SequenceNumber(5000), receiving: SequenceNumber(7500))
      try client.leaveRepair()
      return client
    }
    #expect(try tunnel.read() == nil)
    _ = try client.send(Array(repeating: 0, count: 100))
    try client.shutdown(.write)
    #expect(try waitReadable([tunnel.descriptor.rawValue], until: deadline()) == [true])
    let data = try #require(try tunnel.read().flatMap(Packet.init(bytes:)))
    #expect(data.segment.sequence == SequenceNumber(5000))
    #expect(data.segment.acknowledged == SequenceNumber(7500))
    #expect(data.segment.length == 100)
    let fin = try #require(try tunnel.read().flatMap(Packet.init(bytes:)))
    #expect(fin.segment.flags == [.fin, .ack])
    #expect(fin.segment.sequence == SequenceNumber(5100))
  }

  @Test func aDeviceThatIsNotThereIsENODEV() throws {
    let namespace = try Namespace.make()
    let thrown = errno { try namespace.enter { try Interface(named: "probe9").index } }
    #expect(thrown?.name == "ENODEV")
  }

  @Test func aNameTooLongIsRefused() throws {
    let namespace = try Namespace.make()
    let thrown = errno { try namespace.enter { try Tunnel.open(name: "a-name-of-16-oct") } }
    #expect(thrown == .invalidArgument)
  }
}
