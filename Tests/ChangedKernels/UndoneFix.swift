/// The fix of a real bug, taken back: so the kernel is as it was before.
///
/// The place is named by the function and a few tokens, so no text of the kernel travels with it.
package struct UndoneFix: Sendable {
  package var name: String
  /// The fault that the fix ended.
  package var fault: String
  /// The fix in the kernel's history: its subject.
  package var subject: String
  package var file: String
  package var function: String
  /// Pairs of what is replaced and what it is replaced with. What is replaced occurs once in the function.
  package var changes: [(old: String, new: String)]

  package init(
    _ name: String, _ subject: String, in function: String, of file: String, fault: String,
    _ changes: (old: String, new: String)...
  ) {
    self.name = name
    self.fault = fault
    self.subject = subject
    self.file = file
    self.function = function
    self.changes = changes
  }

  /// The changes in this text; nil if this kernel does not have the fix in this form.
  package func edits(in source: [UInt8]) -> [KernelEdit]? {
    let found = CFunction.all(in: source).filter { $0.name == function }
    guard found.count == 1, let function = found.first else { return nil }
    var edits: [KernelEdit] = []
    for (old, new) in changes {
      let wanted = CToken.all(in: Array(old.utf8)).map(\.text)
      let texts = function.tokens.map(\.text)
      guard !wanted.isEmpty, texts.count >= wanted.count else { return nil }
      let places = (0...(texts.count - wanted.count)).filter {
        Array(texts[$0..<($0 + wanted.count)]) == wanted
      }
      guard places.count == 1, let place = places.first else { return nil }
      let tokens = function.tokens[place..<(place + wanted.count)]
      guard let first = tokens.first, let last = tokens.last else { return nil }
      edits.append(
        KernelEdit(
          file: file, function: self.function, line: first.line,
          range: first.range.lowerBound..<last.range.upperBound, replacement: new, what: fault))
    }
    return edits
  }
}

extension [KernelEdit] {
  /// The text with all of these changes, none of which overlap.
  package func applied(to source: [UInt8]) -> [UInt8] {
    sorted { $0.range.lowerBound > $1.range.lowerBound }.reduce(source) { $1.applied(to: $0) }
  }
}
