import ArgumentParser
import Documents
import Scenarios
import Records
import SystemPackage

struct Accept: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says that changes between two records were expected, and why.",
    discussion: """
      Writes them, with the reason, into a page beside the earlier record (before.accepted.md), to be committed with \
      it. check and compare then show them as accepted, until they change again.

      Examples:
        tcpprobe accept before.md after.md --reason "6.18 has tcp_rto_max_ms"
        tcpprobe accept before.md after.md --change "SYN retries" --reason "6.5: linear timeouts"
      """)

  @Argument(help: ArgumentHelp("The earlier record.", valueName: "before.md"))
  var before: String

  @Argument(
    help: ArgumentHelp("The later record, as tcpprobe check --save writes one.", valueName: "after.md"))
  var after: String

  @ArgumentParser.Option(help: "Why these changes are expected.")
  var reason: String

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Only changes whose name holds this; may be given more often. Default: all.", valueName: "text"))
  var change: [String] = []

  func validate() throws {
    if !reason.contains(where: { !$0.isWhitespace }) { throw ValidationError("--reason is empty: say why") }
    if reason.visible != reason {
      throw ValidationError("--reason holds control characters, which no page should: leave them out")
    }
  }

  func run() throws {
    try Failure.reporting {
      let path = Input.acceptancePath(of: before)
      let outputs = try Outputs([("the file for what is accepted,", path)], inputs: [before, after])
      let comparison = Comparison(try Input.record(before), try Input.record(after), by: Scenarios.catalogue)
      var acceptance = try Input.acceptance(of: before)
      var count = 0
      for entry in comparison.changes.map({ ($0.subject.name, $0.entry(reason: reason)) })
        + comparison.settings.map({ ($0.name, $0.entry(reason: reason)) })
      where change.isEmpty || change.contains(where: { entry.0.lowercased().contains($0.lowercased()) }) {
        acceptance.add(entry.1)
        count += 1
      }
      guard count > 0 else {
        throw Failure(
          change.isEmpty
            ? "nothing to accept: the two records say the same"
            : "no change is named so: tcpprobe compare \(before) \(after) --all lists them",
          status: ExitCode(64))
      }
      try outputs.write(
        acceptance.markdown(of: FilePath(before).lastComponent?.string ?? before), to: path)
      Output.note("\(count) accepted in \(path)")
    }
  }
}
