import Chance
import Documents
import Kinds
import Notations
import Testing

/// Whatever becomes of a figure, reading it ends with ladders or with lines that say why not.
@Suite(.tags(.pure)) struct FigureMutationTests {
  private static let figures = FigureDrawingTests.drawings + [StandardFigureTests.opening]
  private static let splices = [
    "|", ">", "<", "--", "->", "<-", "\\", "/", "x", "X", "─", "→", "│", "\t", "\u{3000}", "語", " ", "\n",
    "+", "...",
    ":", "<SEQ=1><CTL=SYN>", "SYN", "[", ")", "🙂", "\u{301}", "═", "- - ", ">>", "┌───┐", "CLOSED →",
  ]

  @Test(arguments: 0..<100) func aMutatedFigureIsReadOrRefused(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var scalars = Array(random.one(of: Self.figures).unicodeScalars)
    for _ in 0..<Int.random(in: 1...40, using: &random) {
      let place = Int.random(in: 0..<scalars.count, using: &random)
      if Bool.random(using: &random) {
        scalars.insert(contentsOf: random.one(of: Self.splices).unicodeScalars, at: place)
      } else {
        scalars.removeSubrange(place..<min(scalars.count - 1, place + 4))
      }
    }
    let figure = String(String.UnicodeScalarView(scalars))
    for text in ["```\n\(figure)\n```\n", figure] {
      let count = text.split(separator: "\n", omittingEmptySubsequences: false).count
      do {
        let page = try Page(reading: text, name: "mutated")
        #expect(page.ladders.allSatisfy { !$0.rungs.isEmpty && 1...count ~= $0.line }, "\(text)")
        #expect(page.unread.allSatisfy { 1...count ~= $0.line }, "\(text)")
      } catch {
        #expect(error.page == "mutated" && !error.message.isEmpty)
      }
    }
  }
}
