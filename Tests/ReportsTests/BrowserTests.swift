import Claims
import Foundation
import Kinds
import Reports
import Scenarios
import Testing
import Traces

/// What a browser makes of a page. One at a time: a browser is heavy.
@Suite(.tags(.kernel, .slow), .serialized, .enabled(if: Chromium.path != nil, "there is no Chromium"))
struct BrowserTests {
  private let folder: Chromium.Folder
  init() throws { folder = try Chromium.Folder() }

  private func load(_ page: URL, _ options: String...) throws -> Chromium.Ended {
    try #require(try Chromium.load(page, in: folder.url, options), "the browser did not end well")
  }

  /// The committed run, which a real kernel made.
  private func committed() throws -> Assessment {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = try Data(contentsOf: root.appending(path: "Reports/close-sequence.json"))
    return try Assessment(of: try Run(reading: Array(file)), by: Scenarios.catalogue)
  }

  @Test func aPageLoadsWithoutAWordOnTheConsoleAndShowsEveryClaim() throws {
    let assessment = try committed()
    let page = try folder.write(assessment.rendered(as: .html), to: "page.html")
    let ended = try load(page, "--dump-dom")
    #expect(ended.console.isEmpty, "\(ended.console)")
    for claim in assessment.claims {
      #expect(ended.output.contains(##"<tr id="\##(claim.id)""##), "\(claim.id)")
    }
    #expect(ended.output.contains("viewBox"))
  }

  @Test func aPageThatIsBrokenIsHeardOnTheConsole() throws {
    let page = try folder.write("<script>nobody.home()</script>", to: "page.html")
    #expect(try !load(page, "--dump-dom").console.isEmpty)
  }

  @Test(arguments: ["page.html", "drawing.svg"]) func aPictureCanBeTakenOfIt(name: String) throws {
    let format: Format = name.hasSuffix("html") ? .html : .svg
    let page = try folder.write(try committed().rendered(as: format), to: name)
    func picture(of page: URL) throws -> Data {
      let file = folder.url.appending(path: "picture.png")
      _ = try load(page, "--window-size=1280,900", "--screenshot=\(file.path)")
      return try Data(contentsOf: file)
    }
    let shot = try picture(of: page)
    #expect(shot.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    // An empty page is a fraction of what a drawn one takes.
    #expect(try shot.count > 3 * picture(of: folder.write("<p>", to: "empty.html")).count)
  }

  @Test(arguments: [360, 1280]) func nothingScrollsSideways(width: Int) throws {
    // Korean, and words that are longer than the screen.
    let long = String(repeating: "seq", count: 100)
    var wide = Samples.wide
    wide.claims[0].verdict.expected = long
    wide.claims[0].restatement = long
    wide.run.command = long
    let lesson = try LessonTests.lesson()
    let slides = try [LessonTests.rendered(as: .slides), wide.rendered(as: .slides)]
    let pages = try [committed(), wide].map { $0.rendered(as: .html) } + [lesson] + slides
    for (index, html) in pages.enumerated() {
      _ = try folder.write(html, to: "page\(index).html")
      let frame = """
        <iframe src="page\(index).html" style="width:\(width)px;height:900px;border:0"></iframe><p id="result"></p>
        <script>
        const frame = document.querySelector("iframe")
        frame.onload = () => {
          const root = frame.contentDocument.documentElement
          document.getElementById("result").textContent = `${root.scrollWidth} of ${root.clientWidth}`
        }
        </script>
        """
      let ended = try load(try folder.write(frame, to: "frame.html"), "--dump-dom")
      #expect(ended.output.contains(">\(width) of \(width)<"), "\(index): \(ended.output.suffix(200))")
    }
  }

