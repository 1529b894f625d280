import Records
import Reports

extension KernelTable {
  /// Writes it where it is wanted; a file gets Markdown where nothing else is asked for.
  func write(
    as format: ComparisonFormat, all: Bool, failsOn: Set<ChangeKind>, to output: String?, of outputs: Outputs
  ) throws {
    var style = Style.ofStandardOutput
    style.drawsAll = all
    let text =
      switch format {
      case .html: html
      case .json: jsonReport(failsOn: failsOn)
      case .terminal: output.map(Outputs.isStandardOutput) ?? true ? terminalReport(style: style) : markdown
      default: markdown
      }
    try outputs.write(text, to: output)
  }
}
