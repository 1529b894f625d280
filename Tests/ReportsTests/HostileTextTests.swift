import Claims
import Documents
import Notations
import FoundationEssentials
import Kinds
import Reports
import Scenarios
import Testing
import Traces

/// Text that somebody else has written: it may look like anything, and do nothing.
@Suite(.tags(.pure)) struct HostileTextTests {
  /// Escape sequences of seven and eight bits, a bell, a return, and what turns the direction of writing.
  private static let hostile =
    "a\u{1B}[31mb\u{9B}2Jc\u{7}d\u{8}\re\u{7F}f\u{202E}g\u{2066}h\u{61C}i\u{2028}j\u{0}k"

  private static var sample: Assessment {
    var sample = Samples.close
    sample.run.command = "tcpprobe check \(hostile).md"
    sample.run.machine.release = hostile
    let claims = Verdict.Kind.allCases.map { kind in
      ClaimResult(
        id: "\(kind)\(hostile)", page: hostile, line: 1, restatement: hostile,
        verdict: Verdict(kind, expected: hostile, seen: hostile, reason: hostile), parts: [])
    }
    return Assessment(
      run: sample.run, catalogue: Scenarios.catalogue, pages: sample.pages, ladders: sample.ladders,
      facts: sample.facts,
      claims: sample.claims + claims)
  }

  @Test(arguments: Format.allCases) func noFormatLetsThroughWhatSteersATerminal(format: Format) {
    let text = Self.sample.rendered(as: format, style: Style(color: true))
      .replacing(/\u{1B}\[[0-9]+m/, with: "")
    #expect(text.unicodeScalars.contains("a") || format == .svg)
    let invisible = text.unicodeScalars.filter { !$0.isVisible && $0 != "\n" && $0 != "\t" }
    #expect(invisible.isEmpty, "\(invisible.map { String($0.value, radix: 16) })")
  }

  /// A program reads from JSON what was written, octet by octet.
  @Test func jsonKeepsTheText() throws {
    struct Read: Decodable {
      var verdicts: [Found]
      struct Found: Decodable { var claim: String? }
    }
    let text = Self.sample.rendered(as: .json)
    let read = try JSONDecoder().decode(Read.self, from: Data(text.utf8))
    #expect(read.verdicts.contains { $0.claim == Self.hostile })
  }

  @Test func whatIsVisibleStaysAsItIs() {
    let text = "tab\tline\nSYN+ACK → ✓ 한국어 中文 ‒ é e\u{301} 👩‍💻 نص"
    #expect(text.visible == text)
    for scalar in ["\u{1B}", "\u{9B}", "\u{85}", "\u{7F}", "\u{200F}", "\u{202E}", "\u{2069}", "\u{2029}"] {
      #expect("a\(scalar)b".visible == "a\u{FFFD}b")
    }
    #expect("a\nb\tc".visibleLine == "a b c")
  }

  @Test(arguments: [
    "<img src=x onerror=alert(1)>", "[click](http://192.0.2.1)", "![x](y)", "`code`", "``", "*bold*",
    "_it_ a", "~~x~~",
    "&lt;", "&#60;", "\\*", "# heading", "> quote", "- item", "1. item", "a|b", "[x]: http://192.0.2.1",
    "<!-- comment", "</details>", "<http://192.0.2.1>",
  ])
  func whatWouldBeMarkupIsReadAsItIs(text: String) throws {
    var sample = Samples.close
    sample.run.command = text
    let claim = ClaimResult(
      id: "X1", page: "page.md", line: 1, restatement: text,
      verdict: Verdict(.contradicted, expected: text, seen: text, reason: text), parts: [])
    let report = Assessment(
      run: sample.run, catalogue: Scenarios.catalogue, pages: sample.pages, ladders: [], facts: [],
      claims: [claim]
    ).rendered(as: .markdown)
    #expect(report.contains("Made by \(text.contains("`") ? "``" : "`")"))
    let row = try #require(report.split(separator: "\n").first { $0.hasPrefix("| X1 |") })
    // Outside of code nothing of it has a meaning of its own.
    let prose = String(row).replacing(/(`+).*?[^`]\1(?!`)/, with: "").replacing(/\\[^A-Za-z0-9 ]/, with: "")
    for sign in ["<", "](", "`", "*", "&", "~~", " _"] where text.contains(sign) {
      #expect(!prose.contains(sign), "\(sign) in \(prose)")
    }
    // Three columns, whatever is in them.
    #expect(row.replacing("\\|", with: "").filter { $0 == "|" }.count == 4)
  }
}
