import Benches
import Claims
import Documents
import Grounds
import Linux
import TCP
import Testing
import Traces

/// A wire on which the kernels seem to behave in another way, and what becomes of claims.
struct Lie: Sendable, CustomStringConvertible {
  var description: String
  var verdicts: [String: String]
  /// Whether this is one of the segments that are changed.
  var isMeant: @Sendable (Segment) -> Bool
  var change: @Sendable (inout Segment) -> Void = { _ in }
  var fate = AlteredWire.Fate.pass

  static let all = [
    Lie(
      description: "a first FIN without ACK", verdicts: ["A3.1": "confirmed", "A3.2": "confirmed"],
      isMeant: { $0.flags.contains(.fin) && $0.sequence == SequenceNumber(5000) },
      change: { $0.flags.remove(.ack) }),
    Lie(
      description: "a FIN one number further on", verdicts: ["A3.3": "confirmed", "A3.4": "contradicted"],
      isMeant: { $0.flags.contains(.fin) && $0.sequence == SequenceNumber(7500) },
      change: { $0.sequence = $0.sequence + 1 }),
    Lie(
      description: "a last ACK one number further on",
      verdicts: ["A3.3": "contradicted", "A3.4": "confirmed"],
      isMeant: { $0.acknowledgment == SequenceNumber(7501) },
      change: { $0.acknowledgment = SequenceNumber(7502) }),
    Lie(
      description: "a first FIN that resets too", verdicts: ["A3.1": "contradicted"],
      isMeant: { $0.flags.contains(.fin) && $0.sequence == SequenceNumber(5000) },
      change: { $0.flags.insert(.rst) }),
    Lie(
      description: "a FIN that is acknowledged as if it took two numbers",
      verdicts: ["A3.2": "contradicted"],
      isMeant: { $0.isPureAck && $0.acknowledgment == SequenceNumber(5001) },
      change: { $0.acknowledgment = SequenceNumber(5002) }),
    Lie(
      description: "an answer to a SYN that misses it",
      verdicts: ["A1.3": "contradicted", "A1.2": "confirmed"],
      isMeant: { $0.flags == [.syn, .ack] && $0.acknowledgment == SequenceNumber(1001) },
      change: { $0.acknowledgment = SequenceNumber(1000) }),
    Lie(
      description: "an answer to a SYN that is not a SYN",
      verdicts: ["A1.3": "contradicted", "B1.1": "contradicted"],
      isMeant: { $0.flags == [.syn, .ack] }, change: { $0.flags.remove(.syn) }),
    Lie(
      description: "a handshake with congestion flags",
      verdicts: ["B1.3": "contradicted", "B1.1": "confirmed"],
      isMeant: { $0.flags == [.syn, .ack] }, change: { $0.flags.insert(.ece) }),
    Lie(
      description: "an ACK that misses an octet", verdicts: ["A2.1": "contradicted", "A2.6": "contradicted"],
      isMeant: { $0.isPureAck && $0.acknowledgment == SequenceNumber(1401) },
      change: { $0.acknowledgment = SequenceNumber(1400) }),
    Lie(
      description: "data that comes twice", verdicts: ["A2.1": "confirmed", "A2.2": "contradicted"],
      isMeant: { $0.length == 100 && $0.sequence == SequenceNumber(1301) }, fate: .double),
    Lie(
      description: "an ACK of a FIN that never comes",
      verdicts: ["B2.1": "confirmed", "B2.2": "contradicted"],
      isMeant: { $0.isPureAck && $0.sequence != SequenceNumber(1) }, fate: .vanish),
  ]
}

extension ScenariosTests {
  @Suite(.enabled(if: !Ground.wires.isEmpty, "no wire can be set up here"))
  struct ChangedWorldTests {
    @Test(arguments: Lie.all) func aWireThatLiesTurnsTheVerdict(lie: Lie) throws {
      let ground = try #require(Ground.wires.first)
      let bench = try AlteredWire(family: ground.family) { departure in
        guard lie.isMeant(departure.packet.segment) else { return .pass }
        lie.change(&departure.packet.segment)
        return lie.fate
      }
      let assessment = try Assessment(
        running: Run.Source.builtIn, on: bench, claims: Set(lie.verdicts.keys))
      for (claim, verdict) in lie.verdicts {
        let found = assessment.claims.first { $0.id == claim }?.verdict
        #expect(
          assessment.verdict(claim) == verdict,
          "\(claim): \(found?.expected ?? "") / \(found?.seen ?? "") / \(found?.reason ?? "")")
      }
    }

    @Test(.enabled(if: !Ground.all.isEmpty, "no bench can be set up here"), arguments: Ground.all)
    func withoutTIMEWAITItsClaimsTurn(ground: Ground) throws {
      let assessment = try run(
        ["A3.7", "B2.5", "B2.8"], on: ground, setting: "net.ipv4.tcp_max_tw_buckets", to: "0")
      #expect(assessment.verdict("A3.7") == "confirmed")
      #expect(["contradicted", "undecided"].contains(assessment.verdict("B2.5")))
      #expect(assessment.verdict("B2.8") == "confirmed")
    }

    @Test(.enabled(if: !Ground.all.isEmpty, "no bench can be set up here"), arguments: Ground.all)
    func withCongestionNotificationAHandshakeHasMoreFlags(ground: Ground) throws {
      let assessment = try run(["B1.3"], on: ground, setting: "net.ipv4.tcp_ecn", to: "1")
      #expect(assessment.verdict("B1.3") == "contradicted")
      #expect(assessment.claims.first { $0.id == "B1.3" }?.verdict.seen.contains("ECE") ?? false)
    }

    /// Runs under a setting of the bench's own namespaces; nobody else's changes.
    private func run(
      _ claims: Set<String>, on ground: Ground, setting: String, to value: String
    ) throws -> Assessment {
      let outside = try Sysctl.read(setting)
      let bench = try ground.bench()
      for party in Party.allCases { try bench.enter(party) { try Sysctl.write(setting, value) } }
      let assessment = try Assessment(running: Run.Source.builtIn, on: bench, claims: claims)
      #expect(try Sysctl.read(setting) == outside)
      return assessment
    }
  }
}
