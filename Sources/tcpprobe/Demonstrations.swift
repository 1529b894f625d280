import ArgumentParser
import Documents

struct Handshake: PageDemonstration {
  static let configuration = CommandConfiguration(
    abstract: "Shows how a connection begins: SYN, SYN+ACK, ACK.",
    discussion: """
      Examples:
        tcpprobe handshake
        tcpprobe handshake --what-if syn-lost
        tcpprobe handshake --on loopback --family ipv6
      """)
  static var page: BuiltInPage { get throws { try builtIn("handshake") } }

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Show the normal exchange, then the same with one change: \(BuiltInPages.changes(of: "handshake")).",
      valueName: "change"))
  var whatIf: String?

  @OptionGroup var runOptions: RunOptions
  @OptionGroup var output: OutputOptions

  func run() throws { try demonstrate() }
}

struct DataTransfer: PageDemonstration {
  static let configuration = CommandConfiguration(
    abstract: "Shows how data is acknowledged, and retransmitted when a segment is lost.",
    discussion: """
      Examples:
        tcpprobe data-transfer
        tcpprobe data-transfer --what-if ack-lost
        tcpprobe data-transfer --pcap lost.pcapng
      """)
  static var page: BuiltInPage { get throws { try builtIn("data-transfer") } }

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Show the normal exchange, then the same with one change: \(BuiltInPages.changes(of: "data-transfer")).",
      valueName: "change"))
  var whatIf: String?

  @OptionGroup var runOptions: RunOptions
  @OptionGroup var output: OutputOptions

  func run() throws { try demonstrate() }
}

struct CloseSequence: PageDemonstration {
  static let configuration = CommandConfiguration(
    abstract: "Shows how a connection ends: FIN, CLOSE_WAIT, LAST_ACK, TIME_WAIT.",
    discussion: """
      Examples:
        tcpprobe close-sequence
        tcpprobe close-sequence --what-if last-ack-lost
        tcpprobe close-sequence --evidence      also how much each observer saw
        tcpprobe close-sequence --format markdown --output close.md
      """)
  static var page: BuiltInPage { get throws { try builtIn("close-sequence") } }

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "Show the normal exchange, then the same with one change: \(BuiltInPages.changes(of: "close-sequence")).",
      valueName: "change"))
  var whatIf: String?

  @OptionGroup var runOptions: RunOptions
  @OptionGroup var output: OutputOptions

  func run() throws { try demonstrate() }
}
