import ArgumentParser
import Documents

struct CloseWait: PageDemonstration {
  static let configuration = CommandConfiguration(
    abstract: "Shows why CLOSE_WAIT never goes away, whose bug it is, and what a late write meets.",
    discussion: """
      Takes about seven seconds: FIN_WAIT_2 is waited for, under a tcp_fin_timeout of 3 s that holds in a private \
      network namespace only.

      Examples:
        tcpprobe close-wait
        tcpprobe close-wait --on loopback --family ipv6
        tcpprobe close-wait --format json | jq '.verdicts[].seen'
      """)
  static var page: BuiltInPage { get throws { try builtIn("close-wait") } }

  @OptionGroup var play: PlayOptions
  @OptionGroup var output: OutputOptions

  func run() throws { try demonstrate() }
}
