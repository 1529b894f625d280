/// The lines of a guest's console in which its kernel complains of itself.
package struct KernelLog: Equatable, Sendable {
  /// WARNING, BUG, Oops and the like, in their order: each without time, processor and process.
  package private(set) var complaints: [String] = []
  /// The first of what ended the kernel: its cause, and where it was; empty if it did not panic.
  package private(set) var causes: [String] = []
  package private(set) var hasPanicked = false

  private static let beginnings = [
    "WARNING: ", "BUG: ", "Oops: ", "Oops", "kernel BUG at ", "UBSAN: ", "KASAN: ",
    "general protection fault",
    "divide error: ", "invalid opcode: ", "stack segment: ", "INFO: task ", "INFO: rcu", "rcu: INFO: ",
    "watchdog: BUG: ",
  ]

  /// - Parameter console: all that was written there.
  package init(of console: String) {
    let lines = console.split(whereSeparator: \.isNewline).map { Self.bare($0) }
    for line in lines where Self.beginnings.contains(where: line.hasPrefix) {
      // A line that only says that another follows tells nothing.
      complaints.append(Self.withoutProcess(line))
    }
    guard let end = lines.firstIndex(where: { $0.contains("Kernel panic") }) else { return }
    hasPanicked = true
    let cause = lines[..<end].lastIndex { line in
      !line.hasPrefix("WARNING: ") && Self.beginnings.contains { line.hasPrefix($0) }
        && !line.hasPrefix("Oops")
    }
    if let cause {
      causes = [Self.withoutProcess(lines[cause])]
      causes += lines[cause..<end].filter { $0.hasPrefix("Oops") }.prefix(1).map(Self.withoutProcess)
      causes += lines[cause..<end].filter { $0.hasPrefix("RIP: ") }.prefix(1)
    }
    causes.append(lines[end])
  }

  /// The line without its time, the processor in brackets, and what a terminal would obey.
  private static func bare(_ line: Substring) -> String {
    var text = String(
      String.UnicodeScalarView(
        line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(200)))
    while text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      text = String(text[text.index(after: end)...].drop { $0 == " " })
    }
    return text
  }

  /// `WARNING: CPU: 0 PID: 43 at FILE:LINE FUNCTION+0x12/0x34` without the numbers that differ from boot to boot.
  private static func withoutProcess(_ line: String) -> String {
    var words = line.split(separator: " ").map(String.init)
    for name in ["CPU:", "PID:"] {
      if let place = words.firstIndex(of: name), place + 1 < words.count {
        words.removeSubrange(place...(place + 1))
      }
    }
    return words.map { word in
      word.contains("+0x") ? String(word.prefix { $0 != "+" }) : word
    }.joined(separator: " ")
  }
}
