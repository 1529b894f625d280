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

  private static func mutated(_ seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    var scalars = Array(random.one(of: figures).unicodeScalars)
    for _ in 0..<Int.random(in: 1...40, using: &random) {
      let place = Int.random(in: 0..<scalars.count, using: &random)
      if Bool.random(using: &random) {
        scalars.insert(contentsOf: random.one(of: splices).unicodeScalars, at: place)
      } else {
        scalars.removeSubrange(place..<min(scalars.count - 1, place + 4))
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  /// Were all refused, the other test would hold without a figure that was read.
  @Test func ofMutatedFiguresAThirdIsRead() {
    let seeds: Range<UInt64> = 0..<100
    let count = seeds.count { seed in
      (try? Page(reading: "```\n\(Self.mutated(seed))\n```\n", name: "mutated")) != nil
    }
    #expect(count * 3 >= seeds.count, "\(count)")
  }

  @Test(arguments: 0..<100) func aMutatedFigureIsReadOrRefused(seed: UInt64) {
    let figure = Self.mutated(seed)
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
