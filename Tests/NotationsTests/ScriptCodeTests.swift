import Documents
import Kinds
import Notations
import Testing

/// The expressions of a script's code, and their values.
@Suite(.tags(.pure)) struct ScriptCodeTests {
  private func read(_ text: String) -> Script { Script(reading: text, name: "script.pkt") }

  private func event(_ text: String) throws -> Script.Event {
    let script = read(text)
    #expect(script.unread.isEmpty, "\(script.unread)")
    return try #require(script.events.last)
  }

  @Test func aDeepExpressionIsNamed() throws {
    for text in [String(repeating: "-", count: 100_000) + "1", String(repeating: "(", count: 100_000)] {
      let unread = try #require(read("+0 %{ assert \(text) }%").unread.first)
      #expect(unread.description.contains("at most 10000 words and signs"), "\(unread.description)")
    }
    for sign in ["-", "("] {
      let text = String(repeating: sign, count: 9000) + "1"
      let unread = try #require(read("+0 %{ assert \(text) }%").unread.first)
      #expect(unread.description.contains("fewer signs and parentheses"), "\(unread.description)")
    }
  }

  @Test func aLongSumIsNotDeep() throws {
    guard
      case .code(let statements) = try event(
        "+0 %{ assert 1\(String(repeating: "+1-1", count: 2000)) == 1 }%"
      ).action, case .assert(let expression)? = statements.first
    else {
      Issue.record("no assertion")
      return
    }
    #expect(expression.value { _ in nil } == 1)
    guard case .relations(.operations(.number(1), let rest), _) = expression else {
      Issue.record("\(expression)")
      return
    }
    #expect(rest.count == 4000)
  }

  @Test(arguments: [
    ("7 // 2", 3), ("-7 // 2", -4), ("7 // -2", -4), ("-7 // -2", 3), ("-6 // 2", -3), ("1 // 0", nil),
    ("9223372036854775807 + 1", nil), ("10 - 3 - 2", 5), ("2 + 3 * 4", 14), ("0 and 1 // 0", 0),
    ("1 or 1 // 0", 1), ("1 and 1 // 0", nil), ("2 < 1 < 1 // 0", 0),
  ]) func numbersAreComputedAsInPython(text: String, value: Int?) throws {
    guard case .code(let statements) = try event("+0 %{ n = \(text) }%").action,
      case .assign("n", nil, let expression)? = statements.first
    else {
      Issue.record("no assignment")
      return
    }
    #expect(expression.value { _ in nil } == value)
  }
}
