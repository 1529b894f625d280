import Linux

/// Measures several things in turn, so that whatever the machine does meanwhile meets all of them.
enum Rounds {
  /// - Parameter bodies: each says how long one of what it does took, in nanoseconds.
  /// - Returns: the medians, in the same order.
  static func medians(of name: String, _ bodies: [() throws -> Int64]) throws -> [Int64] {
    let progress = Progress(name)
    defer { progress.clear() }
    var found = bodies.map { _ in [Int64]() }
    for round in 0...Benchmarks.rounds {
      progress.show("round \(round) of \(Benchmarks.rounds)")
      for (index, body) in bodies.enumerated() {
        let time = try body()
        // The first warms up what is kept: code, memory, the kernel's caches.
        if round > 0 { found[index].append(time) }
      }
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
