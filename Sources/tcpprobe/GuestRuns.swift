import Guests
import Linux
import Synchronization

/// Guests side by side, as many as there are cores.
final class GuestRuns: Sendable {
  struct Outcome: Sendable {
    /// Its place among the guests.
    var place: Int
    var image: Image
    var result: Result<Guest.Result, GuestError>
    /// True if ``whenDone`` succeeded.
    var isKept = true
  }

  private let guests: [Guest]
  private let names: [String]
  private let state = Mutex((next: 0, outcomes: [Int: Outcome]()))

  /// Is given a guest's place and result when that guest is done: the others may take long, or be interrupted.
  private let whenDone: @Sendable (Int, Guest.Result) throws -> Void

  init(_ guests: [Guest], whenDone: @escaping @Sendable (Int, Guest.Result) throws -> Void = { _, _ in }) {
    self.guests = guests
    names = Image.names(of: guests.map(\.image)).map(\.visibleLine)
    self.whenDone = whenDone
  }

  func run(atOnce lanes: Int) -> [Outcome] {
    Linux.Thread.sideBySide(max(1, min(lanes, guests.count))) { [self] _ in
      work()
    } meanwhile: {
      work()
    }
    return state.withLock { state in guests.indices.compactMap { state.outcomes[$0] } }
  }

  private func work() {
    while let place = take() {
      let (guest, name) = (guests[place], names[place])
      var progress = GuestProgress(name)
      let result = Result { () throws(GuestError) in
        try guest.run { progress.show($0) }
      }
      var isKept = true
      switch result {
      case .success(let result):
        let guestSeconds = result.guestTime / 1_000_000_000
        let wallSeconds = result.wallTime / 1_000_000_000
        Output.note("\(name): done, \(guestSeconds) s of guest time in \(wallSeconds) s")
        do { try whenDone(place, result) } catch {
          Output.note("\(name): \(error)")
          isKept = false
        }
      case .failure(let error): Output.note("\(name): \(error)")
      }
      let outcome = Outcome(place: place, image: guest.image, result: result, isKept: isKept)
      state.withLock { $0.outcomes[place] = outcome }
    }
  }

  private func take() -> Int? {
    state.withLock { state in
      guard state.next < guests.count, !Signals.isPending else { return nil }
      defer { state.next += 1 }
      return state.next
    }
  }
}

/// Notes that tell what a guest has come to.
private struct GuestProgress {
  private let name: String
  private var last: Guest.Step?
  private var time: Int64 = 0
  /// The least time between two steps of a command, in nanoseconds: each is a line.
  private static let pause: Int64 = 10_000_000_000

  init(_ name: String) { self.name = name }

  mutating func show(_ step: Guest.Step) {
    if step == last { return }
    if case .running(_?) = step, Clock.monotonic() < time + Self.pause { return }
    (last, time) = (step, Clock.monotonic())
    switch step {
    case .booting: Output.note("\(name): booting")
    case .running(let text): Output.note("\(name): \(text ?? "running")")
    }
  }
}
