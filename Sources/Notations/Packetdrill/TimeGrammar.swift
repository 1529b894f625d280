import Documents

extension ScriptCursor {
  /// The time of an event: `0.100`, `+.1`, `*`, `+.1~+.2`, `.1~.2`.
  mutating func time() throws(ScriptFault) -> ScriptTime {
    if take(sign: "*") { return .any }
    let isRelative = take(sign: "+")
    let begin = try length()
    guard take(sign: "~") else { return isRelative ? .relative(begin) : .absolute(begin) }
    if isRelative { try expect("+", "+ and the end of the range of times") }
    let end = try length()
    guard begin <= end else { throw fault("a range of times that ends after its beginning") }
    return isRelative ? .relativeRange(begin, end) : .absoluteRange(begin, end)
  }

  /// A length of time in seconds.
  mutating func length() throws(ScriptFault) -> Duration {
    guard let current else { throw fault("a time") }
    guard !current.text.hasPrefix("-") else { throw fault("a time that is not less than zero") }
    switch current.kind {
    case .integer(let seconds):
      guard 0...1_000_000 ~= seconds else { throw fault("a time of at most 1000000 seconds") }
      advance()
      return .seconds(seconds)
    case .decimal:
      let parts = current.text.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 2, let whole = parts[0].isEmpty ? 0 : Int(parts[0]), 0...1_000_000 ~= whole else {
        throw fault("a time of at most 1000000 seconds")
      }
      let digits = (String(parts[1]) + "000000").prefix(6)
      guard let microseconds = Int(digits) else { throw fault("a time in seconds") }
      advance()
      return .seconds(whole) + .microseconds(microseconds)
    default: throw fault("a time in seconds")
    }
  }
}
