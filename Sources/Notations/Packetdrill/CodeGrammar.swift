import Documents

/// Reads what scripts use of Python: assertions about fields of TCP_INFO, variables, and print, which is passed over.
struct CodeGrammar {
  private enum Token: Equatable {
    case name(String)
    case number(Int)
    case sign(String)
    case string
    case newline
  }

  private var tokens: [(token: Token, line: Int)] = []
  private var place = 0
  /// The names that were assigned, in this code or in earlier code of the script.
  private var known: Set<String>
  private let firstLine: Int

  /// Reads the statements of a piece of code.
  ///
  /// - Parameters:
  ///   - line: the line of the script that the code begins in.
  ///   - known: names that earlier code has assigned; those that this code assigns are added.
  static func statements(
    of code: String, line: Int, known: inout Set<String>
  ) throws(ScriptFault) -> [CodeStatement] {
    var grammar = CodeGrammar(known: known, firstLine: line)
    try grammar.scan(code)
    let statements = try grammar.statements()
    known = grammar.known
    return statements
  }

  private init(known: Set<String>, firstLine: Int) {
    self.known = known
    self.firstLine = firstLine
  }

  private static let signs = [
    "==", "!=", "<=", ">=", "+=", "-=", "*=", "&=", "|=", "//", "<", ">", "=", "+", "-", "*", "&", "|", "(",
    ")", ",", "%",
  ]

  /// More tokens than code of a script has.
  private static let most = 10_000

  private mutating func append(_ token: Token, _ line: Int) throws(ScriptFault) {
    guard tokens.count < Self.most else {
      throw ScriptFault(
        line: line, text: "the code", expected: "at most \(Self.most) words and signs of code")
    }
    tokens.append((token, line))
  }

  private mutating func scan(_ code: String) throws(ScriptFault) {
    var rest = Array(code)[...]
    var line = firstLine
    var depth = 0
    while let character = rest.first {
      if character.isNewline {
        // Inside parentheses a statement goes on.
        if depth == 0 { try append(.newline, line) }
        line += character.lineFeeds
        rest.removeFirst()
      } else if character == ";" {
        try append(.newline, line)
        rest.removeFirst()
      } else if character == "\\", rest.dropFirst().first?.isNewline ?? true {
        line += rest.dropFirst().first?.lineFeeds ?? 0
        rest = rest.dropFirst(2)
      } else if character.isWhitespace {
        rest.removeFirst()
      } else if character == "#" {
        rest = rest.drop { !$0.isNewline }
      } else if character == "'" || character == "\"" {
        rest.removeFirst()
        guard let end = rest.firstIndex(of: character), !rest[..<end].contains(where: \.isNewline) else {
          throw ScriptFault(line: line, text: String(character), expected: "a closing quotation mark")
        }
        rest = rest[(end + 1)...]
        try append(.string, line)
      } else if character.isASCII, character.isNumber || character.isLetter || character == "_" {
        let word = String(rest.prefix { $0.isASCII && ($0.isNumber || $0.isLetter || $0 == "_") })
        rest = rest.dropFirst(word.count)
        if character.isNumber {
          let value = word.hasPrefix("0x") ? Int(word.dropFirst(2), radix: 16) : Int(word)
          guard let value else { throw ScriptFault(line: line, text: word, expected: "a whole number") }
          try append(.number(value), line)
        } else {
          try append(.name(word), line)
        }
      } else {
        guard let sign = Self.signs.first(where: { rest.starts(with: $0) }) else {
          throw ScriptFault(
            line: line, text: String(character), expected: "an assertion about TCP_INFO, without other Python"
          )
        }
        if sign == "(" { depth += 1 }
        if sign == ")" { depth -= 1 }
        try append(.sign(sign), line)
        rest = rest.dropFirst(sign.count)
      }
    }
  }

  private var current: Token? { place < tokens.count ? tokens[place].token : nil }

  private func fault(_ expected: String) -> ScriptFault {
    let line = place < tokens.count ? tokens[place].line : tokens.last?.line ?? firstLine
    let text =
      switch current {
      case .name(let name)?: name
      case .number(let number)?: "\(number)"
      case .sign(let sign)?: sign
      case .string?: "a string"
      case .newline?, nil: "the end of the statement"
      }
    return ScriptFault(line: line, text: text, expected: expected)
  }

