import ArgumentParser
import Documents

struct Timers: PageDemonstration {
  static let configuration = CommandConfiguration(
    abstract:
      "Shows how long a connection lasts when the peer does not answer: retransmissions, probes, keepalive.",
    discussion: """
      Takes about twelve seconds. Schedules run to their end with small retry counts, which are set in private network \
      namespaces only. For times of minutes or hours, the timer that the kernel has armed is read instead.

      Examples:
        tcpprobe timers
        tcpprobe timers --family ipv6 --pcap timers.pcapng
        tcpprobe timers --format markdown --output timers.md
      """)
  static var page: BuiltInPage { get throws { try builtIn("timers") } }

  @OptionGroup var runOptions: RunOptions
  @OptionGroup var output: OutputOptions

  func run() throws { try demonstrate() }
}
