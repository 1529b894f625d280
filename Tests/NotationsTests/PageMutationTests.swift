import Chance
import ChangedPages
import Documents
import Kinds
import Notations
import TCP
import Testing

/// Pages in every notation with random changes: reading them never traps, and what is written of them is read as the
/// same again.
@Suite(.tags(.pure)) struct PageMutationTests {
  @Test(arguments: 0..<40) func aMutatedPageIsReadAndWrittenAgain(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var count = 0
    for _ in 0..<10 {
      let text = random.mutatedPage()
      guard let page = try? Page(reading: text, name: "mutated") else { continue }
      count += 1
      if let fault = page.firstWrittenFault() { Issue.record("\(fault):\n\(text)") }
    }
    // Were no page read, nothing would be written again.
    #expect(count >= 3)
  }

  @Test(arguments: PageExamples.all.indices) func everyExampleHasALadder(index: Int) throws {
    #expect(try !Page(reading: PageExamples.all[index], name: "example").ladders.isEmpty)
  }
}
