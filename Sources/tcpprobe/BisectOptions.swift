import ArgumentParser
import Linux
import Records

/// What `kernels` may be told about a change that is looked for.
struct BisectOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "Find the first of these kernels that does something else, with as few of them played as possible.",
      discussion: """
        They are put in order of their versions. The ends are played; of what differs between them the most \
        consequential is looked for, with --all everything, with --behaviour what is named.
        """))
  var bisect = false

  @ArgumentParser.Option(
    name: [.customLong("behaviour"), .customLong("behavior")],
    help: ArgumentHelp(
      "With --bisect or --against: only what has this in its name or section; may be given more often.",
      valueName: "text"))
  var behaviours: [String] = []

  @Flag(help: "With --bisect: play all kernels, so that a change there and back is found, too.")
  var every = false

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Hold the kernels to this record; the exit status is what git bisect run wants.",
      discussion: "0 nothing changed, 1 changed, 125 a kernel gave no result, 128 nothing could be played.",
      valueName: "record.md"))
  var against: String?

  func validate() throws {
    if bisect, against != nil {
      throw ValidationError(
        "--bisect finds a change among kernels, --against holds them to a record: give one")
    }
    if every, !bisect { throw ValidationError("--every is for --bisect") }
    if !behaviours.isEmpty, !bisect, against == nil {
      throw ValidationError("--behaviour is for --bisect and --against")
    }
    if behaviours.contains(where: \.isEmpty) { throw ValidationError("--behaviour: the text is empty") }
  }

  /// What is asked for in place of a table of records.
  var wanted: String? { bisect ? "--bisect" : against != nil ? "--against" : nil }
}
