/// A change of one place in a kernel's source file.
package struct KernelEdit: Equatable, Sendable {
  /// The path below the kernel's tree.
  package var file: String
  package var function: String
  package var line: Int
  /// The octets that are replaced.
  package var range: Range<Int>
  package var replacement: String
  /// The change in words: `< instead of <=`.
  package var what: String

  package init(
    file: String, function: String, line: Int, range: Range<Int>, replacement: String, what: String
  ) {
    self.file = file
    self.function = function
    self.line = line
    self.range = range
    self.replacement = replacement
    self.what = what
  }

  /// The changed text. As many lines as before, so that no other line gets another number.
  package func applied(to source: [UInt8]) -> [UInt8] {
    let newline = UInt8(ascii: "\n")
    let replaced = Array(replacement.utf8)
    let lost = source[range].count { $0 == newline } - replaced.count { $0 == newline }
    return Array(source[..<range.lowerBound]) + replaced + Array(repeating: newline, count: max(0, lost))
      + Array(source[range.upperBound...])
  }

  /// A number made of the place and the change, the same each time: six hexadecimal digits.
  var placeSum: String {
    let text = "\(file):\(function):\(line):\(range.lowerBound):\(what)"
    let sum = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let digits = String(sum & 0xFF_FFFF, radix: 16)
    return String(repeating: "0", count: 6 - digits.count) + digits
  }
}
