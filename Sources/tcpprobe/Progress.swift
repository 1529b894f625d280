import Documents
import Guests
import Linux
import Scenarios
import Synchronization

/// One line on the terminal that shows the progress and the current wait. If standard error is no terminal, it shows only what
/// the host of a guest reads.
final class Progress: Sendable {
  private let isShown = Terminal.isTerminal(2) && Terminal.environment("TERM") != "dumb"
  private let start = Clock.monotonic()
  /// The least duration that is shown, in nanoseconds.
  private static let unremarkable: Int64 = 1_000_000_000
  private let last = Mutex("")
  /// True in a guest whose steps are told.
  private let isTold: Bool
  private let told = Mutex<Int64>(0)
  /// The least time between two steps of a guest.
  private static let pause: Int64 = 1_000_000_000

  /// - Parameter guests: true where a guest tells its steps. In virtual time each of them moves what is measured.
  init(guests: Bool = false) { isTold = guests && GuestStep.isRead }

  func show(_ progress: RunsProgress) {
    let count = progress.total > 1 ? ["\(progress.done) of \(progress.total) runs done"] : []
    show((count + progress.waiting).joined(separator: "; "))
  }

  func show(_ text: String) {
    if isTold { tell(text) }
    guard isShown, Clock.monotonic() - start > Self.unremarkable else { return }
    // A line that is longer than the terminal would stay there.
    let text = text.visibleLine.prefix((Terminal.width(2) ?? 80) - 1)
    last.withLock { last in
      guard text != last else { return }
      last = String(text)
      try? WholeFile.write(Array("\r\u{1B}[K\(text)".utf8), to: 2)
    }
  }

  private func tell(_ text: String) {
    told.withLock { time in
      guard Clock.monotonic() - time > Self.pause else { return }
      time = Clock.monotonic()
      GuestStep.tell(text)
    }
  }

  func clear() { clear {} }

  /// Clears the line, and keeps it clear while the report is written to the same terminal.
  func clear(while write: () -> Void) {
    last.withLock { last in
      if !last.isEmpty { try? WholeFile.write(Array("\r\u{1B}[K".utf8), to: 2) }
      last = ""
      write()
    }
  }
}
