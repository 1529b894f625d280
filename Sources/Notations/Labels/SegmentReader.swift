import Documents
import TCP

/// Reads one segment: `SYN+ACK(SEQ:2000,ACK:1001)`, `FIN`, `data seq=x len=100`, `ACK:1401`.
struct SegmentReader {
  var scanner: Scanner
  /// The first number that is too large, with what was expected.
  var outOfRange: String?
  private var pattern = SegmentPattern()

  /// Octets that a document's segment may carry: as many as a call may write.
  static let longest = 1_000_000

  init(scanner: Scanner) { self.scanner = scanner }

  /// nil where there is none, or where it does not end where a part of a cell can end.
  mutating func read() -> SegmentPattern? {
    let isNamed = readFlags()
    let isData = readData(afterFlags: isNamed)
    scanner.skipBlanks()
    var ahead = scanner
    let isRemarked = Scanner.writtenRemark(&ahead) != nil
    if !isRemarked, scanner.take(oneOf: "(") != nil {
      guard readFields() else { return nil }
      scanner.skipBlanks()
      guard scanner.take(oneOf: ")") != nil else { return nil }
    } else {
      _ = readFields()
    }
    // `100 bytes` alone is a remark, not a segment.
    let isNumbered = pattern.sequence != nil || pattern.acknowledgment != nil
    guard isNamed || isData || isNumbered, isRemarked || scanner.isBoundary else { return nil }
    return pattern
  }

  /// `SYN`, `SYN+ACK`, `fin-ack`. In `ACK:1401` there is no flag but a field.
  private mutating func readFlags() -> Bool {
    guard let first = flag() else { return false }
    pattern.flags = first
    var end = scanner.position
    while let next = scanner.attempt(SegmentReader.joinedFlag) {
      // A flag named twice is a mistake: what is left behind it makes the cell text.
      guard !pattern.flags.contains(next) else {
        scanner.position = end
        break
      }
      pattern.flags.insert(next)
      end = scanner.position
    }
    return true
  }

  private static func joinedFlag(_ scanner: inout Scanner) -> Flags? {
    scanner.skipBlanks()
    guard scanner.take(oneOf: "+-/") != nil else { return nil }
    scanner.skipBlanks()
    return Flags(name: scanner.word())
  }

  private mutating func flag() -> Flags? {
    scanner.attempt { scanner in
      let flag = Flags(name: scanner.word())
      let end = scanner.position
      scanner.skipBlanks()
      if scanner.peek == UInt8(ascii: ":") || scanner.peek == UInt8(ascii: "=") { return nil }
      scanner.position = end
      return flag
    }
  }

  /// `packet`, `data`; `PSH data` too. In `SYN packet` and `ACK segment` the word says nothing of data.
  private mutating func readData(afterFlags isNamed: Bool) -> Bool {
    pattern.isData =
      scanner.attempt { scanner in
        if isNamed { scanner.skipBlanks() }
        switch scanner.word().lowercased() {
        case "data": return true
        case "packet": return !isNamed
        case "segment": return isNamed ? false : nil
        default: return nil
        }
      } ?? false
    return pattern.isData
  }

  /// The fields up to the first thing that is none; whether there was one.
  private mutating func readFields() -> Bool {
    var isAny = false
    while true {
      let start = scanner.position
      scanner.skipSeparators()
      guard readField() else {
        scanner.position = start
        return isAny
      }
      isAny = true
    }
  }

  private mutating func readField() -> Bool {
    if let octets = scanner.attempt(SegmentReader.bareLength) { return setLength(octets) }
    let name = scanner.word().lowercased()
    scanner.skipBlanks()
    guard let sign = scanner.take(oneOf: ":=") else { return false }
    let isWritten = sign == UInt8(ascii: ":") && scanner.peek?.isBlank == false
    scanner.skipBlanks()
    switch name {
    case "seq":
      guard pattern.sequence == nil, let number = number(isWritten: isWritten) else { return false }
      pattern.sequence = number
    case "ack":
      guard pattern.acknowledgment == nil else { return false }
      if scanner.take(oneOf: "-") != nil {
        pattern.acknowledgment = .absent
      } else {
        guard let number = number(isWritten: isWritten) else { return false }
        pattern.acknowledgment = .number(number)
      }
    case "len":
      guard let octets = scanner.number() else { return false }
      _ = scanner.attempt(SegmentReader.unit)
      return setLength(octets)
    default: return false
    }
    return true
  }

  private mutating func setLength(_ octets: UInt64) -> Bool {
    guard pattern.length == nil else { return false }
    if octets > UInt64(Self.longest) {
      outOfRange = outOfRange ?? "the length is too large: expected 0 to \(Self.longest) bytes"
    }
    pattern.length = Int(clamping: octets)
    return true
  }

  private static func bareLength(_ scanner: inout Scanner) -> UInt64? {
    guard let octets = scanner.number(), unit(&scanner) != nil else { return nil }
    return octets
  }

  private static func unit(_ scanner: inout Scanner) -> Bool? {
    scanner.skipBlanks()
    return ["byte", "bytes", "octet", "octets"].contains(scanner.word().lowercased()) ? true : nil
  }
}
