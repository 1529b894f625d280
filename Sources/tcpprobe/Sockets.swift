import ArgumentParser
import Documents

struct Sockets: PageDemonstration {
  static let configuration = CommandConfiguration(
    abstract: "Shows what a program is told of its sockets: errnos, poll, waiting threads, ports.",
    discussion: """
      Takes about five seconds. On loopback some of it stays undecided: only a wire holds segments back.

      Examples:
        tcpprobe sockets
        tcpprobe sockets --family ipv6
        tcpprobe sockets --format json | jq '.verdicts[] | {id, seen}'
      """)
  static var page: BuiltInPage { get throws { try builtIn("sockets") } }

  @OptionGroup var play: PlayOptions
  @OptionGroup var output: OutputOptions

  func run() throws { try demonstrate() }
}
