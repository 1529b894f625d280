import ArgumentParser
import Documents

struct CloseWait: PageDemonstration {
  static let configuration = CommandConfiguration(
    abstract:
      "Shows why CLOSE_WAIT never times out, which program must close, and what a late write returns.",
    discussion: """
      Takes about seven seconds, because it waits for the end of FIN_WAIT_2. tcp_fin_timeout is set to 3 s for this, \
      in a private network namespace only.

      Examples:
        tcpprobe close-wait
        tcpprobe close-wait --on loopback --family ipv6
        tcpprobe close-wait --format json | jq '.verdicts[].seen'
      """)
  static var page: BuiltInPage { get throws { try builtIn("close-wait") } }

  @OptionGroup var runOptions: RunOptions
  @OptionGroup var output: OutputOptions

  func run() throws { try demonstrate() }
}
