import Documents

extension ScriptCursor {
  /// A call with its result: `read(4, ..., 1000) = -1 EAGAIN (Try again)`.
  ///
  /// - Parameter time: the time of the event, which the end of a call that waits counts like.
  mutating func call(at time: ScriptTime) throws(ScriptFault) -> ScriptCall {
    var end: ScriptTime?
    if current?.kind == .ellipsis {
      advance()
      let length = try length()
      end = if case .absolute = time { .absolute(length) } else { .relative(length) }
    }
    guard let name = current?.text, ScriptCalls.arguments[name] != nil else {
      throw fault("a segment, code, a command or one of the calls that are known")
    }
    advance()
    try expect("(", "( and the arguments of \(name)")
    let arguments = try values(until: ")")
    guard let counts = ScriptCalls.arguments[name], counts.contains(arguments.count) else {
      throw ScriptFault(
        line: previous?.line ?? 1, text: "\(arguments.count) arguments of \(name)",
        expected: Self.words(for: ScriptCalls.arguments[name] ?? 0...0))
    }
    try expect("=", "= and the result of \(name)")
    let result = try value()
    var error: String?
    if let current, current.kind == .word, !current.isFirst {
      guard ScriptConstants.errors[current.text] != nil else { throw fault("the symbol of an error") }
      error = current.text
      advance()
    }
    try skipNote()
    let call = ScriptCall(name: name, arguments: arguments, result: result, error: error, end: end)
    if let unknown = (arguments + [result]).flatMap(\.unknownNames).first {
      throw ScriptFault(
        line: previous?.line ?? 1, text: unknown, expected: "a constant of the kernel that is known")
    }
    return call
  }

  /// `1 argument`, `2 or 3 arguments`
  private static func words(for counts: ClosedRange<Int>) -> String {
    let numbers = counts.map { "\($0)" }.joined(separator: " or ")
    return "\(numbers) argument\(counts == 1...1 ? "" : "s")"
  }

  /// The words of an error in parentheses, which say nothing more.
  private mutating func skipNote() throws(ScriptFault) {
    guard isSign("("), current?.isFirst == false else { return }
    while !isSign(")") {
      guard !isAtEnd else { throw fault(") after the words of the result") }
      advance()
    }
    advance()
  }

  private mutating func values(until close: Character) throws(ScriptFault) -> [ScriptValue] {
    var values: [ScriptValue] = []
    while !take(sign: close) {
      if !values.isEmpty { try expect(",", ", or \(close)") }
      values.append(try value())
    }
    return values
  }

  /// A value: an argument, a result, or a part of one.
  mutating func value(depth: Int = 0) throws(ScriptFault) -> ScriptValue {
    guard depth < 8 else { throw fault("a value with fewer parts inside each other") }
    var parts = [try simpleValue(depth: depth)]
    while take(sign: "|") { parts.append(try simpleValue(depth: depth)) }
    return parts.count == 1 ? parts[0] : .union(parts)
  }

  private mutating func simpleValue(depth: Int) throws(ScriptFault) -> ScriptValue {
    guard let current, let kind = definedValue else { throw fault("a value") }
    switch kind {
    case .ellipsis:
      advance()
      return .ellipsis
    case .integer(let number), .hexadecimal(let number):
      advance()
      return .integer(number)
    case .string(var octets):
      advance()
      while case .string(let more)? = self.current?.kind {
        octets += more
        advance()
      }
      if self.current?.kind == .ellipsis { advance() }
      return .octets(octets)
    case .sign("["):
      advance()
      var values: [ScriptValue] = []
      while !take(sign: "]") {
        if !values.isEmpty { try expect(",", ", or ]") }
        values.append(try value(depth: depth + 1))
      }
      return .list(values)
    case .sign("{"):
      advance()
      return .record(try fields(depth: depth + 1))
    case .word:
      let name = definedText ?? current.text
      advance()
      guard ["htons", "inet_addr", "inet6_addr"].contains(name), take(sign: "(") else { return .name(name) }
      let argument = try value(depth: depth + 1)
      try expect(")")
      return .call(name, [argument])
    default: throw fault("a value")
    }
  }

  private mutating func fields(depth: Int) throws(ScriptFault) -> [ScriptValue.Field] {
    var fields: [ScriptValue.Field] = []
    while !take(sign: "}") {
      if !fields.isEmpty { try expect(",", ", or }") }
      guard let current, current.kind == .word, next?.kind == .sign("=") || next?.kind == .sign("(") else {
        fields.append(ScriptValue.Field(nil, try value(depth: depth)))
        continue
      }
      // A function is a value.
      if next?.kind == .sign("("), ["htons", "inet_addr", "inet6_addr"].contains(current.text) {
        fields.append(ScriptValue.Field(nil, try value(depth: depth)))
        continue
      }
      advance()
      var count: ScriptValue?
      if take(sign: "(") {
        count = try value(depth: depth)
        try expect(")")
      }
      try expect("=")
      fields.append(ScriptValue.Field(current.text, count: count, try value(depth: depth)))
    }
    return fields
  }
}
