import ArgumentParser
import Benches
import Documents
import Linux
import Reports
import SystemPackage
import TCP
import Traces

/// The session in a terminal, and with keys from a file.
extension LiveSession {
  /// Runs with the keys of the terminal until one of them or a signal ends it.
  func run() throws {
    defer { try? hand.end() }
    let screen = LiveTerminal()
    do {
      let keyboard = try Keyboard(0)
      try screen.begin()
      defer { screen.end() }
      show = { [unowned self] in try screen.show(view()) }
      defer { show = {} }
      size = { LiveTerminal.size }
      // What was done until a signal came is saved, too.
      do { try loop(keyboard, screen) } catch is Interrupted {}
    }
    // The terminal is as it was.
    for said in try saveAtEnd() { Output.note(said) }
  }

  private func loop(_ keyboard: borrowing Keyboard, _ screen: LiveTerminal) throws {
    while !Signals.isPending {
      try screen.show(view())
      let deadline = Clock.time(after: .milliseconds(200))
      guard let octets = try keyboard.read(orReadable: wire.descriptors, until: deadline) else { return }
      if octets.isEmpty { try takeInTimers() }
      for key in LiveKey.typed(octets) {
        do {
          // Any key ends a wait for a timer.
          let goesOn = try press(key) {
            try screen.show(view())
            let deadline = Clock.time(after: .milliseconds(100))
            return try keyboard.read(orReadable: wire.descriptors, until: deadline) == []
          }
          guard goesOn else { return }
        } catch let failure as Failure {
          say("\(failure)", refused: true)
        }
      }
    }
  }

  /// Takes in what the kernel has done by itself, and says it.
  private func takeInTimers() throws {
    let (states, copies) = (try hand.states(), hand.waiting)
    guard try hand.poll() else { return }
    try wasMoved()
    let now = try hand.states()
    let changes = Party.allCases.filter { states[$0] != now[$0] }.map {
      "\(page.ladder.parties[$0]) \(states[$0].rawValue) → \(now[$0].rawValue)"
    }
    let sent = hand.waiting.filter { entry in !copies.contains(entry) }.map {
      "\(page.ladder.parties[$0.party]) sends \(wording.name(of: $0.segment)) again"
    }
    let all = sent + changes
    if !all.isEmpty { say("By a timer of the kernel: \(all.joined(separator: ", ")).") }
  }

  /// Runs with these keys; each waits until nothing more moves by itself.
  func run(_ script: LiveScript) throws {
    defer { try? hand.end() }
    var hasRefused = false
    for (key, _) in script.keys {
      if Signals.isPending { break }
      do {
        guard try press(key, while: { !Signals.isPending }) else { break }
      } catch is Interrupted { break }
      if case .digit? = LiveDeed(key) { continue }
      if explaining == nil { try Output.write("\("\(key)".visible)  \(message)\n") }
      let shown = try view()
      try Output.write(
        (shown.help?.paragraphs() ?? shown.explanation).map { "\($0.label)\($0.text)\n" }.joined())
      hasRefused = hasRefused || isRefused
    }
    (explaining, linesBelow) = (nil, 0)
    try Output.write("\n" + printed(view()))
    for said in try saveAtEnd() { Output.note(said) }
    if hasRefused { throw ExitCode(2) }
  }
}

/// The screen's contents.
extension LiveSession {
  /// The screen as text, as long as it takes to show everything.
  private func printed(_ view: LiveView) -> String {
    let style = Style.ofStandardOutput
    let rows = 4 * (view.picture?.rows.count ?? 0)
    let lines = view.lines(
      width: max(style.width, LiveView.least.width),
      height: LiveView.least.height + 2 * view.waiting.count + rows,
      unicode: style.unicode
    ).map { $0.painted(color: style.color) + "\n" }
    return zip([""] + lines, lines).filter { $0 != "\n" || $1 != "\n" }.map(\.1).joined()
  }

  func view() throws -> LiveView {
    let sockets = try hand.sockets()
    if picture?.of != hand.eventCount {
      picture = (hand.eventCount, Picture(of: hand.steps(variant)))
      linesBelow = 0
    }
    func end(_ party: Party) -> LiveView.End {
      LiveView.End(
        socket: sockets[party], hasDescriptor: hand.hasDescriptor(party), lastCall: hand.lastCall(of: party))
    }
    var view = LiveView(
      title: page.title, subtitle: "timers \(timers.rawValue)", names: page.ladder.parties,
      ends: Both(left: end(.left), right: end(.right)),
      waiting: hand.waiting.map {
        LiveView.Waiting(
          number: $0.number, party: $0.party, label: picture?.1.label($0.segment, from: $0.party) ?? "",
          copies: $0.copies.count, isHeldBack: $0.isHeldBack, isSentAgain: $0.isSentAgain,
          hasArrived: $0.hasArrived)
      },
      chosen: hand.waiting.firstIndex { $0.number == chosenNumber }, picture: picture?.1, message: message,
      isRefused: isRefused, next: wording.next(next, hand: hand), count: count)
    view.linesBelow = linesBelow
    view.explanation = explaining == nil ? note : view.explanations
    view.help = explaining?.help
    return view
  }
}
