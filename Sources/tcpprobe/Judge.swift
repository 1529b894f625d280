import ArgumentParser
import Claims
import Documents
import Scenarios
import Reports
import Traces

struct Judge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judges a saved run again; makes no connection and needs no privileges.",
    discussion: """
      Examples:
        tcpprobe close-sequence --format json --output run.json
        tcpprobe judge run.json
        tcpprobe judge run.json --format html --output run.html
        tcpprobe judge run.json --format svg --ladder A3.3 --output slide.svg
        tcpprobe judge run.json --format pkt --party server --output seen.pkt

      --format pkt writes what one end did in the run as a packetdrill script. Where a kernel does the same, the script \
      passes; where the page says something else, a comment at the top says so. (tcpprobe convert writes what the page says.) \
      The exit status is 2 if a part of the run could not be written.
      """)

  @Argument(
    help: ArgumentHelp("A run saved with --format json; - reads standard input.", valueName: "run.json"))
  var file: String

  @ArgumentParser.Option(
    help: ArgumentHelp("Also write its packets to this file, as pcapng for Wireshark.", valueName: "file"))
  var pcap: String?

  @OptionGroup var output: OutputOptions

  func run() throws {
    try Failure.reporting {
      let outputs = try Outputs([("--output", output.output), ("--pcap", pcap)], inputs: [file])
      do {
        let bytes = try Input.bytes(file)
        if let first = bytes.first, first == UInt8(ascii: "#") || first == UInt8(ascii: "|") {
          throw Failure("\(file) is not JSON; did you mean `tcpprobe check \(file)`?", status: ExitCode(64))
        }
        let run = try Run(reading: bytes)
        let assessment = try Assessment(of: run, by: Scenarios.catalogue)
        if let pcap { try outputs.write(run.pcapng(), to: pcap) }
        try output.write(assessment, into: outputs)
        let isWhole = try output.format != .pkt || output.script(of: assessment).unwritten.isEmpty
        if !assessment.isDecided || !isWhole { throw ExitCode(2) }
      } catch let error as RunError {
        throw Failure("\(file): \(error)", status: ExitCode(64))
      } catch let error as PageError {
        throw Failure("\(file): in a document of this run: \(error)", status: ExitCode(64))
      }
    }
  }
}
