import ArgumentParser
import Linux
import Records

/// The options of `kernels` for a search.
struct BisectOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "Find the first of these kernels that behaves differently, and run as few of them as possible.",
      discussion: """
        The kernels are sorted by version. The oldest and the newest run first. Then tcpprobe searches for the most \
        important difference between them; with --all, for every difference; with --behaviour, for the named ones.
        """))
  var bisect = false

  @ArgumentParser.Option(
    name: [.customLong("behaviour"), .customLong("behavior")],
    help: ArgumentHelp(
      "With --bisect or --against: only behaviours whose name or section contains this text; may be repeated.",
      valueName: "text"))
  var behaviours: [String] = []

  @Flag(help: "With --bisect: run all kernels, so that a change that was reverted later is found, too.")
  var exhaustive = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Compare the kernels with this record; the exit status suits git bisect run.",
      discussion:
        "0 nothing changed, 1 changed or panicked, 125 undecided (a kernel or a behaviour gave no result), 128 nothing could be run.",
      valueName: "record.md"))
  var against: String?

  func validate() throws {
    if bisect, against != nil {
      throw ValidationError(
        "--bisect compares kernels with each other, --against compares them with a record: use only one of them"
      )
    }
    if exhaustive, !bisect { throw ValidationError("--exhaustive needs --bisect") }
    if !behaviours.isEmpty, !bisect, against == nil {
      throw ValidationError("--behaviour needs --bisect or --against")
    }
    if behaviours.contains(where: \.isEmpty) {
      throw ValidationError("--behaviour: expected a text, got an empty one")
    }
  }

  /// The option of the search, if one is asked for instead of a table of records.
  var wanted: String? { bisect ? "--bisect" : against != nil ? "--against" : nil }
}
