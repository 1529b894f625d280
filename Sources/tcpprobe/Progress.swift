import Linux

/// One line on the terminal that says what is waited for; nothing where nobody watches.
final class Progress {
  private let isShown = Terminal.isTerminal(2)
  private var last = ""

  func show(_ text: String) {
    guard isShown, text != last else { return }
    last = text
    try? WholeFile.write(Array("\r\u{1B}[K\(text)".utf8), to: 2)
  }

  func clear() {
    guard !last.isEmpty else { return }
    last = ""
    try? WholeFile.write(Array("\r\u{1B}[K".utf8), to: 2)
  }
}
