import Kinds
import Testing
import Traces

/// The names of figures, and the settings among conditions.
@Suite(.tags(.pure)) struct CatalogueTests {
  private static let catalogue = Catalogue([
    Declaration([
      Figure(
        "timer of FIN_WAIT_2", formerly: ["fin-wait timer"], alsoCalled: ["timer of an orphan"], .operators,
        formerWords: ["missing": "none"])
    ])
  ])

  @Test(arguments: [
    "timer of FIN_WAIT_2", "Timer  of FIN-WAIT-2", "fin-wait timer", "FIN_WAIT timer", "Timer of an Orphan",
  ])
  func aFigureIsFoundByEachOfItsNamesHoweverTheyAreWritten(name: String) {
    let present = "timer of FIN_WAIT_2"
    #expect(Self.catalogue.figure(name)?.name == present)
    #expect(Self.catalogue.scenarios[0].figure(name)?.name == present)
    #expect(Self.catalogue.presentName(name) == present && Self.catalogue.isReworded(name))
    #expect(Self.catalogue.presentText("missing", of: name) == "none")
    #expect(Self.catalogue.present(Value(reading: "missing"), of: name).description == "none")
  }

  @Test func aNameThatNoFigureHadIsLeft() {
    #expect(Self.catalogue.figure("timer") == nil && !Self.catalogue.isReworded("timer"))
    #expect(Self.catalogue.presentName("Timer-1") == "Timer-1")
    #expect(Self.catalogue.presentText("missing", of: "timer") == "missing")
  }

  @Test func aSectionIsChosenByItsNameOrAFormerOne() {
    var declaration = Declaration([], formerly: ["half close"])
    declaration.name = "one-sided close"
    let catalogue = Catalogue([declaration])
    for text in ["One-Sided", "half", "close"] {
      #expect(catalogue.isSection("one-sided close", namedBy: text))
    }
    #expect(!catalogue.isSection("one-sided close", namedBy: "reset"))
    #expect(catalogue.isSection("close-sequence, table 1", namedBy: "table 1"))
    #expect(!catalogue.isSection("close-sequence, table 1", namedBy: "half"))
  }

  @Test func theSettingsAmongConditionsHaveTheirWholeNames() {
    let conditions: [Condition] = [
      .setting("tcp_sack", "0"), .option("TCP_CORK"), .option("SO_KEEPALIVE"), .count(3),
      .setting("ip_local_port_range", "5000 6000"), .setting("somaxconn", "9"),
      .setting("net.ipv4.tcp_tw_reuse", "1"), .passiveClose(.late),
    ]
    #expect(
      conditions.settings.map { "\($0.name)=\($0.value)" } == [
        "net.ipv4.tcp_sack=0", "net.ipv4.ip_local_port_range=5000 6000", "net.core.somaxconn=9",
        "net.ipv4.tcp_tw_reuse=1",
      ])
  }
}
