import Claims
import Documents
import FoundationEssentials

/// The verdict on a file, or on one claim of it.
package struct FileVerdict: Equatable, Sendable {
  package var mark: Mark
  /// The line of the first difference; nil where there is none, and for a claim.
  package var line: Int?
  /// The difference, or the reason, in words.
  package var detail: String?

  package init(_ mark: Mark, line: Int? = nil, detail: String? = nil) {
    self.mark = mark
    self.line = line
    self.detail = detail
  }

  /// Tells whether two kernels got the same verdict; the words that explain it may differ.
  package func isSame(as other: FileVerdict) -> Bool { mark == other.mark && line == other.line }

  /// `contradicted, line 17`.
  package var words: String { mark.words + (line.map { ", line \($0)" } ?? "") }
}

/// The verdicts of one `check` on its files, and on the claims of those that are pages.
package struct FileVerdicts: Equatable, Sendable {
  /// A file, or one claim of it.
  package struct Subject: Hashable, Sendable {
    package var file: String
    /// Nil for the file as a whole.
    package var claim: String?

    package init(_ file: String, claim: String? = nil) {
      self.file = file
      self.claim = claim
    }
  }

  /// The subjects in the order of the report, each file before its claims.
  package private(set) var subjects: [Subject] = []
  private var verdicts: [Subject: FileVerdict] = [:]

  package init() {}

  package subscript(subject: Subject) -> FileVerdict? { verdicts[subject] }

  /// Takes a verdict, unless there is one.
  package mutating func add(_ verdict: FileVerdict, on subject: Subject) {
    guard verdicts[subject] == nil else { return }
    subjects.append(subject)
    verdicts[subject] = verdict
  }
}

extension FileVerdicts {
  /// A report that is of no file's verdict.
  package struct NoVerdicts: Error {}

  /// The verdicts of a report that `check --format json` has written.
  ///
  /// - Throws: where it is no such report, or not whole.
  package init(reading json: [UInt8]) throws {
    let report = try JSONDecoder().decode(JSONCheck.self, from: Data(json))
    switch report.kind {
    case .scripts: for script in report.scripts ?? [] { try add(script) }
    case .run: try add(report.verdicts ?? [], unread: report.unread ?? [])
    default: throw NoVerdicts()
    }
  }

  private mutating func add(_ script: JSONScript) throws {
    let detail = script.difference.map { "expected \($0.expected), kernel \($0.seen)" } ?? script.reason
    add(
      FileVerdict(try Mark(told: script.verdict), line: script.difference?.line, detail: detail),
      on: Subject(script.script))
  }

  private mutating func add(_ claims: [JSONVerdict], unread: [JSONUnread]) throws {
    var pages: [String] = []
    for page in claims.map(\.page) + unread.map(\.page) where !pages.contains(page) { pages.append(page) }
    for page in pages {
      let told = try claims.filter { $0.page == page }.map { ($0, try Mark(told: $0.verdict)) }
      let unread = unread.filter { $0.page == page }
      let mark = (told.map(\.1) + (unread.isEmpty ? [] : [.undecided])).ofPage
      let first = told.first { $0.1 == mark }?.0
      let detail = first?.detail ?? unread.first.map { "line \($0.line): not read" }
      add(
        FileVerdict(
          mark, line: mark.isDifference ? first?.line : nil, detail: mark == .confirmed ? nil : detail),
        on: Subject(page))
      for (claim, mark) in told {
        add(
          FileVerdict(mark, detail: mark == .confirmed ? nil : claim.detail),
          on: Subject(page, claim: claim.id))
      }
    }
  }
}

/// The keys of a report of `check` that a verdict depends on.
private struct JSONCheck: Decodable {
  var kind: JSONKind
  var scripts: [JSONScript]?
  var verdicts: [JSONVerdict]?
  var unread: [JSONUnread]?
}

extension JSONVerdict {
  fileprivate var detail: String {
    seen.isEmpty ? reason ?? expected : "expected \(expected), kernel \(seen)"
  }
}

extension Mark {
  fileprivate init(told word: String) throws(FileVerdicts.NoVerdicts) {
    guard let mark = Mark(rawValue: word) else { throw FileVerdicts.NoVerdicts() }
    self = mark
  }

  /// Tells whether the kernel did something else than the document says.
  fileprivate var isDifference: Bool {
    switch self {
    case .contradicted, .simplified, .conditional: true
    case .confirmed, .undecided, .unobservable, .leftOut: false
    }
  }
}
