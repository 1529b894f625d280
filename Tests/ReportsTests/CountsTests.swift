import Claims
import Foundation
import Kinds
import Reports
import Scenarios
import Testing
import Traces

/// The number of claims with each verdict.
@Suite(.tags(.pure)) struct CountsTests {
  /// As ``Samples/close``, with one claim more that was left out.
  private static var partial: Assessment {
    var copy = Samples.close
    copy.pages[0].unread = []
    copy.claims.append(
      ClaimResult(
        id: "C9", page: "page.md", line: 90,
        verdict: Verdict(
          .leftOut, expected: "60 s", seen: "", reason: Reason.leftOut(by: .quick).description), parts: []))
    copy.run.traces.append(
      Trace(
        variant: Variant(subject: .scenario(id: Scenario.timeWait.name), bench: .wire, family: .ipv4),
        names: Samples.close.run.traces[0].names, endpoints: Samples.close.run.traces[0].endpoints,
        end: .leftOut(by: .quick)))
    return copy
  }

  private static let words =
    "1 confirmed, 2 contradicted, 1 correct but incomplete, 1 conditional, 1 unobservable"

  @Test func everyFormatCountsTheSame() throws {
    let assessment = Self.partial
    let all = Self.words + ", 1 left out by --quick"
    let terminal = assessment.rendered(as: .terminal).split(whereSeparator: \.isWhitespace)
    #expect(terminal.joined(separator: " ").hasSuffix(all))
    #expect(assessment.rendered(as: .markdown).contains("\n\(all)."))
    #expect(assessment.rendered(as: .mermaid).contains("\n\(all)."))
    #expect(assessment.rendered(as: .html, style: Style(tellsPages: true)).contains(">Evidence: \(all)<"))
    #expect(assessment.rendered(as: .slides).contains(">Verdicts: \(all)</p>"))
    #expect(assessment.rendered(as: .ktap).contains("# verdicts: \(all)\n"))
    let xml = try #require(WellFormed(assessment.rendered(as: .junit)))
    #expect(xml.all("property").contains { $0.attributes["value"] == all })
    let json = Data(assessment.rendered(as: .json).utf8)
    let report = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    let counts = try #require(report["counts"] as? [String: Int])
    #expect(
      counts == [
        "confirmed": 1, "contradicted": 2, "simplified": 1, "conditional": 1, "unobservable": 1,
        "left out": 1,
      ])
    let verdicts = try #require(report["verdicts"] as? [[String: Any]]).compactMap {
      $0["verdict"] as? String
    }
    #expect(Dictionary(grouping: verdicts, by: \.self).mapValues(\.count) == counts)
    let html = assessment.rendered(as: .html)
    for (name, count) in counts where name != "left out" {
      let words = try #require(Mark(rawValue: name)).words
      #expect(html.contains("<b>\(count)</b>\(words)</li>"), "\(name)")
    }
    #expect(html.contains("<b>1</b>left out by --quick</li>"))
  }

  @Test func whatAPersonLeftOutIsSkippedAndNotUndecided() throws {
    let assessment = Self.partial
    #expect(assessment.isDecided)
    #expect(assessment.rendered(as: .ktap).contains("# SKIP left out by --quick\n"))
    #expect(try Run(reading: Array(assessment.rendered(as: .json).utf8)) == assessment.run)
  }
}
