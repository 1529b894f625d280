import Documents
import TCP

/// The numbers of a segment's fields.
extension SegmentReader {
  /// `1000`, `x`, `y2+1`, `x-1`.
  ///
  /// - Parameter isWritten: whether it stands right behind a colon, as tcpprobe writes it. Then a name may be of any length,
  ///   as the readers of other notations find them (`client_isn`).
  mutating func number(isWritten: Bool) -> SegmentPattern.Number? {
    if let value = scanner.number() {
      guard !(scanner.peek?.isLetter ?? false) else { return nil }
      return .literal(inRange(value))
    }
    let start = scanner.position
    var name = scanner.word() + scanner.takeWhile(\.isDigit)
    if name.utf8.first?.isLetter != true || name.utf8.dropFirst().first?.isLetter == true
      || scanner.peek?.isOfName == true
    {
      guard isWritten else { return nil }
      scanner.position = start
      name = scanner.takeWhile(\.isOfName)
      guard let first = name.utf8.first, !first.isDigit, name.utf8.count <= 40, Flags(name: name) == nil
      else {
        return nil
      }
    }
    var isNegative = false
    let distance = scanner.attempt { scanner -> UInt64? in
      scanner.skipBlanks()
      guard let sign = scanner.take(oneOf: "+-") else { return nil }
      isNegative = sign == UInt8(ascii: "-")
      scanner.skipBlanks()
      return scanner.number()
    }
    let plus = Int(inRange(distance ?? 0))
    return .variable(name: name, plus: isNegative ? -plus : plus)
  }

  private mutating func inRange(_ value: UInt64) -> UInt32 {
    if value > UInt32.max {
      outOfRange = outOfRange ?? "the number is too large: expected 0 to \(UInt32.max)"
    }
    return UInt32(clamping: value)
  }
}

extension UInt8 {
  /// Tells whether it may stand in the name of a number; letters beyond ASCII may.
  fileprivate var isOfName: Bool { isLetter || isDigit || self == UInt8(ascii: "_") || self >= 0x80 }
}
