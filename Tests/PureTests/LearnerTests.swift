import Chance
import Kinds
import Learning
import Testing

/// Machines at random, each of which is learned exactly.
@Suite(.tags(.pure)) struct LearnerTests {
  /// A machine in which each state can be reached and no two are the same.
  private static func machine(
    states: Int, inputs: Int, outputs: Int, _ random: inout SplitMix64
  ) -> MealyMachine {
    while true {
      let edges = (0..<states).map { _ in
        (0..<inputs).map { _ in
          MealyMachine.Edge(
            output: Int.random(in: 0..<outputs, using: &random),
            target: Int.random(in: 0..<states, using: &random))
        }
      }
      let machine = MealyMachine(inputCount: inputs, edges: edges).canonical
      if machine.stateCount == states { return machine }
    }
  }

  private static func learned(_ machine: MealyMachine, depth: Int, words: Int, seed: UInt64) throws
    -> (MealyMachine, AskedCounts)
  {
    var learner = Learner(inputCount: machine.inputCount, ask: { machine.answers(to: $0) })
    let result = try learner.learn { WpTests(of: $0, depth: depth, words: words, seed: seed) }
    return (result, learner.counts)
  }

  @Test(arguments: [1, 2, 3, 5, 8, 13, 21, 34, 60]) func randomMachinesAreLearnedExactly(states: Int) throws {
    var random = SplitMix64(seed: UInt64(states))
    for turn in 0..<8 {
      let inputs = Int.random(in: 2...8, using: &random)
      // With one output alone there is no machine of more states than one.
      let machine = Self.machine(states: states, inputs: inputs, outputs: states == 1 ? 1 : 3, &random)
      let (learned, _) = try Self.learned(machine, depth: 0, words: 300, seed: UInt64(turn))
      #expect(learned == machine)
    }
  }

  @Test func seedsDoNotChangeTheMachine() throws {
    var random = SplitMix64(seed: 7)
    let machine = Self.machine(states: 30, inputs: 6, outputs: 2, &random)
    for seed in 0..<10 {
      #expect(try Self.learned(machine, depth: 0, words: 2000, seed: UInt64(seed)).0 == machine)
    }
  }

  /// A lock that opens after a word of its own: random words do not find it, and the bound says that all words are tried.
  @Test(arguments: [1, 2, 3]) func theTestsFindEveryMachineOfSoManyStatesMore(depth: Int) throws {
    let inputs = 3
    var random = SplitMix64(seed: UInt64(depth))
    for _ in 0..<20 {
      let key = (0..<depth).map { _ in Int.random(in: 0..<inputs, using: &random) }
      var edges = (0...depth).map { _ in
        (0..<inputs).map { _ in MealyMachine.Edge(output: 0, target: 0) }
      }
      for (place, input) in key.enumerated() { edges[place][input].target = place + 1 }
      edges[depth][0].output = 1
      let machine = MealyMachine(inputCount: inputs, edges: edges).canonical
      #expect(machine.stateCount == depth + 1)
      #expect(try Self.learned(machine, depth: depth, words: 0, seed: 1).0 == machine)
    }
  }

  /// An input that seems to change nothing, and shows three inputs later: four states more, which a depth of 1 does not find.
  private static var late: MealyMachine {
    let (length, mark, advance, ask) = (4, 0, 1, 2)
    let edges = (0..<2 * length).map { state in
      let (isMarked, place) = (state >= length, state % length)
      let isLast = place == length - 1
      var edges = [MealyMachine.Edge](repeating: .init(output: 0, target: state), count: 3)
      if place == 0 { edges[mark].target = length }
      edges[advance] = .init(output: place + 1, target: isLast ? state : state + 1)
      if isLast { edges[ask].output = isMarked ? 9 : 8 }
      return edges
    }
    return MealyMachine(inputCount: 3, edges: edges).canonical
  }

  @Test func anInputWhoseEffectShowsLateIsFoundWithoutChance() throws {
    let machine = Self.late
    #expect(machine.stateCount == 8)
    let learned = try Self.learned(machine, depth: 1, words: 0, seed: 1).0
    #expect(learned == machine)
  }

  /// A machine that was hardly tested is no other than the one it is compared with, unless the system is.
  @Test func wordsThatSeemToTellMachinesApartAreAsked() throws {
    let machine = Self.late
    func learned(beside known: MealyMachine?) throws -> MealyMachine {
      var learner = Learner(inputCount: machine.inputCount) { machine.answers(to: $0) }
      return try learner.learn {
        let first = known?.canonical.wordsApart(from: $0) ?? []
        return WpTests(of: $0, depth: 0, words: 0, seed: 1, first: first)
      }
    }
    #expect(try learned(beside: nil) != machine)
    #expect(try learned(beside: machine) == machine)
    var edges = machine.edges
    edges[0][0].output = 7
    let other = MealyMachine(inputCount: 3, edges: edges)
    #expect(try learned(beside: other).wordsApart(from: other) == [[0]])
  }

  @Test func noWordIsAskedTwiceToLearn() throws {
    var random = SplitMix64(seed: 3)
    let machine = Self.machine(states: 20, inputs: 5, outputs: 3, &random)
    var asked: Set<Word> = []
    var repeated = 0
    var learner = Learner(inputCount: 5) { word in
      if !asked.insert(word).inserted { repeated += 1 }
      return machine.answers(to: word)
    }
    // Without tests there is nothing that is asked again for certainty.
    _ = try learner.learn { _ in [Word]() }
    #expect(repeated == 0 && learner.counts.queries == asked.count)
  }

  @Test func aWordWithTwoAnswersIsToldWithBoth() throws {
    var random = SplitMix64(seed: 5)
    let machine = Self.machine(states: 10, inputs: 4, outputs: 3, &random)
    var turns = 0
    var learner = Learner(inputCount: 4) { word in
      turns += 1
      var answers = machine.answers(to: word)
      // Every tenth time the first output is another one.
      if turns % 10 == 0 { answers[0] = 99 }
      return answers
    }
    let fault = #expect(throws: Nondeterminism.self) {
      try learner.learn { WpTests(of: $0, depth: 0, words: 100, seed: 1) }
    }
    let outputs = Set(fault?.answers.map { $0.outputs.first } ?? [])
    #expect(outputs.count == 2 && outputs.contains(99))
    #expect((fault?.answers.reduce(0) { $0 + $1.count } ?? 0) == 10)
  }

  /// A glitch of a test is no counterexample: the word is asked again.
  @Test func aTestThatIsAnsweredInAnotherWayOnlyOnceIsTold() throws {
    let machine = MealyMachine(
      inputCount: 2, edges: [[.init(output: 0, target: 0), .init(output: 1, target: 0)]])
    var isOnce = true
    var learner = Learner(inputCount: 2) { word in
      guard word.count > 3, isOnce else { return machine.answers(to: word) }
      isOnce = false
      return machine.answers(to: word).map { $0 + 5 }
    }
    let fault = #expect(throws: Nondeterminism.self) {
      try learner.learn { WpTests(of: $0, depth: 0, words: 100, seed: 1) }
    }
    #expect(learner.hypothesis == machine)
    #expect(fault?.answers.count == 2)
  }

  @Test func statesThatNothingTellsApartBecomeOne() {
    let doubled = MealyMachine(
      inputCount: 1,
      edges: [[.init(output: 0, target: 2)], [.init(output: 0, target: 0)], [.init(output: 0, target: 1)]])
    #expect(doubled.canonical.stateCount == 1)
  }

  /// The canonical form does not depend on how states were numbered.
  @Test func shuffledStatesGiveTheSameCanonicalMachine() {
    var random = SplitMix64(seed: 11)
    for _ in 0..<20 {
      let machine = Self.machine(states: 12, inputs: 3, outputs: 2, &random)
      let places = [0] + Array(1..<12).shuffled(using: &random)
      var edges = machine.edges
      for (state, place) in places.enumerated() {
        edges[place] = machine.edges[state].map { .init(output: $0.output, target: places[$0.target]) }
      }
      #expect(MealyMachine(inputCount: 3, edges: edges).canonical == machine)
    }
  }
}
