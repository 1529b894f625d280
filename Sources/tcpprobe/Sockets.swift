import ArgumentParser
import Documents

struct Sockets: PageDemonstration {
  static let configuration = CommandConfiguration(
    abstract: "Shows what calls return in each state: errnos, poll(), blocked threads, port conflicts.",
    discussion: """
      Takes about five seconds. On loopback some claims stay undecided, because only the wire can hold segments back.

      Examples:
        tcpprobe sockets
        tcpprobe sockets --family ipv6
        tcpprobe sockets --format json | jq '.verdicts[] | {id, seen}'
      """)
  static var page: BuiltInPage { get throws { try builtIn("sockets") } }

  @OptionGroup var runOptions: RunOptions
  @OptionGroup var output: OutputOptions

  func run() throws { try demonstrate() }
}
