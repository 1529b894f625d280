/// A word: inputs by their places in the alphabet, or outputs by their numbers.
package typealias Word = [Int]

/// A machine that answers each input with an output and goes to a state. Its states are numbers, and 0 is the first.
package struct MealyMachine: Hashable, Sendable {
  package struct Edge: Hashable, Sendable {
    package var output: Int
    package var target: Int

    package init(output: Int, target: Int) {
      self.output = output
      self.target = target
    }
  }

  package let inputCount: Int
  /// The edges of each state, in the order of the inputs.
  package private(set) var edges: [[Edge]]

  /// - Parameter edges: of each state one for each input, to states that there are.
  package init(inputCount: Int, edges: [[Edge]]) {
    precondition(
      !edges.isEmpty
        && edges.allSatisfy {
          $0.count == inputCount && $0.allSatisfy { edges.indices.contains($0.target) }
        },
      "a machine has an edge for each state and input")
    self.inputCount = inputCount
    self.edges = edges
  }

  package var stateCount: Int { edges.count }

  /// The state behind this word.
  package func state(after word: some Sequence<Int>, from start: Int = 0) -> Int {
    word.reduce(start) { edges[$0][$1].target }
  }

  /// The outputs to the inputs of this word.
  package func answers(to word: some Sequence<Int>, from start: Int = 0) -> [Int] {
    var state = start
    return word.map { input in
      let edge = edges[state][input]
      state = edge.target
      return edge.output
    }
  }

  /// The shortest word that leads to each state, the first of them in the alphabet's order; nil where none does.
  package var accessWords: [Word?] {
    var words = [Word?](repeating: nil, count: stateCount)
    words[0] = []
    var queue = [0]
    var next = 0
    while next < queue.count {
      let state = queue[next]
      next += 1
      for (input, edge) in edges[state].enumerated() where words[edge.target] == nil {
        words[edge.target] = (words[state] ?? []) + [input]
        queue.append(edge.target)
      }
    }
    return words
  }

  /// The smallest machine with the same answers. Its states are numbered as a breadth-first search in the order of the
  /// inputs finds them, so that two machines with the same answers become the same value.
  package var canonical: MealyMachine {
    let classes = classes
    var numbers: [Int: Int] = [classes[0]: 0]
    var order = [0]
    var next = 0
    while next < order.count {
      for edge in edges[order[next]] where numbers[classes[edge.target]] == nil {
        numbers[classes[edge.target]] = order.count
        order.append(edge.target)
      }
      next += 1
    }
    return MealyMachine(
      inputCount: inputCount,
      edges: order.map { state in
        edges[state].map { Edge(output: $0.output, target: numbers[classes[$0.target]] ?? 0) }
      })
  }

  /// A number for each state, the same for states that no word tells apart (Moore's algorithm).
  private var classes: [Int] {
    var classes = [Int](repeating: 0, count: stateCount)
    var count = 1
    while true {
      var numbers: [[Int]: Int] = [:]
      let refined = edges.indices.map { state in
        let signature = [classes[state]] + edges[state].flatMap { [$0.output, classes[$0.target]] }
        let number = numbers[signature] ?? numbers.count
        numbers[signature] = number
        return number
      }
      if numbers.count == count { return refined }
      (classes, count) = (refined, numbers.count)
    }
  }
}
