package import TCP

/// A word that two machines answer in two ways. Only its last outputs differ.
package struct MachineDifference: Hashable, Sendable {
  package var first: LearnedMachine.Course
  package var second: LearnedMachine.Course

  /// The kernel's state before the last input, in the first machine.
  package var state: State

  package var input: Stimulus? { first.inputs.last }
}

/// A comparison of two machines, decided on their graphs: all of what differs within their alphabet is found.
package struct MachineComparison: Hashable, Sendable {
  /// A shortest word for each kind of difference, the shortest first. A kind is an input in a state of the kernel, with
  /// the two outputs.
  package private(set) var differences: [MachineDifference] = []
  /// The number of pairs of states in which an input is answered in two ways.
  package private(set) var edgeCount = 0

  private struct Kind: Hashable {
    var state: State
    var input: Int
    var outputs: [Response]
  }

  /// The two machines have no alphabet in common.
  package struct OtherAlphabet: Error {}

  /// - Throws: ``OtherAlphabet`` where their inputs are not the same.
  package init(_ first: LearnedMachine, _ second: LearnedMachine) throws(OtherAlphabet) {
    guard first.inputs == second.inputs, first.side == second.side else { throw OtherAlphabet() }
    var known: Set<[Int]> = [[0, 0]]
    var kinds: Set<Kind> = []
    var queue: [(one: Int, other: Int, word: Word)] = [(0, 0, [])]
    var next = 0
    while next < queue.count {
      let (one, other, word) = queue[next]
      next += 1
      for input in first.inputs.indices {
        let (left, right) = (first.edges[one][input], second.edges[other][input])
        let longer = word + [input]
        if left.output != right.output {
          edgeCount += 1
          let state = first.kernelState(of: one)
          guard
            kinds.insert(Kind(state: state, input: input, outputs: [left.output, right.output])).inserted
          else { continue }
          differences.append(
            MachineDifference(
              first: first.course(of: longer), second: second.course(of: longer), state: state))
        } else if known.insert([left.target, right.target]).inserted {
          // Behind another output two machines have no state in common.
          queue.append((left.target, right.target, longer))
        }
      }
    }
  }

  package var isSame: Bool { differences.isEmpty }
}
