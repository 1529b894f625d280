/// Words to test a machine with, by the Wp-method (Fujiwara and others: Test Selection Based on Finite State Models, 1991):
/// first random ones, which find most differences soon, then the ways to each state with one input more that seems to change
/// nothing (unless ``depth`` is 0, for a quick look), then all of them.
///
/// A system that answers all of them as the machine does is that machine, or has more than `depth` states more.
package struct WpTests: Sequence {
  private let machine: MealyMachine
  private let depth: Int
  private let words: Int
  /// Words to test with before all others.
  private let first: [Word]
  private let random: SeededNumbers
  private let access: [Word]
  private let separating: SeparatingWords

  /// - Parameters:
  ///   - machine: whose states no two are the same, and all can be reached.
  ///   - depth: the number of states that the system may have more.
  ///   - words: the number of random words before.
  ///   - first: words to test with before those.
  package init(of machine: MealyMachine, depth: Int, words: Int, seed: UInt64, first: [Word] = []) {
    self.machine = machine
    self.depth = depth
    self.words = words
    self.first = first
    random = SeededNumbers(seed: seed)
    access = machine.accessWords.map { $0 ?? [] }
    separating = SeparatingWords(of: machine)
  }

  package struct Iterator: IteratorProtocol {
    fileprivate let tests: WpTests
    fileprivate var random: SeededNumbers
    fileprivate var left: Int
    /// Those of the first words that are left.
    private var beginning: ArraySlice<Word>
    /// The state whose ways are asked next with one input more, and those that are left of the state before.
    private var detoured = 0
    private var detours: [Word] = []
    /// The middle that is used now, with the state that it begins from, and the words that follow it.
    private var middle: Word = []
    private var state = -1
    private var endings: [Word] = []
    private var isOver = false

    fileprivate init(_ tests: WpTests) {
      self.tests = tests
      random = tests.random
      left = tests.words
      beginning = tests.first[...]
    }

    package mutating func next() -> Word? {
      if let word = beginning.popFirst() { return word }
      if left > 0 {
        left -= 1
        return tests.randomWord(&random)
      }
      while tests.depth > 0, detours.isEmpty, detoured < tests.access.count {
        detours = tests.detours(to: detoured)
        detoured += 1
      }
      if let word = detours.popLast() { return word }
      while endings.isEmpty {
        guard advance() else { return nil }
      }
      return tests.access[state] + middle + endings.removeLast()
    }

    /// Goes to the next state, and behind the last to the next middle.
    private mutating func advance() -> Bool {
      if isOver { return false }
      state += 1
      if state == tests.access.count {
        state = 0
        isOver = !nextMiddle()
        if isOver { return false }
      }
      endings = tests.endings(from: state, behind: middle)
      return true
    }

    /// Counts the middle up: all words of a length, then those of one input more.
    private mutating func nextMiddle() -> Bool {
      for place in middle.indices.reversed() {
        middle[place] += 1
        if middle[place] < tests.machine.inputCount { return true }
        middle[place] = 0
      }
      middle.append(0)
      return middle.count <= tests.depth + 1
    }
  }

  package func makeIterator() -> Iterator { Iterator(self) }

  /// The words behind a middle: all that tell states apart, and behind the longest middles those of the state alone.
  private func endings(from state: Int, behind middle: Word) -> [Word] {
    let words =
      middle.count <= depth
      ? separating.all : separating.ofState[machine.state(after: middle, from: state)]
    return words.isEmpty ? [[]] : words
  }

  private func randomWord(_ random: inout SeededNumbers) -> Word {
    let start = Int.random(in: access.indices, using: &random)
    if Bool.random(using: &random) { return walk(from: start, &random) }
    var word = access[start]
    var count = depth + 1
    while count < 24, Int.random(in: 0..<6, using: &random) > 0 { count += 1 }
    for _ in 0..<count { word.append(Int.random(in: 0..<machine.inputCount, using: &random)) }
    let state = machine.state(after: word)
    let words = Bool.random(using: &random) ? separating.all : separating.ofState[state]
    return word + (words.randomElement(using: &random) ?? [])
  }
}

extension WpTests {
  /// The way to a state with one input more at each place where it leaves the state as it is, and behind it each input and
  /// each word that tells states apart. They find what an input has changed that shows only much later: shutdown() before
  /// connect() fails, and lets a later send() fail.
  fileprivate func detours(to state: Int) -> [Word] {
    let way = access[state]
    let endings = (0..<machine.inputCount).map { [$0] } + separating.all
    return way.indices.flatMap { place -> [Word] in
      let (before, behind) = (Array(way[..<place]), Array(way[place...]))
      let there = machine.state(after: before)
      return (0..<machine.inputCount).filter { machine.edges[there][$0].target == there }
        .flatMap { input in endings.map { before + [input] + behind + $0 } }
    }
  }

  /// One input of any kind, and then only inputs that lead on.
  private func walk(from start: Int, _ random: inout SeededNumbers) -> Word {
    let first = Int.random(in: 0..<machine.inputCount, using: &random)
    var word = access[start] + [first]
    var state = machine.edges[start][first].target
    for _ in 0..<Int.random(in: 2...8, using: &random) {
      let leading = (0..<machine.inputCount).filter { machine.edges[state][$0].target != state }
      let input =
        leading.randomElement(using: &random) ?? Int.random(in: 0..<machine.inputCount, using: &random)
      word.append(input)
      state = machine.edges[state][input].target
    }
    return word + (separating.ofState[state].randomElement(using: &random) ?? [])
  }
}

/// Pseudo-random numbers with a seed (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
package struct SeededNumbers: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
