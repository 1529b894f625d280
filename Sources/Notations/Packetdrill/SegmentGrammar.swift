import Documents
import TCP

extension ScriptCursor {
  /// A packet with its direction: `> P. 1:1001(1000) ack 1`, `< icmp unreachable [1:1001(1000)]`.
  mutating func packet() throws(ScriptFault) -> Script.Action {
    let isInbound = isSign("<")
    advance()
    if isWord("icmp") {
      advance()
      let error = try error()
      return isInbound ? .inbound(.error(error)) : .outbound(.error(error))
    }
    let segment = try segment(isInbound: isInbound)
    return isInbound ? .inbound(.segment(segment)) : .outbound(.segment(segment))
  }

  private mutating func segment(isInbound: Bool) throws(ScriptFault) -> ScriptSegment {
    var segment = ScriptSegment(flags: [], start: 0)
    if isSign("(") || isSign("[") { try addressing(&segment) }
    if case .integer? = current?.kind {
      let source = try integer(0...65_535, "a port")
      try expect(">", "> and the port of the destination")
      let destination = try integer(0...65_535, "a port")
      segment.ports = .init(source: UInt16(source), destination: UInt16(destination))
    }
    try flags(&segment)
    (segment.start, segment.length) = try range()
    if take(word: "ack") {
      segment.acknowledgment = UInt32(try integer(0...Int(UInt32.max), "a number to acknowledge"))
    }
    if take(word: "win") { segment.window = UInt16(try integer(0...65_535, "a window")) }
    if take(word: "urg") { segment.urgentPointer = UInt16(try integer(0...65_535, "an urgent pointer")) }
    if isInbound, segment.window == nil { throw fault("win and the window of a segment that the peer sends") }
    // The next line is the next event, which never begins with this sign.
    if isSign("<") { segment.options = try options() }
    if isInbound, segment.options == nil { throw fault("the options of a segment that the peer sends") }
    if isInbound, segment.service == .anyCapable { throw fault("one mark for a segment that the peer sends") }
    return segment
  }

  /// `[ect0]`, `(tos 0x10)`, `[ttl 5]`, `[flowlabel 0x1]`, also two of them.
  private mutating func addressing(_ segment: inout ScriptSegment) throws(ScriptFault) {
    let close: Character = isSign("(") ? ")" : "]"
    advance()
    repeat {
      let word = try word("noecn, ect0, ect1, ect01, ce, tos, ttl or flowlabel")
      switch word {
      case "noecn": segment.service = .congestion(0)
      case "ect1": segment.service = .congestion(1)
      case "ect0": segment.service = .congestion(2)
      case "ce": segment.service = .congestion(3)
      case "ect01": segment.service = .anyCapable
      case "tos": segment.service = .octet(UInt8(try integer(0...255, "an octet")))
      case "ttl": segment.hopLimit = UInt8(try integer(0...255, "a time to live"))
      case "flowlabel": segment.flowLabel = UInt32(try integer(0...0xFFFFF, "a flow label"))
      default:
        throw ScriptFault(
          line: previous?.line ?? 1, text: word,
          expected: "noecn, ect0, ect1, ect01, ce, tos, ttl or flowlabel")
      }
    } while take(sign: ",")
    try expect(close)
  }

  private mutating func flags(_ segment: inout ScriptSegment) throws(ScriptFault) {
    let expected = "the flags of a segment: S, F, R, P, U, E, W, A, a dot for ACK, or -"
    if take(sign: "-") { return }
    var text = ""
    if let current, current.kind == .word {
      text = current.text
      // Words that stand where flags are expected belong to notations of other protocols.
      guard text.allSatisfy({ "SFRPUEWA01234567".contains($0) }) else { throw fault(expected) }
      advance()
    }
    if case .decimal? = current?.kind, let counter = current?.text, counter.count == 2, counter.first == "." {
      text += counter
      advance()
    } else if isSign(".") {
      text += "."
      advance()
    }
    guard !text.isEmpty else { throw fault(expected) }
    for letter in text {
      if letter == "." { segment.flags.insert(.ack) }
      if letter == "A" { segment.hasAE = true }
      if let known = ScriptSegment.letters.first(where: { $0.letter == letter }) {
        segment.flags.insert(known.flag)
      }
      if let counter = letter.wholeNumberValue, counter != 0, segment.ace == nil {
        segment.ace = UInt8(counter)
      }
    }
    guard let ace = segment.ace else { return }
    guard segment.flags.isDisjoint(with: [.ece, .cwr]), !segment.hasAE else {
      throw ScriptFault(
        line: previous?.line ?? 1, text: text, expected: "a counter or flags of ECN, not both")
    }
    if ace & 1 != 0 { segment.flags.insert(.ece) }
    if ace & 2 != 0 { segment.flags.insert(.cwr) }
    segment.hasAE = ace & 4 != 0
  }

  /// `1:1001(1000)`
  private mutating func range() throws(ScriptFault) -> (start: UInt32, length: Int) {
    let largest = Int(UInt32.max)
    let start = try integer(0...largest, "a sequence number")
    try expect(":", ": and the end of the sequence numbers")
    let end = try integer(0...largest, "a sequence number")
    try expect("(", "( and the length of the data")
    let length = try integer(0...65_535, "a length of data")
    try expect(")")
    guard start + length == end else {
      throw ScriptFault(
        line: previous?.line ?? 1, text: "\(start):\(end)(\(length))",
        expected: "a length of \(end - start), or other numbers")
    }
    return (UInt32(start), length)
  }

  private mutating func error() throws(ScriptFault) -> ScriptError {
    var error = ScriptError(type: try word("the type of an ICMP error"))
    guard ScriptErrors.types.contains(error.type) else {
      throw ScriptFault(
        line: previous?.line ?? 1, text: error.type,
        expected: "\(ScriptErrors.types.sorted().joined(separator: ", "))")
    }
    if let current, current.kind == .word, !["mtu", "id"].contains(current.text), !current.isFirst {
      let code = definedText ?? current.text
      guard ScriptErrors.codes.contains(code) else { throw fault("a code of ICMP errors that is known") }
      error.code = code
      advance()
    }
    if take(word: "mtu") { error.mtu = try integer(0...65_535, "an MTU") }
    if isSign("["), current?.isFirst == false {
      advance()
      error.start = try range().start
      try expect("]")
    }
    return error
  }
}
