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
  /// The scenario's figures by their names: the value, or `undecided`.
  static func figures(_ id: Scenario, _ conditions: [Condition], on bench: any Bench) throws -> [String:
    String]
  {
    let trace = try id.run(under: conditions, with: Runner(on: bench), on: bench)
    #expect(trace.end == .finished)
    var figures: [String: String] = [:]
    for event in trace.events {
      guard case .measurement(let figure) = event.what else { continue }
      #expect(figures[figure.name] == nil, "\(figure.name) twice")
      #expect(id.declaration.figures.contains { $0.name == figure.name }, "\(figure.name) is not declared")
      figures[figure.name] = figure.value?.description ?? "undecided"
    }
    return figures
  }

  /// What answers segments that do not belong where they arrive.
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct AnswerTests {
    /// What Linux makes of them wherever a full socket is, in each state.
    private static func expected(in state: State) -> [String: String] {
      let name = state.rawValue
      var answers = [
        "an RST with the expected sequence number":
          "nothing, CLOSED with \(state == .closeWait ? "EPIPE" : "ECONNRESET")",
        "an RST one sequence number before the window": "nothing, \(name)",
        "data before the window": "ACK with SACK, \(name)",
      ]
      if [.lastAck, .closing].contains(state) {
        answers["an RST one sequence number before the window"] = "nothing, CLOSED with ECONNRESET"
      }
      if state == .closeWait {
        answers["an RST one sequence number before the window"] = "nothing, CLOSED with EPIPE"
      }
      for silent in [
        "an RST beyond the window", "a FIN without ACK", "a segment without flags",
        "a segment with FIN, PSH and URG",
      ] {
        answers[silent] = "nothing, \(name)"
      }
      for challenged in [
        "a SYN", "the SYN of the connection itself", "a SYN+ACK", "an RST elsewhere in the window",
        "an empty segment before the window", "data beyond the window", "data with an old timestamp",
        "a FIN beyond the window",
      ] {
        answers[challenged] = "ACK, \(name)"
      }
      return answers
    }

    @Test(
      arguments: Ground.wires,
      [State.established, .finWait1, .finWait2, .closeWait, .lastAck, .closing])
    func aFullSocketChallengesWhatIsOff(ground: Ground, state: State) throws {
      let found = try ScenariosTests.figures(.answers, [.arrivesIn(state)], on: try ground.bench())
      for (name, value) in Self.expected(in: state) {
        #expect(found["answer to " + name] == value, "\(name)")
      }
    }

    @Test(arguments: Ground.wires) func whoAsksAnswersWithRSTWhatAnswersAnother(ground: Ground) throws {
      let found = try ScenariosTests.figures(.answers, [.arrivesIn(.synSent)], on: try ground.bench())
      #expect(found["answer to a SYN"] == "SYN+ACK, SYN_RECV")
      #expect(found["answer to a SYN+ACK of another SYN"] == "RST and SYN, SYN_SENT")
      #expect(
        found["answer to an RST with the expected sequence number"] == "nothing, CLOSED with ECONNREFUSED")
      #expect(found["answer to an RST of another SYN"]?.hasSuffix("SYN_SENT") ?? false)
    }

    @Test(arguments: Ground.wires) func aRequestIsDroppedOnlyByItsOwnRST(ground: Ground) throws {
      let found = try ScenariosTests.figures(.answers, [.arrivesIn(.synReceived)], on: try ground.bench())
      #expect(found["answer to an RST with the expected sequence number"] == "nothing, CLOSED")
      #expect(found["answer to an RST beyond the window"] == "nothing, SYN_RECV")
      #expect(found["answer to the SYN of the connection itself"] == "SYN+ACK, SYN_RECV")
      #expect(found["answer to an ACK of data not yet sent"] == "RST, SYN_RECV")
    }

    @Test(arguments: [
      (
        "tcp_timestamps", "0", State.established, "data with an old timestamp", "ACK of its data, ESTABLISHED"
      ),
      ("tcp_sack", "0", .established, "data before the window", "ACK, ESTABLISHED"),
      ("tcp_rfc1337", "1", .timeWait, "an RST with the expected sequence number", "nothing, TIME_WAIT"),
      ("tcp_rfc1337", "0", .timeWait, "an RST with the expected sequence number", "nothing, CLOSED"),
    ])
    func aSettingTurnsAnAnswer(
      setting: String, to value: String, state: State, segment: String, answer: String
    ) throws {
      let bench = try #require(Ground.wires.first).bench()
      for party in Party.allCases {
        try bench.enter(party) { try Sysctl.write("net.ipv4." + setting, value) }
      }
      let found = try ScenariosTests.figures(.answers, [.arrivesIn(state)], on: bench)
      #expect(found["answer to " + segment] == answer)
    }

    @Test func aWireThatTakesChallengesAwayTurnsThem() throws {
      let bench = try AlteredWire(family: .ipv4) { departure in
        let segment = departure.packet.segment
        return segment.isPureAck && segment.options.contains { if case .sack = $0 { true } else { false } }
          ? .vanish : .pass
      }
      let found = try ScenariosTests.figures(.answers, [.arrivesIn(.established)], on: bench)
      #expect(found["answer to data before the window"] == "nothing, ESTABLISHED")
      #expect(found["answer to a SYN"] == "ACK, ESTABLISHED")
    }

    @Test(arguments: [
      ([], "tcp_timestamps", "1", "answers to two SYNs in a row", "1"),
      ([], "tcp_timestamps", "1", "answers to two segments with data beyond the window", "2"),
      ([], "tcp_invalid_ratelimit", "0", "answers to two SYNs in a row", "2"),
      ([], "tcp_invalid_ratelimit", "0", "answers to two empty segments before the window", "2"),
      ([Condition.setting("tcp_invalid_ratelimit", "0")], "tcp_timestamps", "1", limited, "one each"),
      (
        [.setting("tcp_invalid_ratelimit", "0")], "tcp_challenge_ack_limit", "100", limited, "fewer than came"
      ),
    ])
    func challengesAreAsManyAsTheSettingsAllow(
      conditions: [Condition], setting: String, value: String, figure: String, count: String
    ) throws {
      let bench = try #require(Ground.wires.first).bench()
      let name = "net.ipv4." + setting
      guard (try? bench.enter(.left) { try Sysctl.write(name, value) }) != nil else {
        return print("skipped: \(name) is not the namespace's")
      }
      #expect(try ScenariosTests.figures(.challengeLimits, conditions, on: bench)[figure] == count)
    }
    private static let limited = "answers to a flood of RSTs in the window"
  }
}
