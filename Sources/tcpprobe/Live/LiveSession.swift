import Benches
import Documents
import Reports
import TCP
import Traces

/// A connection by hand, from the first key to the last.
final class LiveSession {
  let page: LivePage
  let wire: Wire
  let hand: Hand
  let variant: Variant
  let timers: TimerCourse
  private let family: Family
  private let saving: LiveSaving
  private var guide: Guide
  private(set) var next = Guide.Next.finished
  /// The number of the segment that the keys are for; nil for the first that is not held back.
  private var chosen: Int?
  /// The digits that were typed before a key.
  private(set) var count = ""
  private(set) var message = ""
  private(set) var isRefused = false
  /// The explanation that the key ? has called up.
  var explaining: Explaining?
  /// The number of the ladder's lines below the screen.
  var linesBelow = 0
  /// The size of the screen.
  var size: () -> (width: Int, height: Int) = { LiveView.least }
  /// Draws the screen while a key is at work.
  var show: () throws -> Void = {}

  enum Explaining: CaseIterable {
    case states, signs, keys

    var help: LiveHelp? {
      switch self {
      case .states: nil
      case .signs: .signs
      case .keys: .keys
      }
    }
  }
  /// A longer text in the place of the ladder.
  private(set) var note: [Paragraph] = []
  private var isSaved = false
  /// The drawing, and the number of events that it was made of.
  var picture: (of: Int, Picture)?

  init(_ page: LivePage, on wire: Wire, timers: TimerCourse, family: Family, saving: LiveSaving) throws {
    self.page = page
    self.wire = wire
    self.timers = timers
    self.saving = saving
    self.family = family
    variant = page.variant(family)
    hand = try Hand(on: wire, page.beginning)
    guide = Guide(page.plan)
    next = guide.next(for: try hand.status())
    message =
      "No segment arrives without a key. Space does the page's next step; ? explains the states, the screen and the keys."
  }

  var wording: LiveWording { LiveWording(names: page.ladder.parties) }

  /// The number of the segment that d, x, b and h are for. A copy of what has arrived is not chosen before others.
  var chosenNumber: Int? {
    let free = hand.waiting.filter { !$0.isHeldBack }
    return chosen ?? (free.first { !$0.hasArrived } ?? free.first ?? hand.waiting.first)?.number
  }

  func say(_ text: String, refused: Bool = false) {
    message = text
    isRefused = refused
  }
}

/// Keys.
extension LiveSession {
  /// Does what the key means.
  ///
  /// - Returns: false where it ends the session.
  func press(_ key: LiveKey, while goesOn: () throws -> Bool) throws -> Bool {
    let explained = explaining
    explaining = nil
    note = []
    guard let deed = LiveDeed(key) else {
      say("\(key) is no key here.", refused: true)
      return true
    }
    if case .digit(let digit) = deed {
      count = count.count < 6 ? count + "\(digit)" : count
      return true
    }
    let number = Int(count)
    count = ""
    isRefused = false
    switch deed {
    case .digit, .forget: break
    case .quit: return false
    case .explain: explain(after: explained)
    case .choose(let distance): choose(distance)
    case .scroll(let step): try scroll(step)
    case .takeBack:
      say(
        "A step cannot be undone. a repeats all steps but the last on a new connection.", refused: true)
    case .again: try again()
    case .save: try save()
    case .next: try doNext(while: goesOn)
    default: try doDeed(deed, number, while: goesOn)
    }
    return true
  }

