/// A function of a C file in the kernel's style: the braces of its body begin their lines.
package struct CFunction: Sendable {
  package var name: String
  /// All tokens from its first, which may be of its type, to the brace at its end.
  package var tokens: [CToken]
  /// The index of the first brace.
  package var bodyStart: Int

  package var line: Int { tokens[bodyStart].line }
  package var lineCount: Int { (tokens.last?.line ?? line) - line + 1 }

  /// True if it runs only while the kernel boots, or never in one without modules.
  package var isOnlyOfBoot: Bool {
    tokens[..<bodyStart].contains { $0.text == "__init" || $0.text == "__exit" }
  }

  /// The functions of a file, in their order.
  package static func all(in source: [UInt8]) -> [CFunction] {
    let tokens = CToken.all(in: source)
    var functions: [CFunction] = []
    var first = 0
    var index = 0
    while index < tokens.count {
      let token = tokens[index]
      if token.beginsLine, token.text == "{", let name = name(before: index, in: tokens[first...]),
        let end = tokens[index...].firstIndex(where: { $0.beginsLine && $0.text == "}" })
      {
        functions.append(
          CFunction(name: name, tokens: Array(tokens[first...end]), bodyStart: index - first))
        index = end
        first = end + 1
      } else if token.text == ";" || (token.beginsLine && token.text == "}") {
        first = index + 1
      }
      index += 1
    }
    return functions
  }

  /// The name before the parameters that end at `index`; between the two may be attributes as `__releases(x)`.
  private static func name(before index: Int, in tokens: ArraySlice<CToken>) -> String? {
    var last = index - 1
    while last > tokens.startIndex {
      if tokens[last].kind == .identifier {
        last -= 1
        continue
      }
      guard tokens[last].text == ")" else { return nil }
      var depth = 0
      var open = last
      while open > tokens.startIndex {
        if tokens[open].text == ")" { depth += 1 }
        if tokens[open].text == "(" {
          depth -= 1
          if depth == 0 { break }
        }
        open -= 1
      }
      guard depth == 0, open > tokens.startIndex, tokens[open - 1].kind == .identifier else { return nil }
      let name = tokens[open - 1].text
      let isAttribute = open - 1 > tokens.startIndex && tokens[open - 2].text == ")"
      if !isAttribute { return name }
      last = open - 2
    }
    return nil
  }
}
