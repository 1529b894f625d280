import Claims
import Documents
import Kinds
import Reports
import Scenarios
import Testing
import Traces

@Suite(.tags(.pure)) struct HTMLTests {
  static let samples = Samples.all.map(\.name)

  private func page(_ name: String) throws -> (assessment: Assessment, page: WellFormed) {
    let sample = try #require(Samples.all.first { $0.name == name }).assessment
    return (sample, try #require(WellFormed(sample.rendered(as: .html))))
  }

  @Test(arguments: samples) func aPageNeedsNothingFromElsewhereAndRunsNothing(name: String) throws {
    let page = try page(name).page
    for element in page.elements {
      #expect(!["script", "img", "iframe", "object"].contains(element.name))
      #expect(element.attributes["src"] == nil && element.attributes["onclick"] == nil)
      guard let link = element.attributes["href"] else { continue }
      #expect(link.hasPrefix("#") || link == "data:,", "\(link)")
    }
    #expect(!page.all("style").contains { $0.text.contains("url(") || $0.text.contains("@import") })
    #expect(page.all("html").first?.attributes["lang"] == "en")
  }

  @Test(arguments: samples) func everyLinkLeadsToOnePlace(name: String) throws {
    let page = try page(name).page
    let ids = page.ids
    #expect(Set(ids).count == ids.count)
    for link in page.elements.compactMap({ $0.attributes["href"] }) where link.hasPrefix("#") {
      #expect(ids.contains(String(link.dropFirst())), "\(link)")
    }
  }

  @Test(arguments: samples) func everyClaimStandsInItWithItsVerdict(name: String) throws {
    let (sample, page) = try page(name)
    let rows = page.all("tr")
    for claim in sample.claims {
      let row = rows.first { $0.attributes["id"] == claim.id || $0.text.hasPrefix(claim.id) }
      #expect(try #require(row).text.contains(claim.verdict.mark.words), "\(claim.id)")
    }
  }

  @Test func aClaimLeadsToTheStepThatProvesIt() throws {
    let html = Samples.close.rendered(as: .html)
    // The FIN that the document numbers otherwise is the fifth thing that happens.
    let row = try #require(html.split(separator: "\n").first { $0.contains(##"<a href="#f1s5""##) })
    #expect(row.contains("figure 1, step 5"))
    let item = try #require(WellFormed(html)?.all("li").first { $0.attributes["id"] == "f1s5" })
    for text in [
      "FIN(SEQ:7501, ACK:5001)", "FIN+ACK(SEQ:7500, ACK:5001)", "contradicted", "sock_diag", "LAST_ACK",
    ] {
      #expect(item.text.contains(text), "\(text)")
    }
  }

  /// The claim has a segment that is as the document says, and a state, in force since an earlier step, that is not.
  @Test func aContradictedClaimLeadsToThePartThatContradictsIt() throws {
    var sample = Samples.close
    let segment = sample.ladders[0].parts[1]
    var state = sample.ladders[0].parts[2]
    state.subject = .state(rung: 2, party: .right)
    state.verdict.seen = "[CLOSE_WAIT]"
    state.verdict.evidence = sample.ladders[0].parts[0].verdict.evidence
    sample.ladders[0].parts.append(state)
    var verdict = state.verdict
    verdict.evidence = segment.verdict.evidence + state.verdict.evidence
    sample.claims.append(
      ClaimResult(id: "A3.6", page: "page.md", line: 44, verdict: verdict, parts: [segment, state]))
    let page = try #require(WellFormed(sample.rendered(as: .html)))
    let row = try #require(page.all("tr").first { $0.attributes["id"] == "A3.6" })
    #expect(row.text.contains("figure 1, step 5") && !row.text.contains("step 2"), "\(row.text)")
    let parts = page.all("article").map(\.text).filter { $0.contains("A3.6") }
    #expect(parts.contains { $0.contains("Evidence: figure 1, step 5.") }, "\(parts)")
  }

  @Test func everyDrawingHasWordsForThoseWhoDoNotSeeIt() throws {
    let page = try page("close").page
    let drawings = page.all("svg").filter {
      $0.attributes["role"] == "img" && $0.attributes["aria-labelledby"] != nil
    }
    #expect(drawings.count == 1)
    let words = try #require(page.all("desc").first).text
    for text in ["client ESTABLISHED", "client calls close()", "server CLOSE_WAIT", "contradicted"] {
      #expect(words.contains(text), "\(text)")
    }
  }

  @Test func theStepsOfAnUndrawnScenarioAreLeftOutUnlessAllIsDrawn() throws {
    var sample = Samples.scenario
    sample.run.traces[0].variant.subject = .scenario(id: Scenario.acceptQueue.name)
    func drawings(_ style: Style) throws -> Int {
      let page = try #require(WellFormed(sample.rendered(as: .html, style: style)))
      #expect(page.all("table").contains { $0.attributes["class"] == "measured" })
      return page.all("ol").count
    }
    #expect(try drawings(Style()) == 0)
    #expect(try drawings(Style(drawsAll: true)) == 1)
  }

  @Test func observersAndScenariosAreFolded() throws {
    let page = try page("scenario").page
    let titles = page.all("details").filter { $0.attributes["class"] == "fold" }.map(\.text)
    #expect(titles.count == 2)
    #expect(titles.contains { $0.hasPrefix("Scenarios") } && titles.contains { $0.hasPrefix("Observers") })
    #expect(page.all("details").allSatisfy { $0.attributes["open"] == nil })
  }

  @Test func whatADocumentWritesStaysText() throws {
    let attack = "</style></title><script>alert(1)</script><img src=x onerror='alert(2)'>&\"\u{1B}\u{FFFF}"
    var sample = Samples.close
    sample.run.machine.release = attack
    sample.run.command = attack
    sample.run.traces[0].names = Both(attack)
    sample.run.traces[0].observers[0].reason = attack
    sample.pages[0].name = attack
    sample.pages[0].title = attack
    sample.pages[0].unread.append(.init(line: 1, text: attack))
    sample.ladders[0].ladder.heading = attack
    sample.ladders[0].ladder.rungs[0].cells = Both(Cell(text: attack))
    sample.ladders[0].parts[0].verdict.expected = attack
    sample.ladders[0].parts[0].verdict.reason = attack
    sample.ladders[0].parts[0].claims = [attack]
    sample.claims[0].id = attack
    sample.claims[0].page = attack
    sample.claims[0].restatement = attack
    sample.claims[0].verdict.seen = attack
    let lesson = Style(tellsPages: true)
    for (format, style) in [(Format.html, Style()), (.svg, Style()), (.html, lesson), (.slides, lesson)] {
      let text = sample.rendered(as: format, style: style)
      // A lesson has a script of its own.
      let own = text.contains("'sha256-".replacing("'", with: "&#39;")) ? 1 : 0
      #expect(text.matches(of: /<script/).count == own && !text.contains("<img") && !text.contains("\u{1B}"))
      let page = try #require(WellFormed(text))
      #expect(page.text.contains("<script>"))
      #expect(page.all("script").count == own && page.all("img").isEmpty)
    }
  }
}
