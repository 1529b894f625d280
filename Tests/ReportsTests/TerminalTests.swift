import Reports
import Testing

@Suite struct TerminalTests {
  static let cases = Samples.all.flatMap { sample in
    [60, 66, 71, 72, 80, 93, 100, 120].flatMap { width in [true, false].map { (sample.name, width, $0) } }
  }

  @Test(arguments: cases)
  func noLineIsWiderThanTheTerminal(name: String, width: Int, unicode: Bool) throws {
    let sample = try #require(Samples.all.first { $0.name == name })
    let text = sample.assessment.rendered(as: .terminal, style: Style(width: width, unicode: unicode))
    for line in text.split(separator: "\n") { #expect(line.displayWidth <= width, "\(line)") }
  }

  @Test func withoutColourThereIsNoEscapeCode() {
    for sample in Samples.all {
      #expect(!sample.assessment.rendered(as: .terminal).unicodeScalars.contains("\u{1B}"), "\(sample.name)")
    }
  }

  @Test func colourChangesNothingButColour() {
    for sample in Samples.all {
      let plain = sample.assessment.rendered(as: .terminal)
      let painted = sample.assessment.rendered(as: .terminal, style: Style(color: true))
      #expect(painted.replacing(/\u{1B}\[[0-9]+m/, with: "") == plain)
      #expect(painted != plain)
    }
  }
}
