import Documents
import Notations

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
