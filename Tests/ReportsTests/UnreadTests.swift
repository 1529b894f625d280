import Claims
import Documents
import Notations
import Foundation
import Kinds
import Reports
import Testing

/// The parts of a page that were not read, in every format.
@Suite(.tags(.pure)) struct UnreadTests {
  private func sample() -> Assessment {
    var sample = Samples.close
    sample.pages[0].unread = [
      Page.Unread(line: 12, text: "SYN+AKC", kind: .cell(suggestion: "SYN+ACK")),
      Page.Unread(line: 30, text: "C->>S: FIN", kind: .other("a Mermaid diagram that looks like TCP")),
      Page.Unread(line: 30, text: "C->>S: FIN", kind: .other("a Mermaid diagram that looks like TCP")),
    ]
    return sample
  }

  private func isXML(_ format: Format) -> Bool { [.svg, .html, .slides, .junit].contains(format) }

  @Test(arguments: Format.allCases) func everyFormatNamesWhatWasNotRead(format: Format) throws {
    let report = sample().rendered(as: format)
    let text = try isXML(format) ? #require(WellFormed(report)).allWords : report
    for part in ["SYN+AKC", "did you mean SYN+ACK?", "C->>S: FIN", "a Mermaid diagram that looks like TCP"] {
      #expect(text.contains(part), "\(format) \(part): \(text)")
    }
    for line in ["12", "30"] { #expect(text.contains(line)) }
    #expect(!sample().isDecided)
  }

  @Test func itStandsBeforeWhatHangsOnIt() {
    for format in [Format.terminal, .markdown] {
      let report = sample().rendered(as: format)
      let unread = report.range(of: "SYN+AKC")?.lowerBound
      let ladder = report.range(of: "FIN_WAIT_1")?.lowerBound
      #expect(unread != nil && ladder != nil && unread ?? report.endIndex < ladder ?? report.startIndex)
    }
    let sections = WellFormed(sample().rendered(as: .html))?.all("section").compactMap { $0.attributes["id"] }
    #expect(sections?.first == "unread")
    let slides = WellFormed(sample().rendered(as: .slides))?.all("section").map(\.text) ?? []
    #expect(slides.count > 2 && slides[1].hasPrefix("Could not read"))
  }

  @Test func inFormatsOfTestsItIsSkipped() throws {
    let suite = try #require(sample().testReport.suites.first { $0.name == "page.md" })
    let skipped = suite.cases.filter { $0.name.hasPrefix("line ") }
    #expect(skipped.map(\.name) == ["line 12: SYN+AKC", "line 30: C->>S: FIN", "line 30: C->>S: FIN again"])
    #expect(skipped.map(\.place?.line) == [12, 30, 30])
    #expect(skipped[0].outcome == .skipped(reason: "could not read: did you mean SYN+ACK?"))
    #expect(
      try KTAPReader.read(sample().rendered(as: .ktap)).contains {
        $0.name.hasPrefix("page.md: line ") && $0.skipped?.hasPrefix("could not read") == true
      })
    let xml = try #require(WellFormed(sample().rendered(as: .junit)))
    #expect(xml.all("skipped").count >= 3)
  }

  @Test func aPageOfWhichNothingWasJudgedHasASuiteToo() {
    var sample = sample()
    sample.claims = []
    #expect(sample.testReport.suites.map(\.name) == ["page.md"])
  }

  @Test func inJSONItStandsBesideTheVerdicts() throws {
    struct Report: Decodable {
      struct Unread: Decodable, Equatable {
        var page: String
        var line: Int
        var text: String
        var note: String?
      }
      var unread: [Unread]
    }
    let report = try JSONDecoder().decode(Report.self, from: Data(sample().rendered(as: .json).utf8))
    #expect(
      report.unread.first
        == .init(page: "page.md", line: 12, text: "SYN+AKC", note: "did you mean SYN+ACK?"))
    #expect(report.unread.count == 3)
  }
}

extension WellFormed {
  /// Its text, and what its attributes say.
  fileprivate var allWords: String {
    text + "\n" + elements.flatMap(\.attributes.values).joined(separator: "\n")
  }
}
