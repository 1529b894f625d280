import Claims
import Kinds
import Reports
import Scenarios
import Testing
import Traces

/// A run as slides.
@Suite(.tags(.pure)) struct SlidesTests {
  @Test(arguments: [false, true]) func linksLeadFromEachSlideToTheNextAndBack(quiz: Bool) throws {
    let page = try #require(WellFormed(try LessonTests.rendered(as: .slides, quiz: quiz)))
    let slides = page.elements.filter { $0.attributes["class"]?.hasPrefix("slide ") ?? false }.compactMap {
      $0.attributes["id"]
    }
    func links(_ relation: String) -> [String] {
      page.all("a").filter { $0.attributes["rel"] == relation }.compactMap { $0.attributes["href"] }
    }
    #expect(slides.count > 10)
    #expect(links("next") == slides.dropFirst().map { "#" + $0 })
    #expect(links("prev") == slides.dropLast().map { "#" + $0 })
    #expect(Set(page.ids).count == page.ids.count)
  }

  @Test func aDrawingIsDefinedOnceAndShownUpToEachStep() throws {
    let page = try #require(WellFormed(Samples.close.rendered(as: .slides)))
    let ids = Set(page.ids)
    let uses = page.all("use").compactMap { $0.attributes["href"] }
    #expect(uses.allSatisfy { ids.contains(String($0.dropFirst())) })
    let pictures = uses.count { $0 == "#f1-lanes" }
    #expect(pictures > 5)
    #expect(page.all("g").count { $0.attributes["id"] == "f1-lanes" } == 1)
    // Each picture ends lower than the one before.
    let heights = page.all("svg").filter { $0.attributes["y"] == "46" }.compactMap {
      Double($0.attributes["height"] ?? "")
    }
    #expect(heights.count == pictures && zip(heights, heights.dropFirst()).allSatisfy { $0 < $1 })
    // The first row is in every picture but that of the beginning, the last row in one.
    let rows = page.all("g").compactMap { $0.attributes["id"] }.filter { $0.hasPrefix("f1-row") }
    let first = try #require(rows.first)
    let last = try #require(rows.last)
    #expect(rows.count > 3 && uses.count { $0 == "#" + first } == pictures - 1)
    #expect(uses.count { $0 == "#" + last } == 1)
  }

  @Test(arguments: Samples.all.map(\.name)) func anyRunHasSlides(name: String) throws {
    let sample = try #require(Samples.all.first { $0.name == name }).assessment
    let page = try #require(WellFormed(sample.rendered(as: .slides)))
    #expect(page.elements.contains { $0.attributes["class"] == "slide opening" })
    #expect(page.elements.allSatisfy { $0.attributes["src"] == nil })
  }

  @Test func aPageThatIsNoLessonShowsItsLaddersAlone() throws {
    let html = Samples.close.rendered(as: .slides)
    #expect(!html.contains("class=\"slide values\"") && html.contains("class=\"slide walk\""))
  }

  /// A facts table of more rows than a slide has room for, each with a claim.
  @Test func everyMeasuredValueAndItsClaimStandsOnASlide() throws {
    let rows = (1...30).map { "| connect() where nobody listens | ECONNREFUSED | | X\($0) |" }
    let sentences = (1...30).map { "- X\($0): the kernel refuses number \($0)." }
    let text =
      "# A page\n\n| what | value | set by | claim |\n| - | - | - | - |\n" + rows.joined(separator: "\n")
      + "\n\n" + sentences.joined(separator: "\n")
    var writer = TraceWriter(
      Variant(subject: .scenario(id: Scenario.closedPort.name), bench: .wire, family: .ipv4))
    writer.rung(0)
    let figure = Measurement(
      "connect() where nobody listens", .measured(Value(reading: "ECONNREFUSED")), source: "errno 111")
    writer.add(.measurement(figure: figure))
    let page = try Samples.lesson(text, writer.trace, as: .slides)
    let slides = page.elements.filter { $0.attributes["class"] == "slide values" }
    #expect(slides.count > 2)
    for number in 1...30 {
      let told = slides.filter { $0.text.contains("The kernel refuses number \(number).") }
      #expect(told.count == 1, "X\(number)")
    }
  }
}
