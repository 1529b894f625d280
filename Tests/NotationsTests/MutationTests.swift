import Chance
import Documents
import Notations
import Kinds
import Testing

/// Whatever a text holds, reading it ends with a page or with an error that says where.
@Suite(.tags(.pure)) struct MutationTests {
  private static let splices = [
    "|", "\n", "\r", "\\", "`", "*", "_", "(", ")", "[", "]", "<", ">", "-", ":", "=", "+", ",", "...", "```",
    "<!--",
    "-->", "---", "| --- | --- |", "SYN", "ACK:", "SEQ:4294967296", "99999999999999999999bytes", "send(0)",
    "lost",
    "timeout", "[LISTEN]", "\u{FEFF}", "\u{0}", "\u{301}", "연결", "🙂", " ", "\t", "<br>", "x+", "'",
  ]

  private static func mutated(_ seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    var scalars = Array((ThreeSteps.page + "\n\n" + random.ladder().markdown).unicodeScalars)
    for _ in 0..<Int.random(in: 1...40, using: &random) {
      let place = Int.random(in: 0..<scalars.count, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: scalars.insert(contentsOf: random.one(of: splices).unicodeScalars, at: place)
      case 1: scalars.removeSubrange(place..<min(scalars.count - 1, place + 3))
      default: scalars.swapAt(place, Int.random(in: 0..<scalars.count, using: &random))
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }

  @Test(arguments: 0..<60) func aMutatedPageIsReadOrRefused(seed: UInt64) { check(Self.mutated(seed)) }

  /// Were all refused, the other test would hold without a page that was read.
  @Test func ofMutatedPagesAThirdIsRead() {
    let seeds: Range<UInt64> = 0..<60
    let count = seeds.count { (try? Page(reading: Self.mutated($0), name: "mutated")) != nil }
    #expect(count * 3 >= seeds.count, "\(count)")
  }

  /// A page that was read is written so that it reads again, and then to the same octets.
  private func check(_ text: String) {
    do {
      let page = try Page(reading: text, name: "mutated")
      let written = page.markdown
      let again = try? Page(reading: written, name: "mutated")
      #expect(again?.markdown == written, "\(text)")
      #expect(again?.ladders.count == page.ladders.count, "\(text)")
    } catch {
      #expect(error.page == "mutated" && !error.message.isEmpty)
    }
  }

  @Test(arguments: [
    "[", "SYN(", "|", "`", "<", "\\", "- ", "close() ", "[x] ", "\n|", "<!-- \n", "a|b\n-|-\n",
  ])
  func aLongCellIsReadOrRefused(piece: String) {
    let row = String(repeating: piece, count: 20_000 / piece.utf8.count)
    check("| a | b |\n| --- | --- |\n| SYN | SYN+ACK |\n| \(row) | x |\n")
  }

  @Test func aWideHeaderDoesNotFillManyRows() {
    let count = 15_000
    let header = String(repeating: "a|", count: count) + "\n" + String(repeating: "-|", count: count) + "\n"
    check(header + String(repeating: "SYN|\n", count: count) + "\na|b\n-|-\nSYN|ACK\n")
  }
}
