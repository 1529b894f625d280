import ArgumentParser
import Records

/// The differences between records that the exit status tells of.
struct FailOnOptions: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Exit with 1 only for differences of these kinds; may be repeated. Default: all.",
      discussion: """
        programs: an errno, a reset, a hang, lost data. operators: timers, ports, memory. packets: visible only in a \
        capture. settings: a sysctl with another value. All differences are shown; those of other kinds do not count.
        """, valueName: "programs,operators,packets,settings"))
  var failOn: [FailOn] = []

  var kinds: Set<ChangeKind> { failOn.isEmpty ? .all : Set(failOn.flatMap(\.kinds)) }
}

/// One word of the option: kinds, separated by commas.
struct FailOn: ExpressibleByArgument {
  var kinds: [ChangeKind]

  init?(argument: String) {
    let words = argument.split(separator: ",", omittingEmptySubsequences: false)
    kinds = words.compactMap { word in ChangeKind(rawValue: word.filter { $0 != " " }) }
    if kinds.isEmpty || kinds.count != words.count { return nil }
  }

  static var allValueStrings: [String] { ChangeKind.allCases.map(\.rawValue) }
}
