import ArgumentParser
import Documents

struct CloseWait: PageDemonstration {
  static let configuration = CommandConfiguration(
    abstract:
      "Shows why CLOSE_WAIT never times out, which program must call close(), and what a write after the peer's close() returns.",
    discussion: """
      Takes about five seconds, because it waits until FIN_WAIT_2 ends. For this test tcp_fin_timeout is set to 3 s, in \
      a private network namespace only.

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
