import Grounds
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
      #expect(measured["timer of corked data"]?.hasSuffix("ms") == true, "\(measured)")
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
