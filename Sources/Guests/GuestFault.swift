import Linux

/// The error of a guest that gave no whole result.
enum GuestFault {
  /// - Parameters:
  ///   - console: what its kernel and its first process wrote.
  ///   - result: what came of the result.
  ///   - log: the messages of the program that ran it.
  static func error(console: String, result: [UInt8], log: String) -> GuestError {
    let kernel = KernelLog(of: console)
    let hasBegun = Frame.hasBegun(result)
    if kernel.hasPanicked {
      return GuestError(
        "the kernel panicked \(hasBegun ? "while" : "before") tcpprobe ran:\n" + quoted(kernel.causes),
        kind: hasBegun ? .panic : .panicAtBoot)
    }
    if hasBegun { return GuestError("the result of the guest is truncated" + lastLines(of: console)) }
    if console.isEmpty, !log.isEmpty {
      return GuestError("the kernel could not be run:\n" + quoted(lines(log).suffix(4)))
    }
    return GuestError("the guest ended before tcpprobe ran" + lastLines(of: console))
  }

  /// The last lines of a console.
  static func lastLines(of console: String) -> String {
    let lines = GuestStep.withoutEarlier(lines(console))
    guard !lines.isEmpty else { return "; its console is empty" }
    return "; the end of its console:\n" + quoted(lines.suffix(8))
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