  @Test func keysFollowTheLinksOfALesson() throws {
    _ = try folder.write(try LessonTests.lesson(), to: "page.html")
    let frame = """
      <iframe src="page.html" style="width:1280px;height:900px"></iframe><p id="result"></p>
      <script>
      const frame = document.querySelector("iframe")
      frame.onload = async () => {
        const places = []
        for (const key of ["ArrowRight", "j", " ", "k", "ArrowLeft", "x", "ArrowRight"]) {
          frame.contentDocument.body.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}))
          await new Promise(done => setTimeout(done, 20))
          places.push(frame.contentWindow.location.hash)
        }
        document.getElementById("result").textContent = "places: " + places.join()
      }
      </script>
      """
    let ended = try load(try folder.write(frame, to: "frame.html"), "--dump-dom")
    #expect(ended.console.isEmpty, "\(ended.console)")
    #expect(
      ended.output.contains("places: #f1s1,#f1s2,#f1s3,#f1s2,#f1s1,#f1s1,#f1s2<"),
      "\(ended.output.suffix(300))")
  }

  @Test func aQuizHidesWhatItAsksForUntilTheNextKey() throws {
    _ = try folder.write(try LessonTests.lesson(quiz: true), to: "page.html")
    let frame = """
      <iframe src="page.html" style="width:1280px;height:900px"></iframe><p id="result"></p>
      <script>
      const frame = document.querySelector("iframe")
      frame.onload = async () => {
        const page = frame.contentDocument, wrong = []
        const rows = [...page.querySelectorAll("#f1 .ladder a.row")]
        const number = row => Number(row.getAttribute("href").split("s")[1])
        const stops = page.querySelectorAll("#f1 .tell").length - 1
        let questions = 0
        for (let stop = 0; stop < stops; stop++) {
          page.body.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", bubbles: true}))
          await new Promise(done => setTimeout(done, 20))
          const [kind, step] = frame.contentWindow.location.hash.match(/^#f1([qs])([0-9]+)$/).slice(1)
          if (kind == "q") questions++
          for (const link of page.querySelectorAll(":target [rel]"))
            if (getComputedStyle(link).visibility == "hidden") wrong.push("links of " + kind + step)
          for (const row of rows) {
            const isShown = getComputedStyle(row).visibility != "hidden"
            if (isShown != (kind == "q" ? number(row) < step : number(row) <= step)) wrong.push(kind + step)
          }
        }
        document.getElementById("result").textContent =
          rows.length > 0 && questions > 0 ? "asked, wrong: " + wrong.join() : "nothing was asked"
      }
      </script>
      """
    let ended = try load(try folder.write(frame, to: "frame.html"), "--dump-dom")
    #expect(ended.console.isEmpty, "\(ended.console)")
    #expect(ended.output.contains("asked, wrong: <"), "\(ended.output.suffix(300))")
  }

  @Test(arguments: [(1920, 1080), (1280, 720)]) func everySlideFitsItsScreenAndKeysReachIt(
    width: Int, height: Int
  ) throws {
    _ = try folder.write(try LessonTests.rendered(as: .slides), to: "page.html")
    let frame = """
      <iframe src="page.html" style="width:\(width)px;height:\(height)px"></iframe><p id="result"></p>
      <script>
      const frame = document.querySelector("iframe")
      frame.onload = async () => {
        const page = frame.contentDocument
        const slides = [...page.querySelectorAll(".slide")]
        const wrong = []
        for (const slide of slides) {
          const shown = slides.filter(one => getComputedStyle(one).display != "none")
          if (shown.length != 1 || shown[0] != slide) wrong.push(slide.id + " is not shown")
          for (const part of [slide, ...slide.querySelectorAll(".screen,.beside,.drawing")])
            if (part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1)
              wrong.push(slide.id + " overflows")
          page.body.dispatchEvent(new KeyboardEvent("keydown", {key: "PageDown", bubbles: true}))
          await new Promise(done => setTimeout(done, 5))
        }
        document.getElementById("result").textContent = slides.length + " slides: " + wrong.join()
      }
      </script>
      """
    let ended = try load(try folder.write(frame, to: "frame.html"), "--dump-dom")
    #expect(ended.console.isEmpty, "\(ended.console)")
    #expect(ended.output.contains(/>[1-9][0-9]+ slides: </), "\(ended.output.suffix(500))")
  }

  /// The preference of a person: 0 is dark, 1 is light.
  @Test(arguments: [0, 1], [Format.html, .slides]) func coloursFollowThePersonsPreference(
    scheme: Int, format: Format
  ) throws {
    _ = try folder.write(try LessonTests.rendered(as: format), to: "page.html")
    let frame = """
      <iframe src="page.html" style="width:1280px;height:900px"></iframe><p id="result"></p>
      <script>
      const frame = document.querySelector("iframe")
      frame.onload = () => {
        const page = frame.contentDocument
        const light = text => text.match(/[0-9]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3
        const paper = light(getComputedStyle(page.body).backgroundColor)
        const words = light(getComputedStyle(page.querySelector("h1")).color)
        const drawn = light(getComputedStyle(page.querySelector(".ladder text.label")).fill)
        document.getElementById("result").textContent =
          paper < 64 && words > 192 && drawn > 192 ? "dark" : paper > 192 && words < 64 && drawn < 64 ? "light" : "mixed"
      }
      </script>
      """
    let ended = try load(
      try folder.write(frame, to: "frame.html"), "--dump-dom",
      "--blink-settings=preferredColorScheme=\(scheme)")
    #expect(ended.output.contains(scheme == 0 ? ">dark<" : ">light<"), "\(ended.output.suffix(200))")
  }

  @Test func aLessonHasAtMostFourPagesOnPaper() throws {
    let page = try folder.write(try LessonTests.lesson(), to: "page.html")
    let file = folder.url.appending(path: "page.pdf")
    _ = try load(page, "--no-pdf-header-footer", "--print-to-pdf=\(file.path)")
    let pages = try Data(contentsOf: file).pagesOfPDF
    #expect((1...4).contains(pages), "\(pages)")
  }

  @Test func aStepThatIsChosenShowsWhatWasSeenOfIt() throws {
    _ = try folder.write(try committed().rendered(as: .html), to: "page.html")
    let frame = """
      <iframe src="page.html#f1s5" style="width:1280px;height:900px"></iframe><p id="result"></p>
      <script>
      const frame = document.querySelector("iframe")
      frame.onload = () => {
        const seen = [...frame.contentDocument.querySelectorAll(".seen")]
        const shown = seen.filter(one => getComputedStyle(one).display != "none").map(one => one.parentNode.id)
        document.getElementById("result").textContent = "shown: " + shown.join()
      }
      </script>
      """
    let ended = try load(try folder.write(frame, to: "frame.html"), "--dump-dom")
    #expect(ended.output.contains("shown: f1s5<"))
  }
}

extension Data {
  /// The number of page objects of a PDF.
  fileprivate var pagesOfPDF: Int {
    String(decoding: self, as: UTF8.self).matches(of: /\/Type \/Page\b/).count
  }
}
