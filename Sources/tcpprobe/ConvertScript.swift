import ArgumentParser
import Documents
import Notations
import Scenarios
import Traces

extension Convert {
  /// Writes one ladder of a page as a packetdrill script, and tells what a script cannot say.
  ///
  /// - Returns: true where all was read and written.
  func writeScript(of source: Run.Source, into outputs: Outputs) throws -> Bool {
    let read: Page
    do { read = try Page(of: source, by: Scenarios.catalogue) } catch {
      throw Failure("\(error)", status: ExitCode(64))
    }
    let ladder = try chosenLadder(of: read)
    let kept = try party.chosen(of: ladder.parties, for: "--to pkt")
    let written: WrittenScript
    do {
      written = try ladder.script(
        of: kept, page: source.name,
        remarks: ["\(source.name):\(ladder.line), \(ladder.parties[kept])"])
    } catch { throw Failure("\(error)", status: ExitCode(64)) }
    try outputs.write(written.text.visible, to: output)
    for part in written.unwritten {
      Output.note("\(source.name):\(part.line): not written: \(part.reason)")
    }
    for unread in read.unread {
      Output.note("\(source.name):\(unread.line): not read: \(unread.description)")
    }
    return written.unwritten.isEmpty && read.unread.isEmpty
  }

  private func chosenLadder(of page: Page) throws -> Ladder {
    let ladders = page.ladders
    guard let first = ladders.first else {
      throw Failure("\(page.name) has only facts tables: a script shows steps", status: ExitCode(64))
    }
    switch ladder {
    case nil where ladders.count == 1: return first
    case .number(let number)? where ladders.indices.contains(number - 1): return ladders[number - 1]
    case .claim(let id)?:
      let found = ladders.first { $0.rungs.contains { $0.claims.contains(id) } }
      guard let found else {
        throw Failure("--ladder \(id): no ladder of \(page.name) has this claim", status: ExitCode(64))
      }
      return found
    case nil, .number?:
      let list = ladders.enumerated().map { place, ladder in
        "\n\(place + 1): line \(ladder.line), \(ladder.parties.left) and \(ladder.parties.right)"
      }
      throw Failure(
        "\(page.name) has \(ladders.count) ladders, and a script is of one: choose it with --ladder NUMBER"
          + list.joined(), status: ExitCode(64))
    }
  }
}
