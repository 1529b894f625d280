import ArgumentParser
import Documents

struct Reset: PageDemonstration {
  static let configuration = CommandConfiguration(
    abstract: "Shows four causes of an RST, and the error that each end sees.",
    discussion: """
      The causes: unread data at close(), SO_LINGER 0, a write after the peer has closed, a closed port. The \
      errors: ECONNRESET, EPIPE, ECONNREFUSED.

      Examples:
        tcpprobe reset
        tcpprobe reset --on loopback --pcap reset.pcapng
        tcpprobe reset --format markdown --output reset.md
      """)
  static var page: BuiltInPage { get throws { try builtIn("reset") } }

  @OptionGroup var runOptions: RunOptions
  @OptionGroup var output: OutputOptions

  func run() throws { try demonstrate() }
}