  /// The states first; then the signs of the screen, the keys, and the connection again.
  private func explain(after last: Explaining?) {
    let all = Explaining.allCases
    let next = last.flatMap { all.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    explaining = all.indices.contains(next) ? all[next] : nil
    say(explaining == .states ? "Press ? again for the signs of the screen, and once more for the keys." : "")
  }

  private func doDeed(_ deed: LiveDeed, _ number: Int?, while goesOn: () throws -> Bool) throws {
    switch deed {
    case .connect(let party): try act(.call(party, .connect))
    case .send(let party): try act(.call(party, .send(max(1, number ?? 100))))
    case .receive(let party): try act(.call(party, .receive(number.map { max(1, $0) })))
    case .shutdown(let party): try act(.call(party, .shutdown(.write)))
    case .close(let party): try act(.call(party, .close))
    case .reset(let party): try act(.reset(party))
    case .awaitTimer: try act(.awaitTimer, while: goesOn)
    case .deliverNext(let party):
      let first = hand.waiting.first { $0.party == party && !$0.isHeldBack }
      guard let first else {
        return say("Nothing of \(page.ladder.parties[party]) waits on the wire.", refused: true)
      }
      try act(.deliver(first.number))
    default: try doWithSegment(deed, number ?? chosenNumber)
    }
  }

  private func doWithSegment(_ deed: LiveDeed, _ number: Int?) throws {
    guard let number else { return say("Nothing waits on the wire: a call sends something.", refused: true) }
    let isHeldBack = hand.waiting.first { $0.number == number }?.isHeldBack ?? false
    switch deed {
    case .deliver: try act(.deliver(number))
    case .lose: try act(.lose(number))
    case .duplicate: try act(.duplicate(number))
    default: try act(isHeldBack ? .holdNoLonger(number) : .holdBack(number))
    }
  }

  private func act(_ action: HandAction, while goesOn: () throws -> Bool = { true }) throws {
    if case .awaitTimer = action {
      let isStretched = try timers == .frozen && hand.nextTimerIsStretched()
      let stretched =
        isStretched ? " It is stretched; with --timers running it is as short as by default." : ""
      say("Waiting for \(wording.timer(of: hand)). Any key ends the wait.\(stretched)")
    }
    let step = try hand.perform(action, while: goesOn)
    try follow(step)
    isSaved = false
    if let chosen, !hand.waiting.contains(where: { $0.number == chosen }) { self.chosen = nil }
    if case .holdBack = action { chosen = nil }
    say(wording.sentence(for: step), refused: step.obstacle != nil)
  }

  /// The page's next step may be another one, where something has moved by itself.
  func wasMoved() throws { next = guide.next(for: try hand.status()) }

  private func follow(_ step: HandStep) throws {
    guide.note(step, was: next)
    next = guide.next(for: try hand.status())
  }

  private func doNext(while goesOn: () throws -> Bool) throws {
    switch next {
    case .action(let action, _): try act(action, while: goesOn)
    case .obstacle: say("The page's next step is not possible now; the line below says why.", refused: true)
    case .finished:
      say("The page has no further step. a does it again, w saves what was done.", refused: true)
    }
  }

  private func again() throws {
    guard !hand.actions.isEmpty else { return say("Nothing was done yet.", refused: true) }
    let count = hand.actions.count - 1
    (chosen, isSaved, picture) = (nil, false, nil)
    let failed = try hand.again {
      guide = Guide(page.plan)
      next = guide.next(for: try hand.status())
    } each: {
      try follow($0)
    }
    let done = count == 1 ? "1 step was" : "\(count) steps were"
    say(
      failed.map { "Done again up to a step that is not possible this time. " + wording.sentence(for: $0) }
        ?? "A new connection: \(done) done again, and the last one was left out.", refused: failed != nil)
  }

  private func choose(_ distance: Int) {
    guard !hand.waiting.isEmpty else { return say("Nothing waits on the wire.", refused: true) }
    let index = hand.waiting.firstIndex { $0.number == chosenNumber } ?? 0
    let number = hand.waiting[min(max(index + distance, 0), hand.waiting.count - 1)].number
    chosen = number
    say("The keys d, x, b and h are for segment \(number) now.")
  }

  private func scroll(_ step: LiveView.Scrolling) throws {
    let (width, height) = size()
    // A long message would leave the ladder less room than it has below the one that follows.
    say("")
    linesBelow = try view().linesBelow(after: step, width: width, height: height)
    guard let shown = try view().shownLadder(width: width, height: height), !shown.isComplete else {
      return say("The screen shows the whole ladder.")
    }
    say(
      "The ladder's \(shown.words)\(shown.below > 0 ? ". The next step leads back to its end." : ", its end.")"
    )
  }

  private func save() throws {
    say("The page is written, and run once as tcpprobe check does.")
    try show()
    let saved = try saving.save(hand.trace(variant), of: page, family)
    isSaved = true
    say("Saved: tcpprobe check \(saved.path) runs it. \(saved.checked)")
    note = []
    for (title, lines) in [("Not in the page's table:", saved.unsaid), ("Not confirmed:", saved.unconfirmed)]
    where !lines.isEmpty {
      note.append(Paragraph(title, .strong))
      note += lines.map { Paragraph("\($0).", label: "- ") }
    }
  }

  /// Writes what is to be written at the end.
  ///
  /// - Returns: the lines for the person; none where nothing was written.
  func saveAtEnd() throws -> [String] {
    guard saving.path != nil, !isSaved, !hand.actions.isEmpty else { return [] }
    try save()
    return [message] + note.map { $0.label + $0.text }
  }
}
