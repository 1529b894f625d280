/// The numbers of what was asked.
package struct AskedCounts: Hashable, Sendable {
  /// Words that were asked to learn.
  package var queries = 0
  /// Inputs in these words.
  package var steps = 0
  /// Words that were asked to test a machine.
  package var tests = 0
  /// Inputs in these words.
  package var testSteps = 0

  package init() {}
}

/// A word that had two answers.
package struct Nondeterminism: Error, Hashable, Sendable {
  package var word: Word
  /// Each answer, the earlier first, with the number of times that it came.
  package var answers: [Answer]

  package struct Answer: Hashable, Sendable {
    package var outputs: [Int]
    package var count: Int
  }
}

/// The step that a learner has come to.
package struct LearningProgress: Sendable {
  package var counts: AskedCounts
  /// The states that are known to be different.
  package var states: Int
  /// True while a machine is tested.
  package var isTesting: Bool
}
