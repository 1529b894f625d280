import Linux
import Reports
import SystemPackage

/// The terminal that the screen is drawn on, in a screen of its own that is gone at the end.
final class LiveTerminal {
  private let style = Style.ofStandardOutput
  private var shown = ""
  private var size: (width: Int, height: Int) = (0, 0)

  static var size: (width: Int, height: Int) {
    (Terminal.width(1) ?? LiveView.least.width, Terminal.height(1) ?? LiveView.least.height)
  }

  func begin() throws { try write("\u{1B}[?1049h\u{1B}[?25l\u{1B}[2J") }
  func end() { try? write("\u{1B}[?25h\u{1B}[?1049l") }

  /// Draws the view, in one write, where it is another than the one that is shown or the terminal has another size.
  func show(_ view: @autoclosure () throws -> LiveView) throws {
    let now = LiveTerminal.size
    let lines = try view().lines(width: now.width, height: now.height, unicode: style.unicode)
    // Each line is cleared behind its text; the last one ends without a line feed, which would scroll.
    let text = lines.map { $0.painted(color: style.color) + "\u{1B}[K" }.joined(separator: "\r\n")
    guard text != shown || now != size else { return }
    let clear = now == size ? "" : "\u{1B}[2J"
    (shown, size) = (text, now)
    try write(clear + "\u{1B}[H" + text)
  }

  private func write(_ text: String) throws {
    do throws(Errno) {
      try WholeFile.write(Array(text.utf8), to: 1)
    } catch {
      throw Failure("the terminal cannot be written: \(error)")
    }
  }
}
