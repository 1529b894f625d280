import Linux

/// The step that a command in a guest has come to: a line of the guest's console, which whoever runs the guest reads there.
package enum GuestStep {
  private static let beginning = "tcpprobe: step: "

  /// Tells whether this process runs in a guest, so that somebody reads its steps.
  package static var isRead: Bool { Orders.areForThisMachine }

  /// Writes a step to the console.
  package static func tell(_ text: String) {
    try? WholeFile.write(Array("\(beginning)\(text)\n".utf8), to: 2)
  }

  /// The last step on a console that was written whole; nil where there is none.
  package static func last(on console: String) -> String? {
    let lines = console.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    guard let line = lines.dropLast().last(where: { isOne($0) }) else { return nil }
    return String(line.dropFirst(beginning.count))
  }

  /// The lines of a console of which only the last is a step: the others say nothing any more.
  static func withoutEarlier(_ lines: [String]) -> [String] {
    let last = lines.lastIndex { isOne($0) }
    return lines.enumerated().filter { $0.offset == last || !isOne($0.element) }.map(\.element)
  }

  private static func isOne(_ line: some StringProtocol) -> Bool { line.hasPrefix(beginning) }
}
