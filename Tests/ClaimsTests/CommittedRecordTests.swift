import Claims
import Documents
import Notations
import FoundationEssentials
import Kinds
import Scenarios
import Testing
import Traces

/// The page that the repository holds of a kernel: another kernel can be held to all of it.
@Suite(.tags(.pure)) struct CommittedRecordTests {
  private func page() throws -> Page {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "Reports/linux-6.18.md"), encoding: .utf8)
    return try Page(reading: text, name: "linux-6.18.md")
  }

  private var builtIn: [Page] {
    get throws { try BuiltInPages.all.map { try Page(reading: $0.source, name: $0.id) } }
  }

  @Test func allOfItIsReadAndCanBeRun() throws {
    let page = try page()
    #expect(page.unread.isEmpty)
    #expect(page.ladders.count == (try builtIn.flatMap(\.ladders).count))
    for ladder in page.ladders { #expect(throws: Never.self) { try Plan(ladder, page: page.name) } }
    for fact in page.facts.flatMap(\.rows) {
      #expect(Scenarios.catalogue.scenario(measuring: fact.what) != nil, "\(fact.what)")
    }
  }

  /// It holds what the two documents are about, whatever they say of it.
  @Test func itHasAllThatTheDocumentsAreAbout() throws {
    let told = Set(try page().facts.flatMap { $0.rows.map { Scenarios.catalogue.presentName($0.what) } })
    let asked = Set(try builtIn.flatMap(\.facts).flatMap { $0.rows.map(\.what) })
    // No observer sees the path of a segment.
    #expect(asked.subtracting(told) == ["path of the segments"])
  }
}
