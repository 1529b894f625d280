import Benches
import Claims
import Documents
import Grounds
import Kinds
import Scenarios
import Testing
import Traces

/// The figures that take a minute of waiting, beside all other suites: a wait needs no processor.
@Suite(
  .tags(.kernel, .slow), .onItsOwnThread,
  .enabled(if: !Ground.all.isEmpty, "no bench can be set up here"))
struct MinuteTests {
  @Test(arguments: Ground.onePerBench) func theKernelItselfEndsTimeWaitAfterAMinute(ground: Ground) throws {
    let bench = try ground.bench()
    let trace = try Scenario.timeWait.run(under: [], with: Runner(on: bench), on: bench)
    expectDeclaredFigures(of: .timeWait, under: [], in: trace)
    let ours = try #require(BuiltInPages.page("time-wait").map { Run.Source(name: $0.id, text: $0.source) })
    let theirs = try #require(Run.Source.builtIn.first { $0.name == "two-handshakes" })
    let assessment = try assessment(of: trace, beside: [ours, theirs])
    for claim in ["T2.1", "T2.2", "B2.9"] { #expect(assessment.verdict(claim) == "confirmed", "\(claim)") }
    // The timer wheel is never early, and at most an eighth late.
    let length = try #require(assessment.claims.first { $0.id == "T2.1" }?.verdict.seen)
    #expect((60...67.7).contains(try #require(Double(length.dropLast(2)))))

    for change in PageChange.minute {
      let original = change.claim.hasPrefix("T") ? ours : theirs
      let page = try #require(original.changed(change.old, to: change.new))
      #expect(
        try self.assessment(of: trace, beside: [page]).verdict(change.claim) == change.verdict, "\(change)")
    }
  }

  private func assessment(of trace: Trace, beside pages: [Run.Source]) throws -> Assessment {
    let machine = Machine(release: "tested", architecture: "any", hertz: nil, time: 0)
    return try Assessment(
      of: Run(version: "test", command: "test", machine: machine, documents: pages, traces: [trace]),
      by: Scenarios.catalogue)
  }
}

extension PageChange {
  static let minute = [
    PageChange("T2.1", "| 60 s × [1, 1.127] |", "| 240 s |", "contradicted"),
    PageChange(
      "T2.2", "state remaining after TIME_WAIT | nothing |", "state remaining after TIME_WAIT | TIME_WAIT |",
      "contradicted"),
    PageChange(
      "B2.9", "state remaining after TIME_WAIT | nothing |", "state remaining after TIME_WAIT | TIME_WAIT |",
      "contradicted"),
  ]
}
