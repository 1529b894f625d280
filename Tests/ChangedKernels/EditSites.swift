/// The kinds of random changes.
package enum EditKind: CaseIterable, Sendable {
  /// A relation flipped or made weaker.
  case relation
  /// A condition negated, or its parts joined otherwise.
  case condition
  /// A call or an assignment dropped.
  case dropped
  /// A constant changed.
  case constant
  /// A flag, state or errno exchanged for another.
  case exchanged
}

/// The places of a function that can be changed, each with its possible changes.
package struct EditSites: Sendable {
  package private(set) var sites: [EditKind: [[KernelEdit]]] = [:]
  private let file: String
  private let function: CFunction
  private let tokens: [CToken]
  /// The end of each bracket, by the index of its beginning.
  private let ends: [Int: Int]
  /// The indices of tokens inside of warnings and the like, where a change means nothing.
  private let isNoise: [Bool]

  package init(of function: CFunction, in file: String, source: [UInt8]) {
    self.file = file
    self.function = function
    tokens = function.tokens
    ends = Self.brackets(of: function.tokens)
    isNoise = Self.noise(in: function.tokens, ends)
    for index in function.bodyStart..<tokens.count where !isNoise[index] {
      addRelation(at: index)
      addCondition(at: index, source)
      addConstant(at: index)
      addExchange(at: index)
    }
    addDrops()
  }

  package var isEmpty: Bool { sites.isEmpty }

  private mutating func add(_ kind: EditKind, _ edits: [KernelEdit]) {
    if !edits.isEmpty { sites[kind, default: []].append(edits) }
  }

  private func edit(_ range: Range<Int>, line: Int, _ replacement: String, _ what: String) -> KernelEdit {
    KernelEdit(
      file: file, function: function.name, line: line, range: range, replacement: replacement, what: what)
  }

  private func edits(_ token: CToken, _ replacements: [String]) -> [KernelEdit] {
    replacements.map { edit(token.range, line: token.line, $0, "\($0) instead of \(token.text)") }
  }

  // MARK: Relations

  private static let relations: [String: [String]] = [
    "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"], "==": ["!="], "!=": ["=="],
  ]
  private static let relationCalls = [
    "before": "after", "after": "before", "min": "max", "max": "min", "min_t": "max_t", "max_t": "min_t",
  ]

  private mutating func addRelation(at index: Int) {
    let token = tokens[index]
    if let others = Self.relations[token.text] { add(.relation, edits(token, others)) }
    if let other = Self.relationCalls[token.text], isCall(index) { add(.relation, edits(token, [other])) }
  }

  private func isCall(_ index: Int) -> Bool {
    tokens[index].kind == .identifier && follows("(", index)
  }

  // MARK: Conditions

  private mutating func addCondition(at index: Int, _ source: [UInt8]) {
    let token = tokens[index]
    if token.text == "&&" || token.text == "||" {
      add(.condition, edits(token, [token.text == "&&" ? "||" : "&&"]))
    }
    guard token.text == "if", isCall(index), let end = ends[index + 1], !isNoise[index + 2] else { return }
    let range = tokens[index + 1].range.lowerBound..<tokens[end].range.upperBound
    let inside = String(decoding: source[(range.lowerBound + 1)..<(range.upperBound - 1)], as: UTF8.self)
    add(.condition, [edit(range, line: token.line, "(!(\(inside)))", "the condition negated")])
  }

  // MARK: Constants

  private mutating func addConstant(at index: Int) {
    let token = tokens[index]
    guard token.kind == .number else { return }
    let digits = token.text.lowercased().prefix { $0.isHexDigit || $0 == "x" }
    let isHex = digits.hasPrefix("0x")
    guard let value = isHex ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits), value < 1 << 31 else {
      return
    }
    let suffix = token.text.dropFirst(digits.count)
    let others = [value + 1, value == 0 ? 1 : value - 1, value * 2]
    let texts = Set(others).subtracting([value]).sorted().map {
      (isHex ? "0x" + String($0, radix: 16) : "\($0)") + suffix
    }
    add(.constant, edits(token, texts))
  }

  // MARK: Exchanges

  private mutating func addExchange(at index: Int) {
    let token = tokens[index]
    guard token.kind == .identifier, let group = ExchangeGroups.group(of: token.text) else { return }
    add(.exchanged, edits(token, group.filter { $0 != token.text }))
  }

  // MARK: Dropped statements

  private static let keywords: Set<String> = [
    "return", "break", "continue", "goto", "case", "default", "if", "else", "for", "while", "do", "switch",
    "struct", "const", "static", "unsigned", "int", "u8", "u16", "u32", "u64", "s32", "bool", "long", "char",
    "void", "enum", "union", "__be16", "__be32", "__u32", "size_t", "typeof", "DECLARE_BITMAP",
  ]
  private static let assignments: Set<String> = [
    "=", "+=", "-=", "|=", "&=", "*=", "/=", "<<=", ">>=", "++", "--",
  ]

  private mutating func addDrops() {
    var index = function.bodyStart + 1
    var begins = true
    while index < tokens.count {
      let token = tokens[index]
      if begins, let end = statementEnd(from: index) {
        if let what = dropped(index..<end) {
          let range = token.range.lowerBound..<tokens[end].range.upperBound
          add(.dropped, [edit(range, line: token.line, ";", what)])
        }
        index = end + 1
        continue
      }
      let isHead = ["if", "for", "while", "switch"].contains(token.text)
      // A colon ends a label, where it does not part two values.
      let isLabel = begins && (["case", "default"].contains(token.text) || follows(":", index))
      if isLabel, let colon = tokens[index...].firstIndex(where: { $0.text == ":" }) {
        index = colon
      } else if let end = ends[isHead ? index + 1 : index] {
        index = end
      }
      begins = isHead || isLabel || ["{", "}", ";", "else", "do"].contains(token.text)
      index += 1
    }
  }

  private func follows(_ text: String, _ index: Int) -> Bool {
    index + 1 < tokens.count && tokens[index + 1].text == text
  }

  /// The index of the semicolon of an expression that begins here; nil if none does.
  private func statementEnd(from first: Int) -> Int? {
    let token = tokens[first]
    guard
      token.kind == .identifier
        ? !Self.keywords.contains(token.text) : ["*", "++", "--"].contains(token.text)
    else { return nil }
    var index = first
    var isChoice = false
    while index < tokens.count {
      switch tokens[index].text {
      case ";": return index
      case "?": isChoice = true
      case ":" where !isChoice: return nil
      case "{", "}": return nil
      case "(", "[": index = ends[index] ?? index
      default: break
      }
      index += 1
    }
    return nil
  }

  /// The change in words; nil if the statement declares, or if to drop it means nothing.
  private func dropped(_ statement: Range<Int>) -> String? {
    let words = tokens[statement]
    let first = statement.lowerBound
    guard statement.count > 1, !isNoise[first], !Noise.isLock(tokens[first].text) else { return nil }
    func isWord(_ offset: Int) -> Bool {
      statement.count > offset && tokens[first + offset].kind == .identifier
    }
    // `type name`, `type *name`.
    if isWord(0), isWord(1) || (tokens[first + 1].text == "*" && isWord(2)) { return nil }
    if let sign = words.first(where: { Self.assignments.contains($0.text) }), !isCall(first) {
      let target = words.filter { $0.range.upperBound <= sign.range.lowerBound }.map(\.text).joined()
      return target.isEmpty ? "an assignment dropped" : "the assignment to \(target) dropped"
    }
    return isCall(first) ? "the call of \(tokens[first].text) dropped" : nil
  }

  // MARK: Brackets

  private static func brackets(of tokens: [CToken]) -> [Int: Int] {
    var ends: [Int: Int] = [:]
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      if token.text == "(" || token.text == "[" { open.append(index) }
      if token.text == ")" || token.text == "]", let beginning = open.popLast() { ends[beginning] = index }
    }
    return ends
  }

  private static func noise(in tokens: [CToken], _ ends: [Int: Int]) -> [Bool] {
    var isNoise = Array(repeating: false, count: tokens.count)
    for (index, token) in tokens.enumerated() where token.kind == .identifier && Noise.isOne(token.text) {
      guard index + 1 < tokens.count, tokens[index + 1].text == "(", let end = ends[index + 1] else {
        continue
      }
      for place in index...end { isNoise[place] = true }
    }
    return isNoise
  }
}

/// Calls inside of which, or which without, nothing changes that TCP does.
enum Noise {
  private static let prefixes = [
    "WARN", "BUG", "BUILD_BUG", "DEBUG_NET_WARN", "trace_", "pr_", "net_dbg", "net_info", "net_warn",
    "lockdep_",
    "printk", "prefetch", "might_", "sock_owned_by_me", "INDIRECT_CALL",
  ]
  private static let words: Set<String> = [
    "sizeof", "offsetof", "static_assert", "IS_ENABLED", "static_branch_unlikely", "ARRAY_SIZE", "typeof",
  ]
  /// Without these a kernel stops or corrupts memory, on one processor at no moment that could be told.
  private static let locks = [
    "spin_", "rcu_", "bh_", "local_bh", "read_lock", "write_lock", "mutex_", "smp_",
  ]

  static func isOne(_ name: String) -> Bool {
    words.contains(name) || prefixes.contains { name.hasPrefix($0) }
  }

  static func isLock(_ name: String) -> Bool { locks.contains { name.hasPrefix($0) } }
}
