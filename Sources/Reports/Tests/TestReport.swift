import Documents

/// A list of tests and how each ended: what every system that runs tests reads, whatever its format is.
///
/// Claims are turned into one, and so can be whatever else either holds or does not.
package struct TestReport: Equatable, Sendable {
  package var name: String
  /// The conditions in which it was made, by name.
  package var properties: [Property]
  package var suites: [Suite]

  package struct Property: Equatable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Tests that belong together, as those of one page. Their names differ from each other.
  package struct Suite: Equatable, Sendable {
    package var name: String
    package var cases: [Case]

    package init(name: String, cases: [Case]) {
      self.name = name
      self.cases = cases
    }
  }

  package struct Case: Equatable, Sendable {
    package var name: String
    /// The file that says what is tested, and the line in it.
    package var place: (file: String, line: Int)?
    package var outcome: Outcome
    /// Lines that a reader needs to weigh the outcome, whatever it is.
    package var notes: [String]

    package init(
      name: String, place: (file: String, line: Int)? = nil, outcome: Outcome, notes: [String] = []
    ) {
      self.name = name
      self.place = place
      self.outcome = outcome
      self.notes = notes
    }

    package static func == (one: Case, other: Case) -> Bool {
      one.name == other.name && one.place?.file == other.place?.file && one.place?.line == other.place?.line
        && one.outcome == other.outcome && one.notes == other.notes
    }
  }

  package enum Outcome: Equatable, Sendable {
    case passed
    /// - Parameters:
    ///   - kind: what sort of failure it is, in one word.
    ///   - message: one line.
    ///   - details: what is to be seen below it, line by line.
    case failed(kind: String, message: String, details: [String])
    case skipped(reason: String)
  }

  package init(name: String, properties: [Property] = [], suites: [Suite]) {
    self.name = name
    self.properties = properties
    self.suites = suites
  }
}

/// The number of tests with each outcome.
struct TestCounts: Equatable {
  var all = 0
  var failed = 0
  var skipped = 0

  init(_ cases: some Sequence<TestReport.Case>) {
    for one in cases {
      all += 1
      switch one.outcome {
      case .passed: continue
      case .failed: failed += 1
      case .skipped: skipped += 1
      }
    }
  }
}

/// One line for formats that are read by lines: what would end it, or steer a terminal, is made visible.
func testLine(_ text: some StringProtocol) -> String { text.visibleLine }
