import Kinds
import Reports
import Testing

@Suite(.tags(.pure)) struct TextTests {
  @Test(arguments: [
    ("client", 6), ("클라이언트", 10), ("e\u{301}", 1), ("\u{1112}\u{1161}\u{11AB}", 2), ("日本", 4), ("─▶│✓…µ", 6),
    ("👩‍💻", 2), ("❤️", 2), ("", 0),
  ])
  func aTextTakesUpAsManyColumnsAsATerminalGivesIt(text: String, columns: Int) {
    #expect(text.displayWidth == columns)
  }

  @Test(arguments: [
    (0, "0 µs"), (499, "0 µs"), (12_345, "12 µs"), (999_499, "999 µs"), (999_500, "1.00 ms"),
    (1_244_999, "1.24 ms"),
    (12_350_000, "12.4 ms"), (213_000_000, "213 ms"), (999_499_999, "999 ms"), (999_500_000, "1.00 s"),
    (60_060_000_000, "60.1 s"), (3_600_000_000_000, "3600 s"), (-5_000, "-5 µs"),
    (Int64.min, "-9223372037 s"),
  ])
  func timesHaveThreeFiguresAndTheUnitThatFits(nanoseconds: Int64, text: String) {
    #expect(readable(nanoseconds: nanoseconds) == text)
  }

  @Test func wrappedTextKeepsItsWords() {
    #expect(wrapped("one two  three", to: 8) == ["one two", "three"])
    #expect(wrapped("서버가 응답을 보낸다", to: 13) == ["서버가 응답을", "보낸다"])
    #expect(wrapped("abcdefgh ij", to: 3) == ["abc", "def", "gh", "ij"])
    #expect(wrapped("a\nb", to: 9) == ["a", "b"])
    #expect(wrapped("", to: 9) == [""])
  }

  @Test func whatIsCutOffSaysSo() {
    #expect(Line("클라이언트").clipped(to: 6, mark: "…").painted(color: false) == "클라…")
    #expect(Line("client").clipped(to: 6, mark: "…").painted(color: false) == "client")
  }

  @Test func columnsStandUnderEachOtherWhateverTheirScript() {
    var table = TextTable()
    table.rows = [[.init("서버"), .init("x")], [.init("server"), .init("y")]]
    #expect(table.lines(width: 60).map { $0.painted(color: false) } == ["  서버    x", "  server  y"])
  }
}
