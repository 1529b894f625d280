import Kinds
import Linux
import SystemPackage
import TCP
import Testing

@Suite(
  .tags(.kernel), .onItsOwnThread,
  .enabled(if: namespacesWork, "private network namespaces cannot be made here"))
struct OffloadTests {
  /// Packets that `lo` has sent, from the calling thread's /proc/thread-self/net/dev: nine columns before it are
  /// what was received.
  private func packetsSent() throws -> Int {
    let text = try TextFile.read("/proc/thread-self/net/dev")
    let line = try #require(text.split(separator: "\n").first { $0.contains("lo:") })
    return try #require(Int(line.split(separator: " ")[10]))
  }

  @Test func withoutOffloadsEverySegmentIsAPacket() throws {
    try loopbackNamespace().enter {
      let loopback = try Interface(named: "lo")
      try loopback.setMTU(1500)
      try loopback.turnOffOffloads()
      let pair = try connection()
      let before = try packetsSent()
      #expect(try pair.client.send(Array(repeating: 0, count: 14_000)) == 14_000)
      #expect(try receive(14_000, from: pair.server).count == 14_000)
      // 1448 octets fit into a packet with timestamps; ACKs come on top.
      #expect(try packetsSent() - before >= 10)
    }
  }

  @Test func anOffloadCanBeSwitchedOnAgain() throws {
    try loopbackNamespace().enter {
      let loopback = try Interface(named: "lo")
      try loopback.turnOffOffloads()
      try loopback.set(.tcpSegmentation, true)
    }
  }
}
