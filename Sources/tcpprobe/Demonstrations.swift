import ArgumentParser
import Claims
package import Documents
import Traces

/// A command that runs a part of the built-in documents.
protocol Demonstration: ParsableCommand {
  var runOptions: RunOptions { get }
  var output: OutputOptions { get }
  /// The claims that it is about.
  static var claims: Set<String> { get }
}

extension Demonstration {
  func demonstrate(passiveClose: Plan.PassiveClose = .late) throws {
    try Failure.reporting {
      var session = Session(
        options: runOptions, output: output, command: "tcpprobe \(Self._commandName)",
        passiveClose: passiveClose)
      if passiveClose == .now { session.command += " --server-closes now" }
      let assessment = try session.run(BuiltInPages.all.map { Run.Source(name: $0.id, text: $0.source) }) {
        Self.claims.contains($0)
      }
      // Run but not decided is no success for a script.
      if !assessment.isDecided { throw ExitCode(2) }
    }
  }
}

struct Handshake: Demonstration {
  static let configuration = CommandConfiguration(
    abstract: "Shows how a connection begins: SYN, SYN+ACK, ACK.",
    discussion: """
      Examples:
        tcpprobe handshake
        tcpprobe handshake --on loopback --family ipv6
      """)
  static let claims: Set = ["A1.1", "A1.2", "A1.3", "A1.4", "A1.5", "B1.1", "B1.3"]

  @OptionGroup var runOptions: RunOptions
  @OptionGroup var output: OutputOptions

  func run() throws { try demonstrate() }
}

struct DataTransfer: Demonstration {
  static let configuration = CommandConfiguration(
    abstract: "Shows how data is acknowledged, and retransmitted when a segment is lost.",
    discussion: """
      Examples:
        tcpprobe data-transfer
        tcpprobe data-transfer --pcap lost.pcapng
      """)
  static let claims: Set = ["A2.1", "A2.2", "A2.3", "A2.4", "A2.6"]

  @OptionGroup var runOptions: RunOptions
  @OptionGroup var output: OutputOptions

  func run() throws { try demonstrate() }
}

struct CloseSequence: Demonstration {
  static let configuration = CommandConfiguration(
    abstract: "Shows how a connection ends: FIN, CLOSE_WAIT, LAST_ACK, TIME_WAIT.",
    discussion: """
      Examples:
        tcpprobe close-sequence
        tcpprobe close-sequence --server-closes now    in three segments
        tcpprobe close-sequence --format markdown --output close.md
      """)
  static let claims: Set = [
    "A3.1", "A3.2", "A3.3", "A3.4", "A3.5", "A3.6", "A3.7", "B2.1", "B2.2", "B2.3", "B2.4", "B2.5", "B2.8",
  ]

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "When the server, which closes second, calls close(): after its ACK of the FIN (late) or before it (now).",
      valueName: "late|now"))
  var serverCloses: Plan.PassiveClose = .late

  @OptionGroup var runOptions: RunOptions
  @OptionGroup var output: OutputOptions

  func run() throws { try demonstrate(passiveClose: serverCloses) }
}

extension Plan.PassiveClose: ExpressibleByArgument {}
