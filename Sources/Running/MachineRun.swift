import Benches
package import Learning
import Linux
import Records
import Scenarios
package import TCP
import Traces

/// Learns the machine of one side of this kernel's TCP.
package struct MachineRun {
  package var side: Side
  package var family: Family
  package var bounds: LearnedMachine.Bounds
  /// A machine that the learned one is compared with, of the same side: the kernel is asked each word that seems to tell
  /// them apart, so that a machine which was tested with few words differs only in what the kernel does.
  package var known: LearnedMachine?

  /// The states that a machine may have more and still be found, and the random words before, where nothing else is said.
  package static let usualDepth = 1
  package static let usualWords = 10_000

  package init(side: Side, family: Family, depth: Int, words: Int, seed: UInt64) {
    self.side = side
    self.family = family
    bounds = LearnedMachine.Bounds(depth: depth, words: words, seed: seed, isComplete: false)
  }

  /// The end of a run.
  package enum End {
    case learned
    /// It was interrupted.
    case interrupted
    /// A word had two answers.
    case nondeterministic(word: [Stimulus], answers: [(outputs: [Response], count: Int)])
  }

  private static let reportInterval = 500

  private struct Interruption: Error {}

  /// Learns until the tests are done.
  ///
  /// - Parameters:
  ///   - isInterrupted: is asked before each word.
  ///   - report: is told of each ``reportInterval``-th word: a line for each would cost more than the words.
  /// - Returns: the machine, or what was known of it; nil where nothing was.
  /// - Throws: ``BenchError`` where the bench cannot run.
  package func run(
    isInterrupted: @escaping () -> Bool = { Signals.isPending },
    report: @escaping (LearningProgress) -> Void = { _ in }
  ) throws -> (machine: LearnedMachine?, end: End) {
    let system = try LearnedSystem(side, family)
    return try system.enter {
      var outputs = OutputNumbers()
      var learner = Learner(inputCount: system.alphabet.count) { word in
        if isInterrupted() { throw Interruption() }
        return try system.answers(to: word).map { outputs.number(of: $0) }
      } report: {
        if ($0.counts.queries + $0.counts.tests) % Self.reportInterval == 0 { report($0) }
      }
      var end = End.learned
      var learned: MealyMachine?
      let known = known.flatMap { $0.inputs == system.alphabet ? $0.machine(numbering: &outputs) : nil }
      do {
        learned = try learner.learn { machine in
          WpTests(
            of: machine, depth: bounds.depth, words: bounds.words, seed: bounds.seed,
            first: known.map { machine.wordsApart(from: $0) } ?? [])
        }
      } catch is Interruption {
        end = .interrupted
      } catch let fault as Nondeterminism {
        end = .nondeterministic(
          word: fault.word.map { system.alphabet[$0] },
          answers: fault.answers.map { ($0.outputs.map { outputs.all[$0] }, $0.count) })
      }
      guard let machine = learned ?? learner.hypothesis?.canonical else { return (nil, end) }
      return (
        try told(machine, outputs.all, learner.counts, isComplete: learned != nil, of: system), end
      )
    }
  }

  private func told(
    _ machine: MealyMachine, _ outputs: [Response], _ counts: AskedCounts, isComplete: Bool,
    of system: LearnedSystem
  ) throws -> LearnedMachine {
    var bounds = bounds
    bounds.isComplete = isComplete
    return LearnedMachine(
      side: side, family: family, release: System.release,
      version: KernelOrder.version(release: System.release, build: System.version), bounds: bounds,
      counts: counts,
      inputs: system.alphabet,
      sockets: try machine.accessWords.map { try system.sockets(behind: $0 ?? []) },
      edges: machine.edges.map { edges in
        edges.map { LearnedMachine.Edge(output: outputs[$0.output], target: $0.target) }
      })
  }
}

extension RecordRun {
  /// The machines that the record shall have, on hosts of their own, learned and tested as `learn` does by default; those of a
  /// quick record, as `learn --depth 0` does.
  func learnedSections(
    in families: [Family], progress: @escaping @Sendable (RunsProgress) -> Void
  ) throws -> [Record.Section] {
    let sides = machines.filter { isWanted?(Record.Section.name(ofMachine: $0)) ?? true }
    let depth = longestWait <= Self.quick ? 0 : MachineRun.usualDepth
    return try families.flatMap { family in
      try sides.map { side in
        let learning = MachineRun(
          side: side, family: family, depth: depth, words: MachineRun.usualWords, seed: 1)
        let (machine, end) = try learning.run(report: { step in
          let words = step.counts.queries + step.counts.tests
          let told = "learning the \(side.rawValue), \(family.name): \(step.states) states, \(words) words"
          progress(RunsProgress(total: 1, waiting: [told]))
        })
        let reason: Reason
        switch end {
        case .learned:
          if let machine { return Record.Section(of: machine, in: families) }
          reason = .other("there was no machine")
        case .interrupted: reason = .other("it was interrupted")
        case .nondeterministic: reason = .other("a word of the machine had two answers")
        }
        return Record.Section(ofMachine: side, family, in: families, missing: reason)
      }
    }
  }
}
