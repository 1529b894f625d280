import Linux
import Reports
import SystemPackage
import TCP

/// Looks at the sockets again and again and shows what has changed, until a signal asks for the end or nobody reads.
struct Watch {
  let who: Who
  /// Nanoseconds between two looks.
  let interval: Int64

  private var isOnTerminal: Bool { who.format == .terminal && Terminal.isTerminal(1) }

  func run() throws {
    // A signal is taken between two looks: the terminal's cursor is then where it was, and shown.
    try Signals.deferring {
      if isOnTerminal { try write(Screen.begin) }
      defer { if isOnTerminal { _ = try? write(Screen.end) } }
      try looks()
    }
  }

  private func looks() throws {
    let start = Clock.monotonic()
    let first = try who.report()
    var last: CensusReport?
    var now = first
    var next = start
    while true {
      let seconds = Int((Clock.monotonic() - start) / 1_000_000_000)
      guard try write(text(now: now, last: last, first: first, seconds: seconds)) else { return }
      // A look that took longer than the interval does not make the next ones crowd.
      next = max(next + interval, Clock.monotonic())
      guard Watch.wait(until: next) else { return }
      last = now
      now = try who.report()
    }
  }

  private func text(now report: CensusReport, last: CensusReport?, first: CensusReport, seconds: Int)
    -> String
  {
    if who.format == .json { return report.jsonReport(top: who.shown, isCompact: true) + "\n" }
    // On a terminal it is of one namespace only.
    let (now, last, first) = (report.censuses[0], last?.censuses[0], first.censuses[0])
    let growth = Growth(now: now, last: last ?? first, first: first)
    let top = who.shown ?? .max
    if isOnTerminal {
      let height = Terminal.height(1) ?? 24
      return Screen.home
        + growth.screen(of: now, seconds: seconds, top: top, height: height - 1, style: .ofStandardOutput)
        + Screen.clearRest
    }
    // Before the first look there is nothing that could have changed.
    return last == nil
      ? growth.totals(of: now) : growth.changes(seconds: seconds, top: top)
  }

  /// Waits for the time; false if a signal came sooner.
  private static func wait(until deadline: Int64) -> Bool {
    while !Signals.isPending {
      let rest = deadline - Clock.monotonic()
      if rest <= 0 { return true }
      Clock.sleep(nanoseconds: min(rest, 50_000_000))
    }
    return false
  }

  /// Writes the text; false if nobody reads any more.
  @discardableResult
  private func write(_ text: String) throws -> Bool {
    do throws(Errno) {
      try WholeFile.write(Array(text.utf8), to: 1)
      return true
    } catch .brokenPipe {
      return false
    } catch {
      throw Failure("standard output cannot be written: \(error)")
    }
  }

  /// The control sequences for a terminal (ECMA-48, and DECTCEM for the cursor).
  private enum Screen {
    static let begin = "\u{1B}[?25l\u{1B}[2J"
    static let home = "\u{1B}[H"
    static let clearRest = "\u{1B}[K\n\u{1B}[J"
    static let end = "\u{1B}[?25h"
  }
}
