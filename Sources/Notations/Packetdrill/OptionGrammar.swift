import Documents
import TCP

extension ScriptCursor {
  /// The options of a segment between their brackets; nil for `<...>`.
  mutating func options() throws(ScriptFault) -> [OptionItem]? {
    advance()
    if current?.kind == .ellipsis {
      advance()
      try expect(">")
      return nil
    }
    let line = previous?.line ?? 1
    var items: [OptionItem] = []
    repeat { items.append(try option()) } while take(sign: ",")
    try expect(">", ", or >")
    let length = items.reduce(0) { $0 + $1.bytes.count }
    guard length % 4 == 0, length <= 40 else {
      throw ScriptFault(
        line: line, text: "<" + items.map(\.description).joined(separator: ",") + ">",
        expected: "options of 4, 8, ... 40 octets: these have \(length)")
    }
    return items
  }

  private mutating func option() throws(ScriptFault) -> OptionItem {
    let expected = "an option: mss, wscale, sackOK, sack, TS, FO, FOEXP, md5, ECN, nop or eol"
    let name = try word(expected)
    switch name {
    case "nop": return .noOperation
    case "eol": return .end
    case "mss": return .option(.maximumSegmentSize(UInt16(try integer(0...65_535, "a segment size"))))
    case "wscale": return .option(.windowScale(UInt8(try integer(0...255, "a shift"))))
    case "sackOK": return .option(.sackPermitted)
    case "sack": return .option(.sack(try blocks()))
    case "TS":
      guard take(word: "val") else { throw fault("val and a timestamp") }
      let value = try integer(0...Int(UInt32.max), "a timestamp")
      guard take(word: "ecr") else { throw fault("ecr and a timestamp") }
      let echo = try integer(0...Int(UInt32.max), "a timestamp")
      return .option(.timestamps(value: UInt32(value), echo: UInt32(echo)))
    case "FO": return .option(.fastOpen(try octets()))
    case "FOEXP":
      return .option(.other(kind: 254, body: OptionItem.experimentalFastOpen + (try octets())))
    case "md5": return .option(.other(kind: 19, body: try octets()))
    case "ECN": return .option(try counters())
    default: throw ScriptFault(line: previous?.line ?? 1, text: name, expected: expected)
    }
  }

  private mutating func blocks() throws(ScriptFault) -> [Option.Block] {
    var blocks: [Option.Block] = []
    repeat {
      let left = try integer(0...Int(UInt32.max), "the left edge of a block")
      try expect(":", ": and the right edge of the block")
      let right = try integer(0...Int(UInt32.max), "the right edge of a block")
      blocks.append(
        Option.Block(left: SequenceNumber(UInt32(left)), right: SequenceNumber(UInt32(right))))
    } while !isSign(",") && !isSign(">") && blocks.count < 5
    return blocks
  }

  /// Octets in hexadecimal; none where the option ends here.
  private mutating func octets() throws(ScriptFault) -> [UInt8] {
    guard let text = definedText, current?.kind != .sign(","), current?.kind != .sign(">") else { return [] }
    let digits = Array(text)
    guard digits.count % 2 == 0, digits.count <= 64, digits.allSatisfy(\.isHexDigit) else {
      throw fault("an even number of hexadecimal digits")
    }
    advance()
    return stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0...($0 + 1)]), radix: 16)
    }
  }

  /// The counters of accurate ECN, in the order that the kind of the option has.
  private mutating func counters() throws(ScriptFault) -> Option {
    let orders = [["e0b", "ceb", "e1b"], ["e1b", "ceb", "e0b"]]
    guard let order = orders.first(where: { isWord($0[0]) }) else { throw fault("e0b or e1b") }
    var body: [UInt8] = []
    for name in order {
      guard take(word: name) else { break }
      let value = try integer(0...0xFFFFFF, "a counter of 24 bits")
      body += [UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
    }
    return .other(kind: order[0] == "e0b" ? 172 : 174, body: body)
  }
}
