import Benches
import Documents
import Grounds
import Linux
import TCP
import Testing
import Traces

extension ScenariosTests {
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct CorkTests {
    private static let data = "data in the segments of three small writes"

    @Test(arguments: Ground.wires) func corkedDataLeavesTogether(ground: Ground) throws {
      let measured = try Grounds.figures(of: .cork, under: [.option("TCP_CORK")], on: ground.bench())
      #expect(measured["segments of three small writes while TCP_CORK is set"] == "0")
      #expect(measured[Self.data] == "300 bytes")
      #expect(measured["data that the timer of corked data sends"] == "300 bytes")
      // The least retransmission timeout of the kernel, which namespaces begin with.
      #expect(measured["timer of corked data"] == "200 ms", "\(measured)")
    }

    @Test func theTimerOfCorkedDataIsTheLeastTimeout() throws {
      let name = "net.ipv4.tcp_rto_min_us"
      guard (try? Sysctl.read(name)) != nil else { return print("skipped: this kernel has no \(name)") }
      let bench = try #require(Ground.wires.first).bench()
      for party in Party.allCases { try bench.enter(party) { try Sysctl.write(name, "400000") } }
      let measured = try Grounds.figures(of: .cork, under: [.option("TCP_CORK")], on: bench)
      #expect(measured["timer of corked data"] == "400 ms", "\(measured)")
    }

    /// The other end takes no segment that the three writes do not fill.
    @Test func dataThatIsNotHeldBackIsNotTheTimers() throws {
      let bench = try AlteredWire(family: .ipv4) { departure in
        guard departure.packet.segment.flags.contains(.syn) else { return .pass }
        departure.packet.segment.options = departure.packet.segment.options.map {
          if case .maximumSegmentSize = $0 { .maximumSegmentSize(112) } else { $0 }
        }
        departure.bytes = departure.packet.bytes
        return .pass
      }
      let measured = try Grounds.figures(of: .cork, under: [.option("TCP_CORK")], on: bench)
      #expect(measured["segments of three small writes while TCP_CORK is set"] == "3")
      for name in ["timer of corked data", "data that the timer of corked data sends"] {
        #expect(measured[name]?.hasPrefix("undecided: data left before") == true, "\(measured)")
      }
    }

    @Test(arguments: Ground.wires) func withoutNagleEachWriteLeavesAlone(ground: Ground) throws {
      let measured = try Grounds.figures(of: .cork, under: [.option("TCP_NODELAY")], on: ground.bench())
      #expect(measured == [Self.data: "100 bytes, 100 bytes, 100 bytes"])
    }

    @Test func dataThatDoesNotLeaveIsMissing() throws {
      var sequences: [SequenceNumber] = []
      let bench = try AlteredWire(family: .ipv4) { departure in
        let segment = departure.packet.segment
        guard segment.length == 100 else { return .pass }
        if !sequences.contains(segment.sequence) { sequences.append(segment.sequence) }
        // The second write never leaves, however often it is sent again.
        return sequences.count > 1 && segment.sequence == sequences[1] ? .vanish : .pass
      }
      let measured = try Grounds.figures(of: .cork, under: [.option("TCP_NODELAY")], on: bench)
      #expect(measured[Self.data] == "100 bytes, 100 bytes")
    }
  }
}
