package import TCP

/// A machine as a person looks at it: its states by those of the kernel, and its edges in bundles.
extension LearnedMachine {
  /// The kernel's state behind one of the machine's: the connection's; where there is none, LISTEN or CLOSED.
  package func kernelState(of state: Int) -> State {
    sockets[state].first { $0.state != .listen }?.state ?? (sockets[state].isEmpty ? .closed : .listen)
  }

  /// The name of a state: the kernel's, and that no descriptor has the connection where one could.
  package func title(of state: Int) -> String {
    let name = kernelState(of: state)
    let isLoose = sockets[state].contains {
      $0.state == name && !$0.hasDescriptor && ![.timeWait, .synReceived].contains($0.state)
    }
    return isLoose ? "\(name.rawValue), no descriptor" : name.rawValue
  }

  /// Edges with the same end.
  package struct Bundle: Hashable, Sendable {
    package var target: Int
    package var edges: [(input: Stimulus, output: Response)] {
      inputs.indices.map { (inputs[$0], outputs[$0]) }
    }
    fileprivate var inputs: [Stimulus] = []
    fileprivate var outputs: [Response] = []
  }

  /// The edges of a state by their ends, in the order of the ends; those that lead back to it are one bundle, too.
  package func bundles(of state: Int) -> [Bundle] {
    var bundles: [Int: Bundle] = [:]
    for (input, edge) in zip(inputs, edges[state]) {
      bundles[edge.target, default: Bundle(target: edge.target)].inputs.append(input)
      bundles[edge.target]?.outputs.append(edge.output)
    }
    return bundles.values.sorted { $0.target < $1.target }
  }

  /// A change of the kernel's state, with the inputs that make it.
  package struct Change: Hashable, Sendable {
    package var from: State
    package var to: State
    /// Each input once, in the alphabet's order.
    package var inputs: [Stimulus]
    /// The number of the machine's edges that are this change.
    package var edgeCount: Int

    /// Tells whether RFC 9293's diagram has it. Of a connection that is gone a server's listener is left, which is not the
    /// connection's state.
    package var isInFigure: Bool {
      let isGone = to == .listen && from != .closed && from != .synReceived
      return Transition.edge(from: from, to: isGone ? .closed : to) != nil
    }
  }

  /// The changes of the kernel's state that edges make, in the order of the states' names.
  package var changes: [Change] {
    var changes: [[State]: Change] = [:]
    for (state, edges) in edges.enumerated() {
      for (input, edge) in zip(inputs, edges) {
        let (from, to) = (kernelState(of: state), kernelState(of: edge.target))
        if from == to { continue }
        var change =
          changes[[from, to]] ?? Change(from: from, to: to, inputs: [], edgeCount: 0)
        change.edgeCount += 1
        if !change.inputs.contains(input) { change.inputs.append(input) }
        changes[[from, to]] = change
      }
    }
    return changes.values.map { change in
      var change = change
      change.inputs = inputs.filter(change.inputs.contains)
      return change
    }.sorted { $0.from != $1.from ? $0.from < $1.from : $0.to < $1.to }
  }

  /// A word with its outputs.
  package struct Course: Hashable, Sendable {
    package var inputs: [Stimulus]
    package var outputs: [Response]
    /// The state behind each input.
    package var states: [Int]

    package var steps: [(input: Stimulus, output: Response, state: Int)] {
      inputs.indices.map { (inputs[$0], outputs[$0], states[$0]) }
    }
  }

  /// The machine's answers to a word.
  package func course(of word: Word) -> Course {
    var course = Course(inputs: word.map { inputs[$0] }, outputs: [], states: [])
    var state = 0
    for input in word {
      let edge = edges[state][input]
      course.outputs.append(edge.output)
      course.states.append(edge.target)
      state = edge.target
    }
    return course
  }
}
