import Linux

/// The error text of a guest that gave no whole result.
enum GuestFault {
  /// - Parameters:
  ///   - console: what its kernel and its first process wrote.
  ///   - result: what came of the result.
  ///   - log: what QEMU said.
  static func text(console: String, result: [UInt8], log: String) -> String {
    if console.contains("Kernel panic") { return "the kernel panicked" + lastLines(of: console) }
    if Frame.hasBegun(result) { return "the result of the guest is truncated" + lastLines(of: console) }
    if console.isEmpty, !log.isEmpty {
      return "QEMU could not run the kernel:\n" + quoted(lines(log).suffix(4))
    }
    return "the guest ended before tcpprobe ran" + lastLines(of: console)
  }

  /// The last lines of a console, and before them the one that names a panic: a list of calls may follow it.
  static func lastLines(of console: String) -> String {
    let lines = lines(console)
    guard !lines.isEmpty else { return "; its console is empty" }
    let last = lines.suffix(8)
    let cause = lines.dropLast(8).last { $0.contains("Kernel panic") }
    return "; the end of its console:\n" + quoted((cause.map { [$0] } ?? []) + last)
  }

  private static func quoted(_ lines: [String]) -> String {
    lines.map { "  | \($0)" }.joined(separator: "\n")
  }

  private static func quoted(_ lines: ArraySlice<String>) -> String { quoted(Array(lines)) }

  /// Without what a terminal would obey.
  private static func lines(_ text: String) -> [String] {
    text.split(whereSeparator: \.isNewline).map { line in
      String(
        String.UnicodeScalarView(line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }).prefix(
          120))
    }
    .filter { !$0.allSatisfy { $0 == " " } }
  }
}
