import ArgumentParser
import Records
import Reports

extension KernelTable {
  /// Fails for a format that is about plays.
  static func check(_ format: Format) throws {
    guard [.terminal, .markdown, .html].contains(format) else {
      throw ValidationError(
        "--format \(format.rawValue): a table of kernels is shown as terminal, markdown or html")
    }
  }

  /// Writes it where it is wanted; a file gets Markdown where nothing else is asked for.
  func write(as format: Format, to output: String?, of outputs: Outputs) throws {
    let text =
      switch format {
      case .html: html
      case .terminal: output == nil ? terminalReport(style: .ofStandardOutput) : markdown
      default: markdown
      }
    try outputs.write(text, to: output)
  }
}
