import Documents

/// Cuts lines for a shell into commands and words. Of what a shell can do it knows quotes, comments, lines that go on,
/// sums in numbers, and that output goes nowhere.
enum ShellWords {
  /// The commands, each with its line.
  static func commands(
    of text: String, line firstLine: Int
  ) throws(ScriptFault) -> [(line: Int, words: [String])] {
    var scanner = Scanner(rest: Array(text)[...], line: firstLine)
    try scanner.scan()
    return scanner.commands
  }

  private struct Scanner {
    var rest: ArraySlice<Character>
    var line: Int
    private(set) var commands: [(line: Int, words: [String])] = []
    private var words: [String] = []
    private var word: String?
    private var begin = 0

    init(rest: ArraySlice<Character>, line: Int) {
      self.rest = rest
      self.line = line
    }

    mutating func scan() throws(ScriptFault) {
      while let character = rest.popFirst() {
        switch character {
        case "\\":
          // Whatever stands behind it at the end of a line, the command goes on.
          guard let next = rest.popFirst() else { break }
          if next.isNewline { line += next.lineFeeds } else { add(String(next)) }
        case "\n", "\r\n", ";":
          endCommand()
          if character != ";" { line += 1 }
        case " ", "\t": endWord()
        case "#" where word == nil: rest = rest.drop { !$0.isNewline }
        case "\"", "'": try quoted(by: character)
        case "$": try substitution()
        case "|":
          endWord()
          words.append("|")
        case ">", "&": try redirection(character)
        case "`", "<", "(", ")", "*", "?", "~": throw fault(String(character))
        default: add(String(character))
        }
      }
      endCommand()
    }

    private func fault(_ text: String) -> ScriptFault {
      ScriptFault(line: line, text: text, expected: "words, quotes, and output that goes to /dev/null")
    }

    private mutating func add(_ text: String) {
      if words.isEmpty, word == nil { begin = line }
      word = (word ?? "") + text
    }

    private mutating func endWord() {
      if let word { words.append(word) }
      word = nil
    }

    private mutating func endCommand() {
      endWord()
      if !words.isEmpty { commands.append((begin, words)) }
      words = []
    }

    private mutating func quoted(by mark: Character) throws(ScriptFault) {
      add("")
      while let character = rest.popFirst() {
        if character == mark { return }
        line += character.lineFeeds
        if character == "$", mark == "\"" { try substitution() } else { add(String(character)) }
      }
      throw fault("a quotation mark without another")
    }

    /// `$((15*1024))`, `${PPID}`, `$PPID`.
    private mutating func substitution() throws(ScriptFault) {
      if rest.starts(with: "((") {
        guard let end = rest.indices.dropLast().first(where: { rest[$0] == ")" && rest[$0 + 1] == ")" })
        else {
          throw fault("$((")
        }
        let factors = String(rest[(rest.startIndex + 2)..<end]).split(separator: "*")
          .map { Int($0.filter { $0 != " " }) }
        var product = 1
        for factor in factors {
          guard let factor, 0...1_000_000 ~= factor, product < 1_000_000_000 else { throw fault("$((") }
          product *= factor
        }
        rest = rest[(end + 2)...]
        return add("\(product)")
      }
      for name in ["{PPID}", "PPID"] where rest.starts(with: name) {
        rest = rest.dropFirst(name.count)
        return add("PPID")
      }
      throw fault("$")
    }

    /// Passes over a redirection; output may go to /dev/null or the other output only.
    private mutating func redirection(_ sign: Character) throws(ScriptFault) {
      if sign == "&", rest.first == "&" {
        rest.removeFirst()
        return endCommand()
      }
      var text = String(sign) + String(rest.prefix { !$0.isWhitespace && $0 != ";" && $0 != "|" })
      rest = rest.dropFirst(text.count - 1)
      // A number before it is that of the output.
      if let number = word, ["1", "2"].contains(number) { word = nil }
      endWord()
      if [">", ">>", "&>"].contains(text) {
        rest = rest.drop { $0 == " " || $0 == "\t" }
        let target = String(rest.prefix { !$0.isWhitespace && $0 != ";" && $0 != "|" })
        rest = rest.dropFirst(target.count)
        text += target
      }
      guard [">/dev/null", ">>/dev/null", "&>/dev/null", ">&1", ">&2"].contains(text) else {
        throw fault(text)
      }
    }
  }
}

extension Character {
  /// The number of lines that end with it: other characters break lines, too, but no editor counts them.
  var lineFeeds: Int { self == "\n" || self == "\r\n" ? 1 : 0 }
}
