package import Documents
import TCP

extension Script {
  /// Reads a packetdrill script. What cannot be read is in ``Script/unread``, each with what was expected.
  ///
  /// - Parameters:
  ///   - name: the file's name as it was given.
  ///   - file: reads a file beside the script, by the path as the script has it; nil where there is none.
  package init(reading text: String, name: String, file: (String) -> String? = { _ in nil }) {
    self = withoutActuallyEscaping(file) { file in
      var reader = ScriptReader(text: text, name: name, file: file)
      reader.read()
      return reader.script
    }
  }

  /// Tells whether the text looks like a packetdrill script: a line of it makes a socket at a time.
  package static func isOne(_ text: String) -> Bool {
    text.split(whereSeparator: \.isNewline).contains { line in
      let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard words.count > 1, words[1].hasPrefix("socket("), words.contains("=") else { return false }
      let time = words[0].drop { $0 == "+" }
      return (time.last?.isNumber ?? false) && time.allSatisfy { $0.isNumber || $0 == "." }
    }
  }
}

private struct ScriptReader {
  private(set) var script: Script
  private var cursor: ScriptCursor
  private let octets: [UInt8]
  private let shell: ShellGrammar
  private var names: Set<String> = []

  init(text: String, name: String, file: @escaping (String) -> String?) {
    script = Script(name: name)
    octets = Array(text.utf8)
    cursor = ScriptCursor(ScriptScanner.tokens(of: text))
    shell = ShellGrammar(file: file)
  }

  mutating func read() {
    var settings = SettingsGrammar()
    while case .option? = cursor.current?.kind {
      do throws(ScriptFault) {
        try settings.read(&cursor)
      } catch {
        script.unread.append(error.unread)
        while let current = cursor.current, !current.isFirst { cursor.advance() }
      }
    }
    script.settings = settings.finished
    cursor.definitions = settings.allDefinitions
    if case .shell(let text)? = cursor.current?.kind {
      read { reader throws(ScriptFault) in
        reader.script.preparation = try reader.commands(text)
      }
    }
    while !cursor.isAtEnd {
      read { reader throws(ScriptFault) in
        try reader.event()
      }
    }
    if script.events.isEmpty, script.unread.isEmpty {
      script.unread.append(cursor.fault("an event: a time, and a call or a segment").unread)
    }
  }

  /// Reads a part; what cannot be read is noted, and the next part begins behind it.
  private mutating func read(_ part: (inout ScriptReader) throws(ScriptFault) -> Void) {
    let before = cursor.place
    do throws(ScriptFault) {
      try part(&self)
    } catch {
      script.unread.append(error.unread)
      if cursor.place == before || cursor.current?.isFirst != true || !cursor.isAtEvent {
        cursor.skipToNextEvent()
      }
    }
  }

  private mutating func commands(_ text: String) throws(ScriptFault) -> [ShellCommand] {
    let line = cursor.current?.line ?? 1
    cursor.advance()
    return try shell.commands(of: text, line: line)
  }

  private mutating func event() throws(ScriptFault) {
    guard let first = cursor.current else { return }
    // A command without a time, after all else, cleans up.
    if case .shell(let text) = first.kind {
      let commands = try commands(text)
      guard cursor.isAtEnd else { throw cursor.fault("the end of the file after the last command") }
      if commands.contains(where: { $0 != .restore }) {
        script.events.append(event(first, .relative(.zero), .shell(commands)))
      }
      return
    }
    let time = try cursor.time()
    guard let current = cursor.current else { throw cursor.fault("an event after its time") }
    let action: Script.Action
    switch current.kind {
    case .sign("<"), .sign(">"): action = try cursor.packet()
    case .shell(let text): action = .shell(try commands(text))
    case .code(let text):
      cursor.advance()
      action = .code(try CodeGrammar.statements(of: text, line: current.line, known: &names))
    default: action = .call(try cursor.call(at: time))
    }
    if case .outbound = action {
      script.events.append(event(first, time, action))
      return
    }
    switch time {
    case .absolute, .relative: script.events.append(event(first, time, action))
    case .any, .absoluteRange, .relativeRange:
      throw ScriptFault(
        line: first.line, text: first.text, expected: "one time: only what the kernel sends has others")
    }
  }

  /// The event with its text on one line, without comments behind it.
  private func event(_ first: ScriptToken, _ time: ScriptTime, _ action: Script.Action) -> Script.Event {
    let end = cursor.previous?.range.upperBound ?? first.range.upperBound
    let text = String(
      decoding: octets[first.range.lowerBound..<max(end, first.range.upperBound)], as: UTF8.self)
    var words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if case .code(let statements) = action, let begin = words.firstRange(of: "%{") {
      words =
        String(words[..<begin.upperBound]) + " " + statements.map(\.description).joined(separator: "; ")
        + " }%"
    }
    return Script.Event(line: first.line, text: words, time: time, action: action)
  }
}
