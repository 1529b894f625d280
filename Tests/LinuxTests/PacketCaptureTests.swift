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
  func aHandshakeIsSeenOnceAndInOrder(family: Family) throws {
    let capture = try openOnLoopback()
    let connection = try TestConnection(family)
    let seen = try drain(capture, connection.tuple)
    #expect(seen.map(\.packet.segment.flags) == [.syn, [.syn, .ack], .ack])
    #expect(seen.allSatisfy { $0.captured.outgoing })
    #expect(seen[0].packet.source == connection.tuple.local)
    #expect(seen[1].packet.source == connection.tuple.remote)
    #expect(try capture.lost() == 0)
  }

  @Test func dataIsWhole() throws {
    let capture = try openOnLoopback()
    let connection = try TestConnection()
    try connection.send(1000, from: connection.client)
    let lengths = try drain(capture, connection.tuple).map(\.packet.segment.length).filter { $0 > 0 }
    #expect(lengths == [1000])
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
