import ArgumentParser
import Benches
import Grounds
import Linux
import Records
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
  @ArgumentParser.Option(help: "How many plays at a time.") var lanes = 8

  /// All but the minute of TIME_WAIT, in seconds.
  private static let longest = 30

  func run() throws {
    let changes = DeliberateChange.all.filter { change in only.map(change.name.contains) ?? true }
    let all = try Recording.playables(longest: Self.longest)
    let before = try Recording.record(
      all, on: try BenchKind.wire.bench(.ipv4, settings: HostSettings()), lanes: lanes)
    var missed = 0
    for (index, change) in changes.enumerated() {
      let comparison = try compare(before, under: change)
      let named = comparison.changes.map(\.subject)
      let found = named.filter { subject in change.expected.contains { subject.name.contains($0) } }
      if found.isEmpty { missed += 1 }
      tell(
        "\(index + 1) of \(changes.count): \(change.name): "
          + (found.first.map { "found: \($0.name)" } ?? "MISSED")
          + (named.count > 1 ? ", \(named.count) in all" : ""))
      if found.isEmpty { for subject in named { tell("    instead: \(subject.name)") } }
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
      let bench = try BenchKind.wire.bench(.ipv4, settings: HostSettings([name: value]))
      return Comparison(
        before, try Recording.record(try Recording.playables(longest: Self.longest), on: bench, lanes: lanes))
    case .wire(let rule):
      // A wire that alters segments has one play at a time: only what the change is about.
      let sections = before.sections.filter { section in
        change.expected.contains { text in
          section.name.contains(text) || section.rows.contains { "\($0.what) (\($0.setBy))".contains(text) }
        }
      }
      let names = Set(sections.map(\.name))
      let bench = try AlteredWire(family: .ipv4, rule: rule())
      let after = try Recording.record(
        try Recording.playables(longest: Self.longest, isWanted: names.contains), on: bench, lanes: 1)
      return Comparison(before, after)
    }
  }
}

/// Something that is changed on purpose, and where a record must tell of it.
struct DeliberateChange {
  var name: String
  var world: World
  /// Parts of the names of behaviours, one of which must be told as changed.
  var expected: [String]

  enum World {
    /// In the namespaces of both parties.
    case setting(String, String)
    /// Made anew for each play list: a rule may count.
    case wire(() -> AlteredWire.Rule)
  }

  static func setting(_ name: String, _ value: String, _ expected: String...) -> DeliberateChange {
    DeliberateChange(
      name: "\(name) = \(value)", world: .setting("net.ipv4." + name, value), expected: expected)
  }

  static var all: [DeliberateChange] { settings + wires }
}
