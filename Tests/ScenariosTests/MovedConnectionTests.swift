import Benches
import Grounds
import Scenarios
import Testing

extension ScenariosTests {
  /// Connections that are read and made by TCP_REPAIR.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct MovedConnectionTests {
    @Test(arguments: Ground.wires) func whatAProgramThatMovesItReadsAndSets(ground: Ground) throws {
      let bench = try ground.bench()
      guard bench.hasNetAdmin else { return print("skipped: TCP_REPAIR needs CAP_NET_ADMIN") }
      let found = try Grounds.figures(of: .movedConnection, on: bench)
      let windows = try #require(found["windows that TCP_REPAIR_WINDOW returns"])
      #expect(windows.hasPrefix("SND.WL1 at RCV.NXT, peer's window "))
      #expect(windows.hasSuffix(", offered at RCV.NXT"))
      // Bits for timestamps, SACK and scaling; a shift of five each way; timestamps take 12 bytes of each segment.
      #expect(
        found["TCP_INFO after TCP_REPAIR_OPTIONS"]?
          .hasPrefix("options 7, wscales 85, snd_mss 1188, snd_wnd 64000") == true)
      #expect(
        found["answers to values of TCP_REPAIR_OPTIONS"] == "succeeds, EFBIG, EFBIG, EINVAL, EINVAL")
      #expect(found["TCP_REPAIR_WINDOW and TCP_REPAIR_OPTIONS outside of TCP_REPAIR"] == "EPERM, EINVAL")
      #expect(found["TCP_REPAIR_OPTIONS after data was sent"] == "EPERM")
      #expect(found["data of a connection made by TCP_REPAIR"] == "100 bytes")
    }

    /// A peer that offers another window.
    @Test func theWindowIsWhatThePeerOffered() throws {
      let bench = try AlteredWire(family: .ipv4) { departure in
        guard !departure.packet.segment.flags.contains(.syn) else { return .pass }
        departure.packet.segment.window = 100
        departure.bytes = departure.packet.bytes
        return .pass
      }
      guard bench.hasNetAdmin else { return print("skipped: TCP_REPAIR needs CAP_NET_ADMIN") }
      let plain = try Grounds.figures(of: .movedConnection, on: try #require(Ground.wires.first).bench())
      let altered = try Grounds.figures(of: .movedConnection, on: bench)
      let name = "windows that TCP_REPAIR_WINDOW returns"
      #expect(altered[name] != nil && altered[name] != plain[name])
    }
  }
}
