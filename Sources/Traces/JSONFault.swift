/// Finds what is wrong in a JSON text that the decoder refused without saying where.
///
/// Outside Apple's systems the decoder calls everything "not valid JSON", a number that is too large included.
struct JSONFault {
  private let text: [UInt8]
  private var position = 0
  private var path = ""
  private var depth = 0

  /// The first fault in this text as an error, or nil where there is none that can be told without its types.
  static func first(in text: [UInt8]) -> RunError? {
    var fault = JSONFault(text: text)
    do throws(RunError) {
      try fault.value(under: "")
      fault.skipBlanks()
      if fault.position < text.count { throw fault.error("nothing more was expected") }
    } catch {
      return error
    }
    return nil
  }

  private init(text: [UInt8]) { self.text = text }

  private mutating func value(under key: String) throws(RunError) {
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): try members()
    case UInt8(ascii: "["): try elements(under: key)
    case UInt8(ascii: "\""): _ = try string()
    case let byte? where "-0123456789".utf8.contains(byte): try number(under: key)
    default:
      guard let word = ["true", "false", "null"].first(where: { text[position...].starts(with: $0.utf8) })
      else {
        throw error("a value was expected")
      }
      position += word.utf8.count
    }
  }

  private mutating func members() throws(RunError) {
    try list(until: UInt8(ascii: "}")) { (fault, _) throws(RunError) in
      guard fault.next == UInt8(ascii: "\"") else { throw fault.error("a name in quotes was expected") }
      let key = try fault.string()
      fault.skipBlanks()
      guard fault.next == UInt8(ascii: ":") else { throw fault.error("a colon was expected") }
      fault.position += 1
      fault.path += (fault.path.isEmpty ? "" : ".") + key
      try fault.value(under: key)
    }
  }

  private mutating func elements(under key: String) throws(RunError) {
    try list(until: UInt8(ascii: "]")) { (fault, index) throws(RunError) in
      fault.path += "[\(index)]"
      try fault.value(under: key)
    }
  }

  private mutating func list(
    until end: UInt8, item: (inout JSONFault, Int) throws(RunError) -> Void
  ) throws(RunError) {
    depth += 1
    guard depth <= 100 else { throw error("this is nested too deeply for a run") }
    position += 1
    skipBlanks()
    let outer = path
    var index = 0
    while next != end || index > 0 {
      try item(&self, index)
      path = outer
      skipBlanks()
      index += 1
      if next == end { break }
      guard next == UInt8(ascii: ",") else { throw error("a comma or the end of the list was expected") }
      position += 1
      skipBlanks()
    }
    position += 1
    depth -= 1
  }

  private mutating func string() throws(RunError) -> String {
    let start = position + 1
    position = start
    while let byte = next, byte != UInt8(ascii: "\"") {
      if byte < 0x20 { throw error("a control character may not stand in a text") }
      position = min(position + (byte == UInt8(ascii: "\\") ? 2 : 1), text.count)
    }
    guard next != nil else { throw error("the file ends within a text") }
    defer { position += 1 }
    guard let read = String(validating: text[start..<position], as: UTF8.self) else {
      throw error("this text is not UTF-8")
    }
    return read
  }

  private mutating func number(under key: String) throws(RunError) {
    let start = position
    while let byte = next, "+-.eE0123456789".utf8.contains(byte) { position += 1 }
    let digits = String(decoding: text[start..<position], as: UTF8.self)
    // A value of a figure may have decimals.
    if ["number", "lowest", "highest"].contains(key), Double(digits) != nil { return }
    let largest = largest(under: key)
    // What is signed is judged later, by what it means.
    if largest == Int64.max.magnitude, Int64(digits) != nil { return }
    guard let value = UInt64(digits), value <= largest else {
      throw RunError(path: path, message: "\(digits.prefix(40)) is no whole number that can stand here")
    }
  }

  private var next: UInt8? { position < text.count ? text[position] : nil }

  private mutating func skipBlanks() {
    while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  private func error(_ message: String) -> RunError {
    let before = text[..<min(position, text.count)]
    let line = before.count { $0 == 0x0A } + 1
    let column = before.count - (before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0) + 1
    let end = next == nil ? ", where the file ends" : ""
    return RunError(path: path, message: "line \(line), column \(column)\(end): \(message)")
  }

  /// The largest value of a number by its name, where the format is narrower or wider than 63 bits.
  private func largest(under key: String) -> UInt64 {
    switch key {
    case "options" where path.hasSuffix("]"): UInt64(UInt8.max)
    case "window": UInt64(UInt16.max)
    case "seq", "ack": UInt64(UInt32.max)
    case "left" where path.contains(".placed."), "right" where path.contains(".placed."): UInt64(UInt32.max)
    case "inode": UInt64.max
    // TCP_INFO has fields of 64 bits without a sign.
    default: path.contains(".info.") ? UInt64.max : Int64.max.magnitude
    }
  }
}
