internal import Foundation

/// The result of one changed kernel, as it is kept in a file.
package struct ChangeResult: Codable, Equatable, Sendable {
  package enum Outcome: String, Codable, Sendable {
    /// The record tells of it.
    case found
    /// The record is as before.
    case same
    /// The kernel panicked, and the unchanged one did not.
    case panic
    /// The guest came to no end.
    case hang
    /// tcpprobe gave up in the guest with an error, and on the unchanged kernel it did not.
    case failed
    /// The guest gave no record, and it is not known why.
    case noRecord
    /// It cannot be compiled.
    case notCompiled
    /// The machine code is the unchanged kernel's: the change says nothing, or the place is not compiled in.
    case sameCode
    /// This kernel has no such place.
    case notInThisKernel
  }

  /// The first change of the record, in the order of who notices it.
  package struct First: Codable, Equatable, Sendable {
    package var section: String
    package var behaviour: String
    /// The kind of the change: programs, operators, packets or settings.
    package var noticedBy: String
    package var before: String
    package var after: String

    package init(section: String, behaviour: String, noticedBy: String, before: String, after: String) {
      self.section = section
      self.behaviour = behaviour
      self.noticedBy = noticedBy
      self.before = before
      self.after = after
    }
  }

  package var id: String
  package var file: String
  package var function: String
  package var line: Int
  package var what: String
  package var outcome: Outcome
  package var first: First?
  /// The number of changes in the record.
  package var changes = 0
  /// Lines that say why there is no record, or what the kernel complained of; of a record with changes, the next ones.
  package var lines: [String] = []
  package var buildSeconds = 0
  package var runSeconds = 0
  /// The sum of the record and the program that it was compared by; empty where none was needed.
  package var baseline = ""

  package init(id: String, file: String, function: String, line: Int, what: String, outcome: Outcome) {
    self.id = id
    self.file = file
    self.function = function
    self.line = line
    self.what = what
    self.outcome = outcome
  }

  /// True if a kernel ran.
  package var wasRun: Bool { ![.notCompiled, .sameCode, .notInThisKernel].contains(outcome) }

  /// True if the record tells of the change, or cannot be made.
  package var isNoticed: Bool { [.found, .panic, .hang, .failed].contains(outcome) }

  package var json: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return (try? Array(encoder.encode(self))) ?? []
  }

  /// Nil where the text is no result.
  package init?(reading bytes: [UInt8]) {
    guard let result = try? JSONDecoder().decode(ChangeResult.self, from: Data(bytes)) else { return nil }
    self = result
  }
}
