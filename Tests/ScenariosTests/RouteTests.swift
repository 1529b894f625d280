import Benches
import Grounds
import Linux
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// Routes: their features, their lack, and the flow labels by which they are chosen.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct RouteTests {
    @Test(arguments: Ground.wires) func whatHasNoRouteIsCounted(ground: Ground) throws {
      let found = try Grounds.figures(of: .noRoute, on: ground.bench())
      let group = ground.family == .ipv4 ? "Ip" : "Ip6"
      #expect(
        found["counters of a SYN from an address without a route"]
          == "\(group).OutNoRoutes 1, Tcp.InSegs 1, TcpExt.ListenDrops 1")
      #expect(found["sockets of a SYN from an address without a route"] == "LISTEN")
      #expect(
        found["counters of a SYN to a closed port from an address without a route"]
          == (ground.family == .ipv4
            // The kernel counts the RST before it looks for a route.
            ? "Tcp.InSegs 1, Tcp.OutRsts 1, Tcp.OutSegs 1" : "\(group).OutNoRoutes 1, Tcp.InSegs 1"))
      #expect(found["connect() to an address without a route"] == "ENETUNREACH")
      #expect(found["counters of connect() to an address without a route"] == "\(group).OutNoRoutes 1")
    }

    @Test(arguments: Ground.wires) func aFeatureOfARouteMakesTimestampsFiner(ground: Ground) throws {
      let found = try Grounds.figures(of: .timestampUnits, on: ground.bench())
      #expect(
        found["timestamps where the route of neither end has tcp_usec_ts"]
          == "client milliseconds, server milliseconds")
      let both = try #require(found["timestamps where the route of both ends has tcp_usec_ts"])
      if both.contains("not on this kernel") { return print("skipped: \(both)") }
      #expect(both == "client microseconds, server microseconds")
      #expect(
        found["TCP_INFO's options where the route of the server has tcp_usec_ts"] == "client 7, server 71")
    }

    @Test func withoutTimestampsThereIsNoUnit() throws {
      let bench = try Wire(family: .ipv4, settings: HostSettings(["net.ipv4.tcp_timestamps": "0"]))
      let found = try Grounds.figures(of: .timestampUnits, on: bench)
      #expect(
        found["timestamps where the route of neither end has tcp_usec_ts"] == "client none, server none")
    }

    @Test(.enabled(if: Ground.wires.contains { $0.family == .ipv6 }, "no wire of IPv6 can be set up here"))
    func flowLabelsFollowTheSettings() throws {
      let expected: [([Condition], String, String)] = [
        ([], "SYN A, SYN+ACK B, ACK A", "SYN A, RST B"),
        ([.setting("auto_flowlabels", "0")], "SYN 0, SYN+ACK 0, ACK 0", "SYN 0, RST 0"),
        ([.setting("auto_flowlabels", "2")], "SYN 0, SYN+ACK 0, ACK 0", "SYN 0, RST 0"),
        ([.setting("auto_flowlabels", "3")], "SYN A, SYN+ACK B, ACK A", "SYN A, RST B"),
        ([.setting("flowlabel_reflect", "1")], "SYN A, SYN+ACK A, ACK A", "SYN A, RST B"),
        ([.setting("flowlabel_reflect", "2")], "SYN A, SYN+ACK B, ACK A", "SYN A, RST A"),
      ]
      for (conditions, handshake, refusal) in expected {
        let found = try Grounds.figures(of: .flowLabels, under: conditions, on: try Wire(family: .ipv6))
        #expect(found["flow labels of a handshake"] == handshake, "\(conditions)")
        #expect(found["flow labels of a refused connection"] == refusal, "\(conditions)")
        // The ends keep their labels until a timeout makes the sender choose another path.
        let isSilent = handshake.hasPrefix("SYN 0")
        let server = handshake.contains("SYN+ACK A") ? "A" : isSilent ? "0" : "B"
        let client = isSilent ? "0" : "A"
        #expect(
          found["flow labels of a close"]
            == "first FIN \(client), second FIN \(server), its ACK \(client), ACK in TIME_WAIT \(client)")
        #expect(
          found["flow labels of data before and after a timeout"]
            == (isSilent ? "data 0, data again 0" : "data A, data again B"))
      }
    }

    /// Only what the probe sees of the SYN+ACK has another label.
    @Test(.enabled(if: Ground.wires.contains { $0.family == .ipv6 }, "no wire of IPv6 can be set up here"))
    func anotherLabelInTheSynAckIsFound() throws {
      let bench = try AlteredWire(family: .ipv6) { departure in
        if departure.packet.segment.flags.isSuperset(of: [.syn, .ack]) { departure.bytes[3] ^= 1 }
        return .pass
      }
      let found = try Grounds.figures(of: .flowLabels, on: bench)
      #expect(
        found["flow labels of data and of its ACK"]
          == "the client's data A, its ACK C, the server's data C, its ACK A")
    }
  }
}
