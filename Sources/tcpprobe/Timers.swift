import ArgumentParser
import Documents

struct Timers: PageDemonstration {
  static let configuration = CommandConfiguration(
    abstract: "Shows what happens when nobody answers, and when: retries, probes, keepalive.",
    discussion: """
      Takes about twelve seconds: schedules are played to their ends, under small counts that hold in private \
      network namespaces only. What takes minutes or hours is read off the timer that the kernel has armed.

      Examples:
        tcpprobe timers
        tcpprobe timers --family ipv6 --pcap timers.pcapng
        tcpprobe timers --format markdown --output timers.md
      """)
  static var page: BuiltInPage { get throws { try builtIn("timers") } }

  @OptionGroup var play: PlayOptions
  @OptionGroup var output: OutputOptions

  func run() throws { try demonstrate() }
}
