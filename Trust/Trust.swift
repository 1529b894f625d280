import ArgumentParser

/// How far a record can be trusted, in figures: whether it cries wolf, and whether it sleeps.
@main
struct Trust: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how far tcpprobe's records can be trusted on this machine.",
    discussion: """
      Each command goes by the kernel's timers, and takes longer on a busy machine. On two cores:
        false-alarms     a quick record 10 s, one with all waits 62 s: 100 of them, 10 with all waits, 25 to 30 minutes
        missed-changes   10 to 20 minutes
        sysctls          an hour: 20 s for each of some 165 values, which --into keeps
        unmoved          seconds
        scripts          a second for each packetdrill script, and as much for packetdrill itself
        kernel-changes   half a minute for each change in User Mode Linux, more than a minute in QEMU

      Examples:
        swift run -c release trust false-alarms --count 100
        swift run -c release trust missed-changes
        swift run -c release trust sysctls
        swift run -c release trust readers
        swift run -c release trust kernel-changes --count 20
        swift run -c release trust scripts google=packetdrill/gtests/net/tcp
      """,
    subcommands: [
      FalseAlarms.self, MissedChanges.self, Sysctls.self, StopAtRandom.self, Readers.self, KernelChanges.self,
      Unmoved.self, Scripts.self,
    ])
}