  private mutating func take(_ sign: String) -> Bool {
    guard current == .sign(sign) else { return false }
    place += 1
    return true
  }

  private mutating func take(name: String) -> Bool {
    guard current == .name(name) else { return false }
    place += 1
    return true
  }

  private mutating func statements() throws(ScriptFault) -> [CodeStatement] {
    var statements: [CodeStatement] = []
    while let token = current {
      switch token {
      case .newline: place += 1
      case .name("assert"):
        place += 1
        statements.append(.assert(try disjunction(depth: 0)))
        // The message is for Python.
        if take(",") { skip() }
        try endOfStatement()
      case .name("print"): skip()
      case .name(let name):
        place += 1
        statements.append(try assignment(to: name))
        try endOfStatement()
      default: throw fault("an assertion, an assignment or print")
      }
    }
    return statements
  }

  private mutating func skip() { while let current, current != .newline { place += 1 } }

  private func endOfStatement() throws(ScriptFault) {
    guard current == nil || current == .newline else { throw fault("the end of the statement") }
  }

  private mutating func assignment(to name: String) throws(ScriptFault) -> CodeStatement {
    if take("=") {
      let value = try disjunction(depth: 0)
      known.insert(name)
      return .assign(name, nil, value)
    }
    let operators: [(sign: String, operation: CodeOperator)] = [
      ("+=", .add), ("-=", .subtract), ("*=", .multiply), ("&=", .and), ("|=", .or),
    ]
    for (sign, operation) in operators where take(sign) {
      guard known.contains(name) else { throw fault("a name that has a value, not \(name)") }
      return .assign(name, operation, try disjunction(depth: 0))
    }
    throw fault("= after \(name): an assertion, an assignment or print")
  }

  private mutating func disjunction(depth: Int) throws(ScriptFault) -> CodeExpression {
    var parts = [try conjunction(depth: depth)]
    while take(name: "or") { parts.append(try conjunction(depth: depth)) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction(depth: Int) throws(ScriptFault) -> CodeExpression {
    var parts = [try negation(depth: depth)]
    while take(name: "and") { parts.append(try negation(depth: depth)) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func negation(depth: Int) throws(ScriptFault) -> CodeExpression {
    var count = 0
    while take(name: "not") { count += 1 }
    let part = try comparison(depth: depth)
    return count % 2 == 1 ? .not(part) : part
  }

  private mutating func comparison(depth: Int) throws(ScriptFault) -> CodeExpression {
    let first = try operation(level: 0, depth: depth)
    var rest: [CodeExpression.Relation] = []
    while case .sign(let sign)? = current, let relation = CodeRelation(rawValue: sign) {
      place += 1
      rest.append(.init(relation, try operation(level: 0, depth: depth)))
    }
    return rest.isEmpty ? first : .relations(first, rest)
  }

  /// The operators, from those that bind least.
  private static let levels: [[CodeOperator]] = [[.or], [.and], [.add, .subtract], [.multiply, .divide]]

  private mutating func operation(level: Int, depth: Int) throws(ScriptFault) -> CodeExpression {
    guard level < Self.levels.count else { return try operand(depth: depth) }
    let first = try operation(level: level + 1, depth: depth)
    var rest: [CodeExpression.Operation] = []
    while case .sign(let sign)? = current,
      let operation = CodeOperator(rawValue: sign), Self.levels[level].contains(operation)
    {
      place += 1
      rest.append(.init(operation, try self.operation(level: level + 1, depth: depth)))
    }
    return rest.isEmpty ? first : .operations(first, rest)
  }

  private mutating func operand(depth: Int) throws(ScriptFault) -> CodeExpression {
    guard depth < 16 else { throw fault("fewer signs and parentheses inside each other") }
    switch current {
    case .number(let number)?:
      place += 1
      return .number(number)
    case .sign("-")?:
      place += 1
      return .operations(.number(0), [.init(.subtract, try operand(depth: depth + 1))])
    case .name(let name)?:
      guard CodeNames.isKnown(name) || known.contains(name) else {
        throw fault("a field of TCP_INFO, a constant or a name that was assigned before")
      }
      place += 1
      return .name(name)
    case .sign("(")?:
      place += 1
      let inner = try disjunction(depth: depth + 1)
      guard take(")") else { throw fault(")") }
      return inner
    default: throw fault("a number, a field of TCP_INFO or a name")
    }
  }
}
