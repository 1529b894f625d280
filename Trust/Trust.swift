import ArgumentParser

/// How far a record can be trusted, in figures: whether it cries wolf, and whether it sleeps.
@main
struct Trust: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how far tcpprobe's records can be trusted on this machine.",
    discussion: """
      Examples:
        swift run -c release trust false-alarms --count 100
        swift run -c release trust missed-changes
        swift run -c release trust sysctls
        swift run -c release trust readers
        swift run -c release trust kernel-changes --count 20
      """,
    subcommands: [
      FalseAlarms.self, MissedChanges.self, Sysctls.self, StopAtRandom.self, Readers.self, KernelChanges.self,
      Unmoved.self,
    ])
}
