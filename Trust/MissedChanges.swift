import ArgumentParser
import Benches
import Grounds
import Linux
import Records
import Running
import Scenarios
import TCP
import Traces

struct MissedChanges: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Changes one thing at a time, and looks whether a record tells of it, at the right place and by name.",
    discussion: """
      Settings are changed in the private namespaces; what no setting changes, a wire does, that alters one field of \
      one segment.
      """)

  @ArgumentParser.Option(help: "Only changes whose names hold this.") var only: String?

  /// All but the minute of TIME_WAIT, in seconds.
  private static let longest = 30

  func run() throws {
    let changes = DeliberateChange.all.filter { change in only.map(change.name.contains) ?? true }
    let before = try record(under: .kernel)
    var missed = 0
    for (index, change) in changes.enumerated() {
      let comparison = try compare(before, under: change)
      let named = comparison.changes.map(\.subject.name)
      let lacking = change.lacking(among: named)
      if !lacking.isEmpty { missed += 1 }
      tell(
        "\(index + 1) of \(changes.count): \(change.name): "
          + (lacking.isEmpty ? "found: \(change.expected.joined(separator: "; "))" : "MISSED")
          + (named.count > 1 ? ", \(named.count) in all" : ""))
      for name in lacking { tell("    not changed: \(name)") }
      if !lacking.isEmpty { for name in named { tell("    changed: \(name)") } }
    }
    tell("\(changes.count - missed) of \(changes.count) deliberate changes found, each at its place")
    tell(
      "a record has no figure for \(DeliberateChange.blind.joined(separator: ", ")); they stand among its settings"
    )
    if missed > 0 { throw ExitCode(1) }
  }

  private func compare(_ before: Record, under change: DeliberateChange) throws -> Comparison {
    switch change.world {
    case .setting(let name, let value):
      return Comparison(
        before, try record(under: .pinned(HostSettings([name: value]))), by: Scenarios.catalogue)
    case .wire(let rule):
      // A wire that alters segments has one run at a time: only what the change is about.
      let names = Set(before.sections.filter { $0.tells(ofOneOf: change.expected) }.map(\.name))
      var run = Recording.run(longest: Self.longest, settings: .kernel)
      run.isWanted = names.contains
      run.driver.lanes = 1
      return Comparison(
        before, try run.record(on: try AlteredWire(family: .ipv4, rule: rule())).record,
        by: Scenarios.catalogue)
    }
  }

  private func record(under settings: SettingsSource) throws -> Record {
    try Recording.record(longest: Self.longest, settings: settings)
  }
}

/// Something that is changed on purpose, and where a record must tell of it.
struct DeliberateChange {
  var name: String
  var world: World
  /// The names of figures, each with its condition, and of ladders: all of them must be told as changed.
  var expected: [String]

  enum World {
    /// In the namespaces of both parties.
    case setting(String, String)
    /// Made anew for each run list: a rule may count.
    case wire(() -> AlteredWire.Rule)
  }

  static func setting(_ name: String, _ value: String, _ expected: String...) -> DeliberateChange {
    DeliberateChange(
      name: "\(name) = \(value)", world: .setting("net.ipv4." + name, value), expected: expected)
  }

  static var all: [DeliberateChange] { settings + wires }

  /// The expected names that are not among these: a part of a name, or another condition, is another figure.
  func lacking(among names: [String]) -> [String] { expected.filter { !names.contains($0) } }
}

extension Record.Section {
  /// Tells whether a figure or the ladder in it has one of these names.
  fileprivate func tells(ofOneOf names: [String]) -> Bool {
    let subjects =
      rows.map { Change.Subject(section: name, what: $0.what, setBy: $0.setBy) }
      + [Change.Subject(section: name, what: nil, setBy: "")]
    return subjects.contains { names.contains($0.name) }
  }
}
