import Claims
import FoundationEssentials
import Kinds
import Reports
import Scenarios
import Testing
import Traces

/// The run that the repository holds, for those who may not run one.
@Suite(.tags(.pure)) struct CommittedRunTests {
  private func run() throws -> Run {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = try Data(contentsOf: folder.appending(path: "Reports/close-sequence.json"))
    return try Run(reading: Array(file))
  }

  @Test func itIsReadJudgedAndShownInEveryFormat() throws {
    let assessment = try Assessment(of: try run(), by: Scenarios.catalogue)
    #expect(Set(["A3.1", "A3.5", "B2.2", "B2.5"]).isSubset(of: assessment.claims.map(\.id)))
    #expect(assessment.isDecided)
    for format in Format.allCases { #expect(!assessment.rendered(as: format).isEmpty) }
  }

  @Test func aChangedNumberInItsDocumentTurnsTheVerdict() throws {
    var run = try run()
    func verdict() throws -> Verdict.Kind? {
      try Assessment(of: run, by: Scenarios.catalogue).claims.first { $0.id == "A3.3" }?.verdict.kind
    }
    #expect(try verdict() == .contradicted)
    let article = try #require(run.documents.firstIndex { $0.name == "three-steps" })
    run.documents[article].text.replace("SEQ:7501", with: "SEQ:7500")
    #expect(try verdict() == .confirmed)
  }
}
