import Claims
import Documents
import Notations
import Kinds
import Scenarios
import Testing
import Traces

/// The runs that a figure is declared to be left by.
@Suite(.tags(.pure)) struct FigureRunsTests {
  @Test func noTwoFiguresHaveOneName() {
    let names = Scenarios.all.flatMap { $0.declaration.figures.map { $0.name.lowercased() } }
    #expect(Set(names).count == names.count)
  }

  @Test func everyFigureIsListedWithARunThatLeavesIt() throws {
    let list = FigureList(
      of: Scenarios.catalogue, examplesFrom: try BuiltInPages.ofLinux.map { try $0.read() })
    #expect(list.entries.count == Scenarios.all.reduce(0) { $0 + $1.declaration.figures.count })
    for entry in list.entries {
      #expect(!(entry.conditions + entry.longConditions).isEmpty, "\(entry.name)")
    }
    let length = try #require(list.entries.first { $0.name == "length of TIME_WAIT" })
    #expect(length.conditions == ["by default"] && length.example?.hasPrefix("60 s") == true)
    let answer = try #require(list.entries.first { $0.name == "answer to a SYN" })
    #expect(answer.given == ["tcp_invalid_ratelimit: 0", "\(Condition.madeUpWithoutTimestamps)"])
    let life = try #require(list.entries.first { $0.name == "life of an orphan without an answer" })
    #expect(life.conditions.isEmpty && life.longConditions == ["every timer: waited out"])
  }

  /// An article restates mistakes, too: its values are no examples of what Linux does.
  @Test func noExampleIsTakenFromAnArticle() throws {
    let list = FigureList(
      of: Scenarios.catalogue, examplesFrom: try BuiltInPages.ofLinux.map { try $0.read() })
    let named = "state remaining at the end that closed first"
    #expect(list.entries.first { $0.name == named }?.example != "nothing")
    let fromArticles = FigureList(
      of: Scenarios.catalogue, examplesFrom: try BuiltInPages.all.map { try $0.read() })
    #expect(fromArticles.entries.first { $0.name == named }?.example == "nothing")
  }

  /// A row that names no condition is about the runs that leave its figure, and about none that would say nothing.
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
    // What each run sets may be named, and nothing else of that name is run.
    ("packets sent before an ACK comes", "tcp_early_retrans: 0", ["by default"]),
    ("packets sent before an ACK comes", "tcp_early_retrans: 3", []),
    ("a receiver that does not read", "SO_RCVBUF: 8192", ["by default"]),
    ("a receiver that does not read", "SO_RCVBUF: 65536", []),
  ])
  func aRowIsAboutTheRunsThatLeaveItsFigure(what: String, setBy: String, variants: [String]) throws {
    let text = "| what | value | set by |\n| - | - | - |\n| \(what) | 1 | \(setBy) |\n"
    let runnables = RunList.runnables(
      of: [try Page(reading: text, name: "page.md")], in: Scenarios.catalogue)
    let found = runnables.map { $0.variant(on: .wire, .ipv4).conditions.setBy }
    #expect(found == variants)
  }
}
