import Benches
import Claims
import Documents
import Grounds
import Testing
import Traces

extension ScenariosTests {
  /// What the two built-in pages say, and what this kernel does. The expectations are how Linux behaves beside what
  /// those pages hold; where a page changes, so must they. B2.9 takes a minute, and has its own.
  @Suite(.enabled(if: !Ground.all.isEmpty, "no bench can be set up here"))
  struct VerdictTests {
    static let expected: [String: String] = [
      "A1.1": "confirmed", "A1.2": "confirmed", "A1.3": "confirmed",
      // Without TCP_QUICKACK the third segment carries the first data.
      "A1.4": "conditional",
      "A1.5": "confirmed",
      // With Fast Open, in the SYN.
      "A1.6": "conditional",
      "A2.1": "confirmed", "A2.2": "confirmed", "A2.3": "confirmed", "A2.4": "confirmed", "A2.6": "confirmed",
      // With TCP_NODELAY, more than one.
      "A2.5": "conditional",
      // A tail loss probe is sooner than the timeout.
      "A2.7": "contradicted",
      // The page leaves the ACK flag of a FIN out.
      "A3.1": "simplified", "A3.2": "confirmed",
      // It counts a pure ACK as a number used.
      "A3.3": "contradicted", "A3.4": "contradicted",
      // Three segments where the second end closes before its ACK leaves.
      "A3.5": "conditional", "A3.6": "confirmed",
      // TIME_WAIT is left.
      "A3.7": "contradicted",
      // Keepalive is off by default.
      "A3.8": "conditional",
      "B1.1": "confirmed", "B1.3": "confirmed",
      // On one four-tuple it is a clock.
      "B1.2": "conditional",
      "B2.1": "confirmed", "B2.2": "confirmed",
      // After close() instead of shutdown() the data is answered with RST.
      "B2.3": "conditional",
      "B2.4": "confirmed", "B2.5": "confirmed", "B2.8": "confirmed",
      // It stays in FIN_WAIT_2 until all has come.
      "B2.6": "contradicted",
      "B2.7": "confirmed",
      // RST ends it just as well.
      "B2.10": "contradicted",
      "B3.1": "confirmed", "B3.2": "confirmed", "B3.3": "confirmed", "B3.4": "unobservable",
      "B3.5": "confirmed",
    ]
    /// What only a wire can do.
    static let undecidedOnLoopback: Set = ["B2.6", "B3.1"]

    @Test(arguments: Ground.all) func theBuiltInPagesGetTheirVerdicts(ground: Ground) throws {
      let assessment = try Assessment(running: Run.Source.builtIn, on: try ground.bench())
      #expect(Set(assessment.claims.map(\.id)) == Set(Self.expected.keys))
      for claim in assessment.claims {
        let isUndecided = ground.kind == .loopback && Self.undecidedOnLoopback.contains(claim.id)
        #expect(
          assessment.verdict(claim.id) == (isUndecided ? "undecided" : Self.expected[claim.id]),
          "\(claim.id): \(claim.verdict.expected) / \(claim.verdict.seen) / \(claim.verdict.reason ?? "")")
        prove(claim, in: assessment.run)
      }
    }

    /// Every verdict points at events that are there.
    private func prove(_ claim: ClaimResult, in run: Run) {
      if claim.verdict.kind == .undecided || claim.verdict.kind == .unobservable {
        #expect(claim.verdict.reason?.isEmpty == false, "\(claim.id)")
        return
      }
      #expect(!claim.verdict.evidence.isEmpty, "\(claim.id)")
      for evidence in claim.verdict.evidence {
        #expect(run.traces.indices.contains(evidence.trace))
        #expect(!evidence.events.isEmpty)
        for event in evidence.events { #expect(run.traces[evidence.trace].events.indices.contains(event)) }
      }
    }

    /// The second close() stands behind the ACK of the first FIN, or before it.
    @Test(arguments: Ground.onePerBench, [true, false])
    func segmentsOfACloseAreForced(ground: Ground, isLate: Bool) throws {
      let bench = try ground.bench()
      let runner = Runner(on: bench)
      for _ in 0..<10 {
        let assessment = try Assessment(
          running: [isLate ? Self.closing : Self.closingAtOnce], on: bench, with: runner)
        let trace = try #require(assessment.run.traces.first)
        let fin = try #require(
          trace.events.firstIndex { $0.segment?.flags.contains(.fin) ?? false })
        let segments = trace.events[fin...].filter { $0.segment != nil }
        #expect(segments.count == (isLate ? 4 : 3))
        #expect(assessment.claims.map(\.verdict.kind) == [.confirmed])
        #expect(trace.end == .finished)
      }
    }

    private static let closingAtOnce = Run.Source(
      name: "closing",
      text: """
        | client | server  | claim |
        | ------ | ------- | ----- |
        | FIN    |         | 4.1   |
        |        | close() | 4.1   |
        |        | FIN     | 4.1   |
        | ACK    |         | 4.1   |
        """)

    private static let closing = Run.Source(
      name: "closing",
      text: """
        | client | server | claim |
        | ------ | ------ | ----- |
        | FIN    |        | 4.1   |
        |        | ACK    | 4.1   |
        |        | FIN    | 4.1   |
        | ACK    |        | 4.1   |
        """)

    @Test(arguments: Ground.onePerBench) func theSamePageGetsTheSameVerdictsEveryTime(ground: Ground) throws {
      let bench = try ground.bench()
      let runner = Runner(on: bench)
      var verdicts: Set<[String]> = []
      for _ in 0..<5 {
        let assessment = try Assessment(
          running: Run.Source.builtIn, on: bench, with: runner,
          claims: ["A3.4", "A3.5", "A3.7", "B2.2", "B2.3"])
        verdicts.insert(assessment.claims.map { "\($0.id) \(assessment.verdict($0.id))" })
      }
      #expect(verdicts.count == 1, "\(verdicts)")
    }
  }
}
