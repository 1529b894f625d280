import Benches
import Claims
import Documents
import Grounds
import Linux
import Scenarios
import TCP
import Testing
import Traces

extension ScenariosTests {
  /// What an opening's figures are on every bench, and how they turn with the world.
  @Suite(.enabled(if: !Ground.all.isEmpty, "no bench can be set up here"))
  struct OpeningWorldTests {
    private static let fastOpen = [Condition.option("TCP Fast Open")]

    /// The play's one figure.
    private func figure(
      _ id: ScenarioID, _ conditions: [Condition], on bench: any Bench
    ) throws -> (figure: Measurement, trace: Trace) {
      let trace = try Scenarios.play(id, under: conditions, with: Player(on: bench), on: bench)
      let figures = trace.events.compactMap {
        if case .measurement(let figure) = $0.what { figure } else { nil }
      }
      #expect(figures.count == 1)
      return (try #require(figures.last), trace)
    }

    @Test(arguments: Ground.all) func onlyFastOpenPutsDataIntoTheSYN(ground: Ground) throws {
      let bench = try ground.bench()
      let setting = "net.ipv4.tcp_fastopen"
      let outside = try Sysctl.read(setting)
      let inside = try bench.enter(.right) { try Sysctl.read(setting) }
      // In this order, so that the cookie does not hang on what was played before; and again, with a cookie at hand.
      for conditions in [[], Self.fastOpen, [], Self.fastOpen] {
        let (figure, trace) = try figure(.fastOpen, conditions, on: bench)
        #expect(figure.value == (conditions.isEmpty ? "after the handshake" : "in the SYN"), "\(figure)")
        let data = trace.segments(of: trace.opener).first { $0.segment.length > 0 }
        #expect(data?.segment.flags.contains(.syn) == !conditions.isEmpty)
        #expect(figure.events.contains(data?.place ?? -1))
      }
      for party in Party.allCases {
        #expect(try bench.enter(party) { try Sysctl.read(setting) } == inside)
      }
      #expect(try Sysctl.read(setting) == outside)
    }

    @Test(
      .enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"),
      arguments: [
        ("0", "undecided"), ("1", "after the handshake"), ("2", "undecided"), ("3", "in the SYN"),
      ])
    func aKernelThatKeepsItsSettingTurnsIt(setting: String, value: String) throws {
      let bench = try AlteredWire(
        family: .ipv4, afterEntering: { try Sysctl.write("net.ipv4.tcp_fastopen", setting) })
      let (figure, _) = try figure(.fastOpen, Self.fastOpen, on: bench)
      #expect(figure.undecided.map { _ in "undecided" } ?? figure.value == value, "\(figure)")
      if value == "undecided" { #expect(figure.undecided?.contains("EOPNOTSUPP") ?? false) }
    }

    @Test(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
    func aPathThatTakesCookiesAwayTurnsIt() throws {
      let bench = try AlteredWire(family: .ipv4) { departure in
        departure.packet.segment.options.removeAll { if case .fastOpen = $0 { true } else { false } }
        departure.bytes = departure.packet.bytes
        return .pass
      }
      #expect(try figure(.fastOpen, Self.fastOpen, on: bench).figure.value == "after the handshake")
    }

    @Test(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
    func dataThatASYNLosesOnItsWayIsNotTakenForDelivered() throws {
      let bench = try AlteredWire(family: .ipv4) { departure in
        guard departure.packet.segment.flags.contains(.syn) else { return .pass }
        var packet = departure.packet
        packet.payload = []
        departure.bytes = packet.bytes
        return .pass
      }
      let (figure, _) = try figure(.fastOpen, Self.fastOpen, on: bench)
      #expect(figure.value == "in the SYN, which is answered without it")
    }

    @Test(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
    func withoutAThirdSegmentOfItsOwnTheFirstDataIsInIt() throws {
      let bench = try AlteredWire(family: .ipv4) { departure in
        departure.packet.segment.isPureAck && departure.packet.source.port >= 40000 ? .vanish : .pass
      }
      #expect(try figure(.fastOpen, [], on: bench).figure.value == "in the third segment")
    }

    @Test(arguments: Ground.all) func aSYNsNumberIsRandomAndByTheClock(ground: Ground) throws {
      let bench = try ground.bench()
      let (many, trace) = try figure(.synNumbers, [.fourTuples(.many)], on: bench)
      #expect(many.value == "random", "\(many.source)")
      #expect(many.events.count >= 1000)
      #expect(Set(trace.segments(of: trace.opener).map(\.segment.sequence)).count > 1000)
      let (one, _) = try figure(.synNumbers, [.fourTuples(.one)], on: bench)
      #expect(one.value == "a fixed offset and a clock", "\(one.source)")
    }

    /// What a SYN's number is on this wire, and what the figures of many and of one four-tuple are then.
    @Test(
      .enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"),
      arguments: [
        ("a constant", "not random", "the same each time"),
        ("a counter", "not random", "another each time, by no clock"),
        ("a clock", "not random", "a fixed offset and a clock"),
        ("a die", "random", "another each time, by no clock"),
      ])
    func anotherGeneratorTurnsIt(generator: String, many: String, one: String) throws {
      var counter: UInt32 = 0
      let bench = try AlteredWire(family: .ipv4) { departure in
        guard departure.packet.segment.flags == .syn else { return .pass }
        counter &+= 64_000
        departure.packet.segment.sequence = SequenceNumber(
          switch generator {
          case "a constant": 1000
          case "a counter": counter
          case "a clock": UInt32(truncatingIfNeeded: departure.time / 64)
          default: .random(in: 0...UInt32.max)
          })
        return .pass
      }
      #expect(try figure(.synNumbers, [.fourTuples(.many)], on: bench).figure.value == many)
      #expect(try figure(.synNumbers, [.fourTuples(.one)], on: bench).figure.value == one)
    }

    @Test(arguments: Ground.onePerBench) func aSettingThatIsNotThereLeavesItsFigureUndecided(ground: Ground)
      throws
    {
      let bench = try ground.bench()
      let play = Play(subject: .scenario(id: .fastOpen), bench: ground.kind, family: ground.family)
      let trace = try Player(on: bench).repeatedly(play) { stage in
        try stage.withSetting("net.ipv4.no_such_setting", "1", at: .left, measuring: "it") {
          Issue.record("played without its setting")
        }
      } names: {
        (Both(left: "client", right: "server"), .left)
      }
      let reasons = trace.events.compactMap {
        if case .measurement(let figure) = $0.what { figure.undecided } else { nil }
      }
      #expect(reasons == ["this kernel has no net.ipv4.no_such_setting"])
    }
  }
}
