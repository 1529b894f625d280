import Documents

/// The numbers of a segment's fields.
extension SegmentReader {
  /// `1000`, `x`, `y2+1`, `x-1`.
  mutating func number() -> SegmentPattern.Number? {
    if let value = scanner.number() {
      guard !(scanner.peek?.isLetter ?? false) else { return nil }
      return .literal(inRange(value))
    }
    let name = scanner.word()
    guard name.utf8.count == 1 else { return nil }
    let digits = scanner.takeWhile(\.isDigit)
    guard !(scanner.peek?.isLetter ?? false) else { return nil }
    var isNegative = false
    let distance = scanner.attempt { scanner -> UInt64? in
      scanner.skipBlanks()
      guard let sign = scanner.take(oneOf: "+-") else { return nil }
      isNegative = sign == UInt8(ascii: "-")
      scanner.skipBlanks()
      return scanner.number()
    }
    let plus = Int(inRange(distance ?? 0))
    return .variable(name: name + digits, plus: isNegative ? -plus : plus)
  }

  private mutating func inRange(_ value: UInt64) -> UInt32 {
    if value > UInt32.max {
      outOfRange = outOfRange ?? "the number is too large: expected 0 to \(UInt32.max)"
    }
    return UInt32(clamping: value)
  }
}
