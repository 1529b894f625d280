import Benches
import Claims
import Grounds
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// The figure that the run is for: the first that its scenario declares.
  static func figure(
    _ id: Scenario, _ conditions: [Condition], on bench: any Bench
  ) throws -> (figure: Measurement, trace: Trace) {
    let trace = try id.run(under: conditions, with: Runner(on: bench), on: bench)
    let name = id.declaration.figures.first?.name
    let figures = trace.events.compactMap { event -> Measurement? in
      if case .measurement(let figure) = event.what, figure.name == name { figure } else { nil }
    }
    #expect(figures.count == 1)
    return (try #require(figures.last), trace)
  }

  /// What a SYN's number is, on every bench and on wires that number otherwise.
  @Suite(.enabled(if: !Ground.all.isEmpty, "no bench can be set up here"))
  struct SynNumberTests {
    @Test(arguments: Ground.all) func aSYNsNumberIsRandomAndByTheClock(ground: Ground) throws {
      let bench = try ground.bench()
      let (many, trace) = try ScenariosTests.figure(.synNumbers, [.fourTuples(.many)], on: bench)
      #expect(many.value == "random", "\(many.source)")
      #expect(many.events.count >= 1000)
      #expect(Set(trace.segments(of: trace.opener).map(\.segment.sequence)).count > 1000)
      let (one, _) = try ScenariosTests.figure(.synNumbers, [.fourTuples(.one)], on: bench)
      #expect(one.value == "a fixed offset and a clock", "\(one.source)")
    }

    /// What a SYN's number is on this wire, and what the figures of many and of one four-tuple are then.
    @Test(
      .enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"),
      arguments: [
        ("a constant", "not random", "the same each time"),
        ("a counter", "not random", "another each time, by no clock"),
        // It is read when the SYN arrives, and not within connect(): of one four-tuple it tells nothing.
        ("a clock", "not random", nil),
        ("a die", "random", "another each time, by no clock"),
      ])
    func anotherGeneratorTurnsIt(generator: String, many: String, one: String?) throws {
      var counter: UInt32 = 0
      let bench = try AlteredWire(family: .ipv4) { departure in
        guard departure.packet.segment.flags == .syn else { return .pass }
        counter &+= 64_000
        let number: UInt32 =
          switch generator {
          case "a constant": 1000
          case "a counter": counter
          case "a clock": UInt32(truncatingIfNeeded: departure.time / 64)
          default: .random(in: 0...UInt32.max)
          }
        departure.packet.segment.sequence = SequenceNumber(number)
        return .pass
      }
      #expect(
        try ScenariosTests.figure(.synNumbers, [.fourTuples(.many)], on: bench).figure.value?.description
          == many)
      guard let one else { return }
      #expect(
        try ScenariosTests.figure(.synNumbers, [.fourTuples(.one)], on: bench).figure.value?.description
          == one)
    }
  }
}
