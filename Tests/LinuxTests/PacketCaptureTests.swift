import Glibc
import Kinds
import Linux
import TCP
import Testing

@Suite(
  .tags(.kernel), .onItsOwnThread,
  .enabled("packets cannot be captured here") { PacketCapture.availability() == nil })
struct PacketCaptureTests {
  /// All TCP packets of the connection that are there by now, both ways.
  private func drain(
    _ capture: borrowing PacketCapture, _ tuple: FourTuple
  ) throws -> [(packet: Packet, captured: CapturedPacket)] {
    var found: [(packet: Packet, captured: CapturedPacket)] = []
    while let captured = try capture.next() {
      guard let packet = Packet(bytes: captured.bytes) else { continue }
      if [packet.source, packet.destination] == [tuple.local, tuple.remote]
        || [packet.source, packet.destination] == [tuple.remote, tuple.local]
      {
        found.append((packet, captured))
      }
    }
    return found
  }

  private func openOnLoopback() throws -> PacketCapture {
    try PacketCapture.open(interface: CInt(unsafe if_nametoindex("lo")))
  }

  @Test(arguments: Family.here)
  func aHandshakeIsSeenOnItsWayOutAndIn(family: Family) throws {
    let capture = try openOnLoopback()
    let connection = try TestConnection(family)
    let all = try drain(capture, connection.tuple)
    let seen = all.filter(\.captured.outgoing)
    #expect(seen.map(\.packet.segment.flags) == [.syn, [.syn, .ack], .ack])
    // Each arrives after it left, and has the same octets.
    let arrived = all.filter { !$0.captured.outgoing }
    #expect(arrived.map(\.captured.bytes) == seen.map(\.captured.bytes))
    #expect(zip(seen, arrived).allSatisfy { $0.captured.time <= $1.captured.time })
    #expect(seen[0].packet.source == connection.tuple.local)
    #expect(seen[1].packet.source == connection.tuple.remote)
    #expect(try capture.lost() == 0)
  }

  @Test func dataIsWhole() throws {
    let capture = try openOnLoopback()
    let connection = try TestConnection()
    try connection.send(1000, from: connection.client)
    var captured: [CapturedPacket] = []
    while let packet = try capture.next() { captured.append(packet) }
    let data = captured.filter(\.outgoing).compactMap { packet -> [UInt8]? in
      guard let parsed = Packet(bytes: packet.bytes), parsed.source == connection.tuple.local,
        parsed.segment.length > 0
      else { return nil }
      #expect(parsed.segment.length == 1000)
      return packet.bytes
    }
    #expect(data.count == 1)
    // The copy that comes in is cut to its headers.
    #expect(
      captured.filter { !$0.outgoing && data.first?.starts(with: $0.bytes) == true }.map(\.bytes.count) == [
        128
      ])
  }

  @Test func timesAreOfTheMonotonicClock() throws {
    let capture = try openOnLoopback()
    let before = monotonicNanoseconds()
    let connection = try TestConnection()
    let seen = try drain(capture, connection.tuple)
    let after = monotonicNanoseconds()
    // Two clocks are compared: a millisecond is left for that.
    let slack: UInt64 = 1_000_000
    for time in seen.map(\.captured.time) { #expect(time >= before - slack && time <= after + slack) }
    #expect(seen.map(\.captured.time) == seen.map(\.captured.time).sorted())
  }

  @Test func anInterfaceThatIsNotThereIsRefused() {
    #expect(throws: (any Error).self) { _ = try PacketCapture.open(interface: 1 << 30) }
  }
}

private func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
