import Benches
import Claims
import Documents
import Grounds
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// What a sender heeds: the room that its receiver has, and the room that the network has.
  @Suite(.enabled(if: !Ground.all.isEmpty, "no bench can be set up here"))
  struct FlowTests {
    @Test(arguments: Ground.all) func aSenderWaitsForItsReader(ground: Ground) throws {
      let figures = try figures(of: .zeroWindow, on: ground.bench())
      #expect(figures["a receiver that does not read"] == "the sender stops, probes, and goes on")
    }

    @Test(arguments: Ground.all, Scenario.congestion.declaration.conditions)
    func theCongestionWindowFollowsTheNetwork(ground: Ground, conditions: [Condition]) throws {
      let figures = try figures(of: .congestion, under: conditions, on: ground.bench())
      #expect(figures["the congestion window"] == "grows with ACKs and shrinks on loss")
      #expect(figures["the congestion window after a loss"] == "grows again")
    }

    @Test(arguments: Ground.onePerBench) func aCongestionControlThatIsNotThereIsNoVerdict(ground: Ground)
      throws
    {
      let reasons = try reasons(of: .congestion, under: [.congestionControl("nobody's")], on: ground.bench())
      #expect(reasons.count == 2)
      for reason in reasons.values {
        #expect(reason.isNeed && reason.description.contains("nobody's; there are"), "\(reason)")
        #expect(reason.description.contains("reno"), "it says which there are")
      }
    }

    /// A wire on which flow control seems to be another, and what then is measured.
    struct Lie: Sendable, CustomStringConvertible {
      var description: String
      var scenario: Scenario
      var figure: String
      var value: String
      var change: @Sendable (inout Departure, Party) -> AlteredWire.Fate

      static let all = [
        Lie(
          description: "windows of 0 that are not seen", scenario: .zeroWindow,
          figure: "a receiver that does not read", value: "no window of 0 is announced"
        ) { departure, _ in
          if departure.packet.segment.isPureAck, departure.packet.segment.window == 0 {
            departure.packet.segment.window = 1
          }
          return .pass
        },
        Lie(
          description: "windows that stay 0", scenario: .zeroWindow,
          figure: "a receiver that does not read", value: "the sender stops, probes, and does not go on"
        ) { departure, party in
          if party == .left, departure.packet.segment.isPureAck {
            departure.packet.segment.window = 0
            departure.bytes = departure.packet.bytes
          }
          return .pass
        },
        Lie(
          description: "windows that look half as wide", scenario: .zeroWindow,
          figure: "a receiver that does not read", value: "the sender does not stop, probes, and goes on"
        ) { departure, party in
          if party == .left { departure.packet.segment.window /= 2 }
          return .pass
        },
        Lie(
          description: "room that is taken back", scenario: .zeroWindow,
          figure: "a receiver that does not read",
          value: "the sender stops, sends again what the window had room for, and goes on"
        ) { departure, party in
          // The last segment that had come is as if it had found no room.
          if party == .left, departure.packet.segment.isPureAck, departure.packet.segment.window < 1000 {
            departure.packet.segment.window = 0
            departure.packet.segment.acknowledgment = departure.packet.segment.acknowledgment + -988
            departure.bytes = departure.packet.bytes
          }
          return .pass
        },
        Lie(
          description: "probes that get lost", scenario: .zeroWindow,
          figure: "a receiver that does not read", value: "the sender stops, does not probe, and goes on"
        ) { departure, party in
          party == .right && departure.packet.segment.isPureAck ? .vanish : .pass
        },
        Lie(
          description: "ACKs that get lost", scenario: .congestion,
          figure: "the congestion window", value: "does not grow and does not shrink on loss"
        ) { departure, party in
          party == .right && departure.packet.segment.isPureAck ? .vanish : .pass
        },
        Lie(
          description: "data that comes twice, so that none is lost", scenario: .congestion,
          figure: "the congestion window", value: "grows with ACKs and does not shrink on loss"
        ) { departure, party in
          party == .left && departure.packet.segment.length > 0 ? .double : .pass
        },
      ]
    }

    @Test(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"), arguments: Lie.all)
    func aWireThatLiesTurnsTheFigure(lie: Lie) throws {
      let ground = try #require(Ground.wires.first)
      var left: Address?
      let bench = try AlteredWire(family: ground.family) { departure in
        lie.change(&departure, departure.packet.source.address == left ? .left : .right)
      }
      left = bench.addresses.left
      let conditions = try #require(lie.scenario.declaration.conditions.first)
      let figures = try figures(of: lie.scenario, under: conditions, on: bench)
      #expect(figures[lie.figure] == lie.value)
    }

    /// The figures that a scenario leaves, by their names; the reason where there is none.
    private func figures(
      of scenario: Scenario, under conditions: [Condition] = [], on bench: any Bench
    ) throws -> [String: String] {
      let trace = try scenario.run(under: conditions, with: Runner(on: bench), on: bench)
      #expect(trace.end == .finished)
      var figures: [String: String] = [:]
      for event in trace.events {
        guard case .measurement(let figure) = event.what else { continue }
        figures[figure.name] = figure.missing?.description ?? figure.value?.description
        #expect(figure.missing != nil || !figure.events.isEmpty)
      }
      return figures
    }
  }
}
