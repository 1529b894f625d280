import ArgumentParser
import Benches
import Linux
import Records
import Running
import Scenarios
import TCP

struct Sysctls: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Turns one sysctl at a time and checks that each change is attributed to that sysctl, and to no other.",
    discussion: """
      Each sysctl that a private namespace may set is given one or more other values, and a record is made under each. \
      A figure that moves must declare the sysctl: else the change is unexplained. A change that names \
      another sysctl is misattributed. Records are kept in a folder, so that what was interrupted can be resumed.

      Examples:
        swift run -c release trust sysctls --into /tmp/sysctls
        swift run -c release trust sysctls --only tcp_timestamps --moved

      Exit status: 0 every change is attributed to the sysctl that was turned, 1 one is not.
      """)

  @ArgumentParser.Option(help: "Only sysctls whose names contain this.") var only: String?
  @ArgumentParser.Option(help: "Leave out what waits for the kernel for longer than this, in seconds.")
  var longest = 30
  @ArgumentParser.Option(help: "Keep the records in this folder, and use those that are in it.")
  var into: String?
  @Flag(help: "Show each figure that moved.") var moved = false

  func run() throws {
    let turns = try SysctlTurn.all().filter { turn in only.map(turn.name.contains) ?? true }
    let before = try record(under: .kernel, keptAs: "before")
    var total = Tally()
    for (index, turn) in turns.enumerated() {
      guard turn.isPossible else {
        tell("\(index + 1) of \(turns.count): \(turn): a private namespace cannot set it")
        continue
      }
      let after = try record(
        under: .pinned(HostSettings([turn.name: turn.value])), keptAs: turn.description)
      let comparison = Comparison(before, after, by: Scenarios.catalogue)
      let tally = Tally(comparison, turned: turn.name)
      total.add(tally)
      tell("\(index + 1) of \(turns.count): \(turn): \(tally)")
      for change in comparison.changes {
        let names = change.settings.map(\.name)
        if moved || names != [turn.name] { tell("    \(change.told): \(Tally.told(names))") }
      }
    }
    tell("\(turns.count) values: \(total)")
    if total.unexplained + total.misattributed > 0 { throw ExitCode(1) }
  }

  private func record(under settings: SettingsSource, keptAs name: String) throws -> Record {
    let place = into.map { $0 + "/" + name.replacing("/", with: "_").replacing(" ", with: "_") + ".md" }
    if let place, WholeFile.isThere(place) {
      let text = String(decoding: try WholeFile.read(place, limit: 1 << 24), as: UTF8.self)
      return try Record(reading: text, name: place)
    }
    let record = try Recording.record(longest: longest, settings: settings)
    if let place {
      let file = try WholeFile.create(place)
      try WholeFile.write(Array(record.markdown.utf8), to: file.rawValue)
    }
    return record
  }

  /// The number of figures that moved, and of those that are not attributed to what was turned.
  private struct Tally: CustomStringConvertible {
    var moved = 0
    var unexplained = 0
    var misattributed = 0

    init() {}

    init(_ comparison: Comparison, turned name: String) {
      moved = comparison.changes.count
      unexplained = comparison.changes.count { $0.settings.isEmpty }
      misattributed = comparison.changes.count { $0.settings.contains { $0.name != name } }
    }

    mutating func add(_ other: Tally) {
      moved += other.moved
      unexplained += other.unexplained
      misattributed += other.misattributed
    }

    var description: String { "\(moved) moved, \(unexplained) unexplained, \(misattributed) misattributed" }

    static func told(_ names: [String]) -> String {
      names.isEmpty ? "unexplained" : "by " + names.joined(separator: ", ")
    }
  }
}

extension Change {
  fileprivate var told: String { "\(subject.section): \(subject.name): \(values.before) / \(values.after)" }
}
