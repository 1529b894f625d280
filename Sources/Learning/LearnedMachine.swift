package import TCP

/// The machine of one side of a kernel's TCP, in its canonical form.
package struct LearnedMachine: Hashable, Sendable {
  package var side: Side
  package var family: Family
  /// `uname -r` of the kernel.
  package var release: String
  /// Its version alone.
  package var version: String
  package var bounds: Bounds
  package var counts: AskedCounts
  package var inputs: [Stimulus]
  /// The kernel's sockets behind each state.
  package var sockets: [[KernelSocket]]
  package var edges: [[Edge]]

  /// An edge of a state: the output, and the next state.
  package struct Edge: Hashable, Codable, Sendable {
    package var output: Response
    package var target: Int

    package init(output: Response, target: Int) {
      self.output = output
      self.target = target
    }
  }

  /// The extent of the tests.
  package struct Bounds: Hashable, Codable, Sendable {
    /// A machine that differs and has at most so many states more would have been noticed.
    package var depth: Int
    /// Random words before.
    package var words: Int
    package var seed: UInt64
    /// False where learning was ended before all tests were made.
    package var isComplete: Bool

    package init(depth: Int, words: Int, seed: UInt64, isComplete: Bool) {
      self.depth = depth
      self.words = words
      self.seed = seed
      self.isComplete = isComplete
    }
  }

  package init(
    side: Side, family: Family, release: String, version: String? = nil, bounds: Bounds, counts: AskedCounts,
    inputs: [Stimulus],
    sockets: [[KernelSocket]], edges: [[Edge]]
  ) {
    self.side = side
    self.family = family
    self.release = release
    self.version = version ?? KernelOrder.version(release: release, build: "")
    self.bounds = bounds
    self.counts = counts
    self.inputs = inputs
    self.sockets = sockets
    self.edges = edges
  }

  package var stateCount: Int { edges.count }

  /// The shortest word that leads to each state.
  package var accessWords: [Word] {
    numbered([self]).machines[0].accessWords.map { $0 ?? [] }
  }
}

/// A socket of the kernel's behind a state of a machine.
package struct KernelSocket: Hashable, Codable, Sendable {
  package var state: State
  /// True if a descriptor of the program has it.
  package var hasDescriptor: Bool

  package init(state: State, hasDescriptor: Bool) {
    self.state = state
    self.hasDescriptor = hasDescriptor
  }
}

/// The machines with their outputs as numbers, the same for the same output.
package func numbered(_ learned: [LearnedMachine]) -> (machines: [MealyMachine], outputs: [Response]) {
  var outputs = OutputNumbers()
  return (learned.map { $0.machine(numbering: &outputs) }, outputs.all)
}

extension LearnedMachine {
  /// The machine with its outputs as numbers.
  package func machine(numbering outputs: inout OutputNumbers) -> MealyMachine {
    MealyMachine(
      inputCount: inputs.count,
      edges: edges.map { edges in
        edges.map { MealyMachine.Edge(output: outputs.number(of: $0.output), target: $0.target) }
      })
  }
}

/// A number for each output.
package struct OutputNumbers: Sendable {
  private var numbers: [Response: Int] = [:]
  package private(set) var all: [Response] = []

  package init() {}

  package mutating func number(of output: Response) -> Int {
    if let number = numbers[output] { return number }
    numbers[output] = all.count
    all.append(output)
    return all.count - 1
  }
}
