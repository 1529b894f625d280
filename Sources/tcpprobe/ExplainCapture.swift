import ArgumentParser
import Claims
import Linux
import Notations
import Reports

extension Explain {
  /// The endings of files that are no claims' ids.
  private static let textEndings = [".md", ".txt", ".html"]

  /// True if a file is named in the place of a claim, or standard input.
  var namesCapture: Bool {
    // No claim's id is a path or ends so; a pipe has a path, too.
    claim == "-" || Input.isCarried(claim) || WholeFile.isThere(claim)
      || claim.contains("/") && WholeFile.isTaken(claim)
      || [".pcap", ".pcapng", ".cap"].contains { claim.hasSuffix($0) }
  }

  /// Explains the capture that is named in the place of a claim; false where none is.
  func explainCapture() throws -> Bool {
    guard namesCapture else { return false }
    let outputs = try Outputs([(Outputs.report, output.output)], inputs: [claim])
    switch try Input.document(claim, connection: capture.connection) {
    case .text(let bytes):
      if let reason = CaptureReader.refusal(of: bytes) {
        throw Failure("\(Input.name(of: claim)): \(reason)", status: ExitCode(64))
      }
      guard let text = String(validating: bytes, as: UTF8.self),
        let found = TextCapture.capture(in: text)
      else {
        // A claim's id may be the name of a file, too.
        guard claim == "-" || claim.contains("/") || Self.textEndings.contains(where: claim.hasSuffix) else {
          return false
        }
        let hint = claim == "-" ? "" : "; a claim of this page: tcpprobe explain ID --page \(claim)"
        throw Failure(
          "\(Input.name(of: claim)) is no capture: expected pcap, pcapng, or lines of tcpdump or tshark\(hint)",
          status: ExitCode(64))
      }
      try explain(CaptureInput(name: Input.name(of: claim), capture: found), into: outputs)
    case .capture(let input):
      try input.refuseEmpty()
      try explain(input, into: outputs)
    }
    return true
  }

  private func explain(_ input: CaptureInput, into outputs: Outputs) throws {
    let chosen = try input.only(capture.connection).map { [$0] } ?? input.capture.connections
    let report = CaptureReport(of: chosen, in: input.capture, file: input.name, style: output.style)
    switch output.format {
    case .terminal: try output.write(report.text, into: outputs)
    case .json: try output.write(report.json, into: outputs)
    default:
      throw Failure(
        "--format \(output.format.rawValue): a capture is explained as terminal or json",
        status: ExitCode(64))
    }
    input.noteFault()
    if input.capture.fault != nil || report.isUndecided { throw ExitCode(2) }
  }
}
