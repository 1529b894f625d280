import Grounds
import Testing
import Traces

extension ScenariosTests {
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct SegmentsOfCallsTests {
    private static let names = [
      "SYN of connect()", "data of send()", "FIN of shutdown(WR)", "FIN of close()",
    ]

    @Test(arguments: Ground.wires) func theyLeaveBeforeTheCallReturns(ground: Ground) throws {
      let measured = try Grounds.figures(of: .segmentsOfCalls, on: ground.bench())
      for name in Self.names { #expect(measured[name] == "leaves before the call returns", "\(name)") }
    }

    @Test func oneThatComesLateIsFound() throws {
      var isFirst = true
      let bench = try AlteredWire(family: .ipv4) { departure in
        // A run that the machine disturbed begins again, with another SYN.
        if departure.packet.segment.flags == .syn { isFirst = true }
        guard departure.packet.segment.flags.contains(.fin), isFirst else { return .pass }
        isFirst = false
        return .vanish
      }
      let measured = try Grounds.figures(of: .segmentsOfCalls, on: bench)
      #expect(measured["FIN of shutdown(WR)"] == "does not leave before the call returns")
      #expect(measured["data of send()"] == "leaves before the call returns")
    }
  }
}
