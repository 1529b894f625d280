import Linux

/// Measures several things in turn, so that whatever the machine does meanwhile meets all of them.
enum Rounds {
  /// - Parameters:
  ///   - count: the number of rounds; fewer are made where the next would not end in time.
  ///   - bodies: each says how long one of what it does took, in nanoseconds.
  /// - Returns: the medians, in the same order.
  static func medians(
    of name: String, _ count: Int = Benchmarks.rounds, within limit: TimeLimit, _ bodies: [() throws -> Int64]
  ) throws -> [Int64] {
    let progress = Progress(name)
    defer { progress.clear() }
    var found = bodies.map { _ in [Int64]() }
    var longest: Int64 = 0
    var made = -1
    while made < count, made < 0 || limit.allows(longest) {
      progress.show(made < 0 ? "first round, not counted" : "round \(made + 1) of \(count)")
      let began = Clock.monotonic()
      // The first warms up what is kept: code, memory, the kernel's caches.
      if made == 0 { found = bodies.map { _ in [] } }
      for (index, body) in bodies.enumerated() { found[index].append(try body()) }
      longest = max(longest, Clock.monotonic() - began)
      made += 1
    }
    if made < count {
      progress.clear()
      let rounds = made == 0 ? "only the first round, which also warms up," : "\(made) of \(count) rounds"
      say("  \(rounds) ended within the limit of \(TimeLimit.seconds) s")
    }
    return found.map { $0.sorted()[$0.count / 2] }
  }

  /// How long it takes, in nanoseconds.
  static func time(_ body: () throws -> Void) rethrows -> Int64 {
    let began = Clock.monotonic()
    try body()
    return Clock.monotonic() - began
  }
}

/// Says on standard error what is under way, where it takes longer than a person expects.
final class Progress {
  private let name: String
  private let began = Clock.monotonic()
  private var last: Int64 = 0
  private let isTerminal = Terminal.isTerminal(2)

  init(_ name: String) { self.name = name }

  func show(_ what: String) {
    let now = Clock.monotonic()
    // A log gets a line now and then, a person one that changes.
    guard now - began > 2_000_000_000, now - last > (isTerminal ? 0 : 2_000_000_000) else { return }
    last = now
    write(isTerminal ? "\r\u{1B}[K\(name): \(what)" : "\(name): \(what)\n")
  }

  func clear() { if isTerminal, last > 0 { write("\r\u{1B}[K") } }

  private func write(_ text: String) { try? WholeFile.write(Array(text.utf8), to: 2) }
}

/// A line of the result, at once: a reader at the other end of a pipe need not wait for the last.
func say(_ line: String) { try? WholeFile.write(Array((line + "\n").utf8), to: 1) }
