/// The fields of a tracepoint's record, from its `format` file, as they move between kernels.
package struct TracepointFormat: Hashable, Sendable {
  package struct Field: Hashable, Sendable {
    /// Octets from the record's start.
    package var offset: Int
    /// Octets.
    package var size: Int
    package var isSigned: Bool

    package init(offset: Int, size: Int, isSigned: Bool) {
      self.offset = offset
      self.size = size
      self.isSigned = isSigned
    }
  }

  package private(set) var fields: [String: Field] = [:]
  /// The rule by which the kernel itself writes a record, as C code.
  private var printing = ""

  /// Reads the text of a `format` file. A line that is neither a field nor the rule of printing is passed over.
  package init(_ text: some StringProtocol) {
    for line in text.split(separator: "\n") {
      if line.hasPrefix(Self.printingMark) {
        printing = String(line)
        continue
      }
      var parts: [Substring: Substring] = [:]
      for part in line.split(separator: ";") {
        let words = part.drop(while: \.isWhitespace).split(separator: ":", maxSplits: 1)
        if words.count == 2 { parts[Substring(words[0])] = Substring(words[1]) }
      }
      guard let declaration = parts["field"], let name = TracepointFormat.name(in: declaration),
        let offset = parts["offset"].flatMap({ Int($0) }), offset >= 0,
        let size = parts["size"].flatMap({ Int($0) }), size >= 0
      else { continue }
      fields[name] = Field(offset: offset, size: size, isSigned: parts["signed"] == "1")
    }
  }

  /// `saddr` in `__u8 saddr[4]`.
  private static func name(in declaration: Substring) -> String? {
    declaration.split(separator: " ").last.flatMap { $0.split(separator: "[").first }.map(String.init)
  }

  /// The number in this field of a record, or nil where there is no such field, the record ends before it, or
  /// it is not of 1, 2, 4 or 8 octets. A negative one is given as its two's complement.
  package func number(_ name: String, in record: ArraySlice<UInt8>) -> UInt64? {
    guard let field = fields[name] else { return nil }
    switch (field.size, field.isSigned) {
    case (1, false): return record.number(UInt8.self, at: field.offset).map { UInt64($0) }
    case (2, false): return record.number(UInt16.self, at: field.offset).map { UInt64($0) }
    case (4, false): return record.number(UInt32.self, at: field.offset).map { UInt64($0) }
    case (1, true): return record.number(Int8.self, at: field.offset).map { UInt64(bitPattern: Int64($0)) }
    case (2, true): return record.number(Int16.self, at: field.offset).map { UInt64(bitPattern: Int64($0)) }
    case (4, true): return record.number(Int32.self, at: field.offset).map { UInt64(bitPattern: Int64($0)) }
    case (8, _): return record.number(UInt64.self, at: field.offset)
    default: return nil
    }
  }

  private static let printingMark = "print fmt:"

  /// The text that this field of a record leads to (`__data_loc char[]`), without the octet 0 at its end; nil where there
  /// is none.
  package func text(_ name: String, in record: ArraySlice<UInt8>) -> String? {
    // The lower half is where the text begins, the upper half its length.
    guard let place = number(name, in: record),
      let bytes = record.part(at: Int(place & 0xFFFF), count: Int(place >> 16 & 0xFFFF))
    else { return nil }
    return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }

  /// The kernel's own names of this field's values (`__print_symbolic(REC->reason, { 2, "NOT_SPECIFIED" }, ...)`).
  ///
  /// A name whose number does not stand there as a number is passed over.
  package func names(ofValuesOf field: String) -> [UInt64: String] {
    guard let start = printing.firstRange(of: "__print_symbolic(REC->\(field),") else { return [:] }
    var names: [UInt64: String] = [:]
    var rest = printing[start.upperBound...].drop(while: \.isWhitespace)
    while rest.first == "{", let end = rest.firstIndex(of: "}") {
      let parts = rest[rest.index(after: rest.startIndex)..<end].split(separator: ",", maxSplits: 1)
      rest = rest[rest.index(after: end)...].drop { $0 == "," || $0.isWhitespace }
      guard parts.count == 2, let number = Self.number(written: parts[0]) else { continue }
      let name = parts[1].filter { !$0.isWhitespace && $0 != "\"" }
      if !name.isEmpty { names[number] = name }
    }
    return names
  }

  /// `2`, `0x2`, `(2)`; nil for anything else.
  private static func number(written text: Substring) -> UInt64? {
    let digits = text.filter { !$0.isWhitespace && $0 != "(" && $0 != ")" }
    return digits.hasPrefix("0x") ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits)
  }

  /// The octets of this field, or nil where there is no such field or the record ends before it.
  package func bytes(_ name: String, in record: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    fields[name].flatMap { record.part(at: $0.offset, count: $0.size) }
  }
}
