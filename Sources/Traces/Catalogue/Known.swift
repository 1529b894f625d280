import TCP

/// A known difference of kernels, and the versions between which it lies.
package struct Known: Equatable, Sendable {
  /// A sentence.
  package var text: String
  private var steps: [Step]

  /// - Parameter steps: the versions at which kernels begin to differ; none where those are not known.
  package init(_ text: String, _ steps: Step...) {
    self.text = text
    self.steps = steps
  }

  /// A change from one version to a newer one. A version may name a series (`6.1`) or a release (`6.12.101`).
  package enum Step: Equatable, Sendable {
    /// The new behaviour came with this version.
    case with(String)
    /// The first version is known to have the old behaviour, the second the new one.
    case between(String, String)
  }

  /// Tells whether the kernels of these two versions may differ for this reason: they lie on both sides of a step.
  package func isAbout(_ one: String, _ other: String) -> Bool {
    guard KernelOrder.numbers(one) != KernelOrder.numbers(other) else { return false }
    let (older, newer) = KernelOrder.isOlder(one, other) ? (one, other) : (other, one)
    return steps.isEmpty || steps.contains { $0.lies(between: older, and: newer) }
  }

  /// The sentence where it is about these two versions; else nil.
  package func told(of one: String, _ other: String) -> String? { isAbout(one, other) ? text : nil }
}

extension Known.Step {
  fileprivate func lies(between older: String, and newer: String) -> Bool {
    switch self {
    case .with(let first): Self.isBefore(older, first) && !Self.isBefore(newer, first)
    case .between(let last, let first):
      Self.isBefore(older, first) && Self.isBefore(last, newer, asExactAs: last)
    }
  }

  /// Tells whether one is older than the other, as exactly as the step names it: 6.1.192 is not newer than the series
  /// 6.1.
  private static func isBefore(_ one: String, _ other: String, asExactAs exact: String? = nil) -> Bool {
    let count = KernelOrder.numbers(exact ?? other).count
    return KernelOrder.numbers(one).prefix(count).lexicographicallyPrecedes(
      KernelOrder.numbers(other).prefix(count))
  }
}
