/// The judgement of one expectation: its kind, both values in one notation, and the proof.
package struct Verdict: Codable, Equatable, Sendable {
  package var kind: Kind
  /// Contradicted only because the document leaves something out that is always there.
  package var isSimplified: Bool
  package var expected: String
  package var seen: String
  /// The reason why it is unobservable or undecided; the conditions under which it is true and false.
  package var reason: String?
  package var evidence: [Evidence]
  /// Calls that tcpprobe added so that this could be seen, and that the page does not name: `send(100) by client`.
  package var added: [String] = []
  /// The kernel's segments that were put together or taken apart to be compared, in words.
  package var composition: [String] = []

  /// Sentences that a reader needs to weigh it.
  package var notes: [String] {
    composition + (added.isEmpty ? [] : ["tcpprobe added \(added.joined(separator: ", "))"])
  }

  package enum Kind: String, Codable, CaseIterable, Sendable {
    case confirmed, contradicted, conditional, unobservable, undecided
    /// A person left it out by an option.
    case leftOut = "left out"
  }

  /// Events of one trace of the run, both counted from 0.
  package struct Evidence: Codable, Equatable, Sendable {
    package var trace: Int
    package var events: [Int]

    package init(trace: Int, events: [Int]) {
      self.trace = trace
      self.events = events
    }
  }

  package init(
    _ kind: Kind, isSimplified: Bool = false, expected: String, seen: String, reason: String? = nil,
    evidence: [Evidence] = []
  ) {
    self.kind = kind
    self.isSimplified = isSimplified
    self.expected = expected
    self.seen = seen
    self.reason = reason
    self.evidence = evidence
  }
}
