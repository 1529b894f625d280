import Documents
import Notations
import Testing

/// The rows of a ladder's table without the padding of its columns and without notes.
func bareRows(_ ladder: Ladder) -> [String] {
  var ladder = ladder
  for place in ladder.rungs.indices { ladder.rungs[place].notes = [] }
  return bareRows(ladder.markdown)
}

func bareRows(_ markdown: String) -> [String] {
  markdown.split(separator: "\n").filter { !$0.hasPrefix("| --") }.map { row in
    row.dropFirst().split(separator: "|", omittingEmptySubsequences: false).dropLast()
      .map { $0.split(separator: " ").joined(separator: " ") }.joined(separator: "|")
  }
}

/// The rows of each ladder of a page, cells apart by `|`, and of the one ladder of a figure in a fence.
func figureLadders(_ text: String) throws -> [[String]] {
  try Page(reading: text, name: "page.md").ladders.map(bareRows)
}

func figureLadder(_ figure: String) throws -> [String] {
  let all = try figureLadders("```\n" + figure + "\n```")
  #expect(all.count == 1)
  return all.first ?? []
}
