/// Learns a machine from its answers to words, by the algorithm L# (Vaandrager, Garhewal, Rot, Wißmann: A New Approach for
/// Active Automata Learning Based on Apartness, TACAS 2022).
///
/// The tree of all answers is grown until each known state, the basis, has an edge for each input, and each of these edges
/// leads to one state of the basis from which its end is not known to be different.
package struct Learner {
  /// Answers a word: as many outputs as the word has inputs.
  package typealias Ask = (Word) throws -> [Int]

  private let inputCount: Int
  private let ask: Ask
  private let report: (LearningProgress) -> Void
  private var tree: ObservationTree
  /// The states that are apart from each other, each with the word that leads there.
  private var basis: [(node: ObservationTree.Node, access: Word)] = [(ObservationTree.root, [])]
  /// The ends of edges that are not in the basis, each with the states that it may be.
  private var frontier: [ObservationTree.Node: (access: Word, candidates: [Int])] = [:]

  package private(set) var counts = AskedCounts()
  /// The last machine that all answers agreed with; nil before there is one. Its states are those of the basis.
  package private(set) var hypothesis: MealyMachine?

  /// - Parameters:
  ///   - ask: gives the answer of the system, which begins anew with each word.
  ///   - report: is called after each word.
  package init(
    inputCount: Int, ask: @escaping Ask, report: @escaping (LearningProgress) -> Void = { _ in }
  ) {
    self.inputCount = inputCount
    self.ask = ask
    self.report = report
    tree = ObservationTree(inputCount: inputCount)
  }

  /// Learns until no test finds a difference.
  ///
  /// - Parameter tests: words to test a machine with, as long as they are wanted.
  /// - Returns: the machine in its canonical form.
  /// - Throws: ``Nondeterminism``, and what asking throws; ``hypothesis`` is what was known.
  package mutating func learn<Tests: Sequence<Word>>(
    tests: (MealyMachine) -> Tests
  ) throws -> MealyMachine {
    while true {
      let machine = try nextHypothesis()
      hypothesis = machine
      guard let word = try counterexample(to: machine, in: tests(machine)) else { return machine.canonical }
      try process(word, in: machine)
    }
  }

  /// Grows the tree until there is a machine that agrees with all of it.
  private mutating func nextHypothesis() throws -> MealyMachine {
    while true {
      try growFrontier()
      if promote() { continue }
      if try identify() { continue }
      let machine = built
      guard let word = disagreement(with: machine) else { return machine }
      try process(word, in: machine)
    }
  }

  /// Asks for the edges that the states of the basis still lack.
  private mutating func growFrontier() throws {
    let nodes = Set(basis.map(\.node))
    for (node, access) in basis {
      for input in 0..<inputCount {
        let word = access + [input]
        if tree.child(of: node, input) == nil { try answer(word) }
        guard let end = tree.child(of: node, input), !nodes.contains(end), frontier[end] == nil else {
          continue
        }
        frontier[end] = (word, Array(basis.indices))
      }
    }
    for (end, (access, candidates)) in frontier {
      frontier[end] = (access, candidates.filter { !tree.areApart(end, basis[$0].node) })
    }
  }

  /// Takes an end that is apart from the whole basis into it.
  private mutating func promote() -> Bool {
    let free = frontier.filter { $0.value.candidates.isEmpty }
    guard let (node, (access, _)) = free.min(by: { $0.value.access.comesBefore($1.value.access) }) else {
      return false
    }
    frontier[node] = nil
    for end in frontier.keys { frontier[end]?.candidates.append(basis.count) }
    basis.append((node, access))
    return true
  }

  /// Tells the candidates of an end apart where there are several.
  private mutating func identify() throws -> Bool {
    let open = frontier.filter { $0.value.candidates.count > 1 }
      .sorted { $0.value.access.comesBefore($1.value.access) }
    for (end, (access, _)) in open {
      while let candidates = frontier[end]?.candidates, candidates.count > 1 {
        guard let witness = tree.witness(basis[candidates[0]].node, basis[candidates[1]].node) else {
          preconditionFailure("states of the basis are apart")
        }
        try answer(access + witness)
        frontier[end]?.candidates = candidates.filter { !tree.areApart(end, basis[$0].node) }
      }
    }
    return !open.isEmpty
  }

  private var built: MealyMachine {
    let places = Dictionary(uniqueKeysWithValues: basis.enumerated().map { ($1.node, $0) })
    return MealyMachine(
      inputCount: inputCount,
      edges: basis.map { state in
        (0..<inputCount).map { input in
          guard let end = tree.child(of: state.node, input),
            let target = places[end] ?? frontier[end]?.candidates.first
          else { preconditionFailure("each state of the basis has all its edges") }
          return MealyMachine.Edge(output: tree.output(at: end), target: target)
        }
      })
  }

  /// A word of the tree that the machine answers in another way.
  private func disagreement(with machine: MealyMachine) -> Word? {
    var queue: [(node: ObservationTree.Node, state: Int, word: Word)] = [(ObservationTree.root, 0, [])]
    var next = 0
    while next < queue.count {
      let (node, state, word) = queue[next]
      next += 1
      for input in 0..<inputCount {
        guard let child = tree.child(of: node, input) else { continue }
        let edge = machine.edges[state][input]
        if edge.output != tree.output(at: child) { return word + [input] }
        queue.append((child, edge.target, word + [input]))
      }
    }
    return nil
  }

  /// Finds by binary search where a word leads to another state than the machine says, and asks until the tree knows it
  /// of an edge of the basis.
  private mutating func process(_ counterexample: Word, in machine: MealyMachine) throws {
    var word = counterexample
    while true {
      word = shortened(word, in: machine)
      guard let node = tree.node(of: word), frontier[node] == nil,
        !basis.contains(where: { $0.node == node })
      else { return }
      guard let witness = tree.witness(basis[machine.state(after: word)].node, node) else { return }
      let known = word.indices.first { frontier[tree.node(of: word[...$0]) ?? -1] != nil } ?? 0
      let half = known + 1 + (word.count - known - 1) / 2
      let (first, second) = (Array(word[..<half]), Array(word[half...]))
      let state = machine.state(after: first)
      try answer(basis[state].access + second + witness)
      if let end = tree.node(of: first), tree.areApart(basis[state].node, end) {
        word = first
      } else {
        word = basis[state].access + second
      }
    }
  }

  /// The shortest part of the word, from its beginning, behind which the tree and the machine are apart.
  private func shortened(_ word: Word, in machine: MealyMachine) -> Word {
    for count in 1...max(1, word.count) {
      let part = word.prefix(count)
      guard let node = tree.node(of: part) else { break }
      if tree.areApart(node, basis[machine.state(after: part)].node) { return Array(part) }
    }
    return word
  }

  /// The first test that the system answers in another way. It is asked twice: only what is so again is one.
  private mutating func counterexample(
    to machine: MealyMachine, in tests: some Sequence<Word>
  ) throws -> Word? {
    for word in tests {
      let answers = try ask(word)
      counts.tests += 1
      counts.testSteps += word.count
      report(LearningProgress(counts: counts, states: basis.count, isTesting: true))
      if answers == machine.answers(to: word) { continue }
      try note(word, answers)
      try answer(word, again: true)
      return word
    }
    return nil
  }

  private mutating func answer(_ word: Word, again: Bool = false) throws {
    if !again, tree.node(of: word) != nil { return }
    let answers = try ask(word)
    counts.queries += 1
    counts.steps += word.count
    report(LearningProgress(counts: counts, states: basis.count, isTesting: false))
    try note(word, answers)
  }

  /// Keeps an answer. Where the same word was answered in another way, it is asked some more times, and both are told.
  private mutating func note(_ word: Word, _ answers: [Int]) throws {
    precondition(answers.count == word.count, "an answer has an output for each input")
    guard let length = tree.add(word, answers) else { return }
    let part = Array(word.prefix(length))
    let earlier = tree.answers(to: part) ?? []
    var all = [
      Nondeterminism.Answer(outputs: earlier, count: 1),
      Nondeterminism.Answer(outputs: Array(answers.prefix(length)), count: 1),
    ]
    for _ in 0..<8 {
      let outputs = try ask(part)
      if let place = all.firstIndex(where: { $0.outputs == outputs }) {
        all[place].count += 1
      } else {
        all.append(Nondeterminism.Answer(outputs: outputs, count: 1))
      }
    }
    throw Nondeterminism(word: part, answers: all)
  }
}

extension [Int] {
  /// Shorter words first, then in the alphabet's order.
  func comesBefore(_ other: [Int]) -> Bool {
    count != other.count ? count < other.count : lexicographicallyPrecedes(other)
  }
}
