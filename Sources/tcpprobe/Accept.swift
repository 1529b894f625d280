import ArgumentParser
import Documents
import Notations
import Scenarios
import Records
import SystemPackage
import Traces

struct Accept: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Marks changes between two records as expected, with a reason.",
    discussion: """
      Writes the changes and the reason to a file beside the earlier record (before.accepted.md). Commit it with the \
      record. check and compare then show these changes as accepted until they change again.

      Examples:
        tcpprobe accept before.md after.md --reason "6.18 has tcp_rto_max_ms"
        tcpprobe accept before.md after.md --change "SYN retries" --reason "Linux 6.5"
      """)

  @Argument(help: ArgumentHelp("The earlier record.", valueName: "before.md"))
  var before: String

  @Argument(
    help: ArgumentHelp("The later record, for example from tcpprobe check --save.", valueName: "after.md"))
  var after: String

  @ArgumentParser.Option(help: "The reason why these changes are expected.")
  var reason: String

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Accept only changes whose name contains this text; may be repeated. Default: all.", valueName: "text"))
  var change: [String] = []

  func validate() throws {
    if !reason.contains(where: { !$0.isWhitespace }) {
      throw ValidationError("--reason is empty: say why the changes are expected")
    }
    if reason.visible != reason {
      throw ValidationError("--reason contains control characters: remove them")
    }
  }

  func run() throws {
    try Failure.reporting {
      let path = Input.acceptancePath(of: before)
      let outputs = try Outputs([("the file of accepted changes", path)], inputs: [before, after])
      let comparison = Comparison(try Input.record(before), try Input.record(after), by: Scenarios.catalogue)
      var acceptance = try Input.acceptance(of: before).inPresentWords(of: Scenarios.catalogue)
      var count = 0
      for entry in comparison.changes.map({ ($0.subject.name, $0.entry(reason: reason)) })
        + comparison.settings.map({ ($0.name, $0.entry(reason: reason)) })
      where change.isEmpty || change.contains(where: { entry.0.contains(folded: $0) }) {
        acceptance.add(entry.1)
        count += 1
      }
      guard count > 0 else {
        throw Failure(
          change.isEmpty
            ? "nothing to accept: the two records are the same"
            : "no change matches --change: tcpprobe compare \(before) \(after) --all lists the changes",
          status: ExitCode(64))
      }
      try outputs.write(
        acceptance.markdown(of: FilePath(before).lastComponent?.string ?? before), to: path)
      Output.note("accepted \(count) \(count == 1 ? "change" : "changes") in \(path)")
    }
  }
}
