import ArgumentParser
import Documents

struct Timers: PageDemonstration {
  static let configuration = CommandConfiguration(
    abstract:
      "Shows how long a connection lasts when the peer does not answer: retransmissions, probes, keepalive.",
    discussion: """
      Takes about twelve seconds. Each schedule runs to its end, with small retry limits that are set in private network \
      namespaces only. Times of minutes or hours are read from the timer that the kernel has armed.

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
