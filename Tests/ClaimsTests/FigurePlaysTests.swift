import Claims
import Documents
import FoundationEssentials
import Testing
import Traces

/// The plays that a figure's card says it is left by.
@Suite struct FigurePlaysTests {
  private static let records = [
    "5.10.262", "6.1.192", "6.12.117", "6.16.12", "6.18.15", "7.2.13", "7.3.4",
  ]

  private func rows(_ kernel: String) throws -> [Fact] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "Reports/kernels/linux-\(kernel).md")
    let page = try Page(reading: try String(contentsOf: file, encoding: .utf8), name: kernel)
    return page.facts.flatMap(\.rows)
  }

  /// What kernels were recorded to do is where the cards say that it is, with every timer waited out.
  @Test(arguments: records) func everyRecordedFigureIsOfAPlayThatIsSaidToLeaveIt(kernel: String) throws {
    var seen = 0
    for row in try rows(kernel) {
      guard let id = ScenarioID(measuring: row.what), let figure = Catalogue.figure(row.what) else {
        continue
      }
      let known = id.card.conditions(of: figure).map(\.setBy)
      #expect(known.contains(row.setBy), "\(row.what): \(row.setBy)")
      seen += 1
    }
    #expect(seen > 900)
  }

  /// And nothing that they say is missing there.
  @Test func everyPlayThatIsSaidToLeaveAFigureDoes() throws {
    let rows = Set(try rows("7.3.4").map { "\($0.what) | \($0.setBy)" })
    for id in ScenarioID.allCases where id.card.isRecorded {
      for figure in id.card.figures {
        for conditions in id.card.conditions(of: figure) {
          #expect(rows.contains("\(figure.name) | \(conditions.setBy)"))
        }
      }
    }
  }

  @Test func noTwoFiguresHaveOneName() {
    let names = ScenarioID.allCases.flatMap { $0.card.figures.map { $0.name.lowercased() } }
    #expect(Set(names).count == names.count)
  }

  @Test func everyFigureIsListedWithAPlayThatLeavesIt() throws {
    let list = FigureList(examplesFrom: try BuiltInPages.everyPage.map { try $0.read() })
    #expect(list.entries.count == ScenarioID.allCases.reduce(0) { $0 + $1.card.figures.count })
    for entry in list.entries {
      #expect(!(entry.conditions + entry.longConditions).isEmpty, "\(entry.name)")
    }
    let length = try #require(list.entries.first { $0.name == "length of TIME_WAIT" })
    #expect(length.conditions == ["by default"] && length.example?.hasPrefix("60 s") == true)
    let life = try #require(list.entries.first { $0.name == "life of an orphan without an answer" })
    #expect(life.conditions.isEmpty && life.longConditions == ["every timer: waited out"])
  }

  /// A row that names no condition is about the plays that leave its figure, and about none that would say nothing.
  @Test(arguments: [
    ("hop limit", "", ["by default"]), ("hop limit", "tcp_sack: 0", ["tcp_sack: 0"]),
    (
      "keepalive probe", "",
      [
        "SO_KEEPALIVE: 1, TCP_KEEPIDLE: 1",
        "SO_KEEPALIVE: 1, TCP_KEEPIDLE: 1, TCP_KEEPINTVL: 1, TCP_KEEPCNT: 2",
      ]
    ),
    ("time until connect() gives up", "", ["every timer: waited out"]),
    ("SYN schedule", "Every timer:  waited out", ["every timer: waited out"]),
  ])
  func aRowIsAboutThePlaysThatLeaveItsFigure(what: String, setBy: String, plays: [String]) throws {
    let text = "| what | value | set by |\n| - | - | - |\n| \(what) | 1 | \(setBy) |\n"
    let playables = PlayList.playables(of: [try Page(reading: text, name: "page.md")])
    let found = playables.map { $0.play(on: .wire, .ipv4).conditions.setBy }
    #expect(found == plays)
  }
}
