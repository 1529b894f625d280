extension Page {
  /// Something of a page that was not read, by its line, as it stands there.
  package struct Unread: Equatable, Sendable {
    package var line: Int
    package var text: String
    package var kind: Kind

    package enum Kind: Equatable, Sendable {
      /// A party's cell of a ladder, or a part of one.
      case cell
      /// Anything else, with what it is and why it was not read where its text does not say so.
      case other(String?)
    }

    package init(line: Int, text: String, kind: Kind = .cell) {
      self.line = line
      self.text = text
      self.kind = kind
    }

    /// A remark on it for a reader of the report; nil where there is nothing to say.
    package var note: String? {
      switch kind {
      case .cell: Spelling.suggestion(for: text).map { "did you mean \($0)?" }
      case .other(let note): note
      }
    }

    /// `SYN+AKC (did you mean SYN+ACK?)`.
    package var description: String { text + (note.map { " (\($0))" } ?? "") }
  }
}

extension Ladder {
  /// The first cell of which nothing was read; where a step must be hidden in it, the first in which one may be.
  package func firstUnread(hidingAStep: Bool) -> (rung: Int, unread: Page.Unread)? {
    for (index, rung) in rungs.enumerated() {
      for party in Party.allCases where rung.cells[party].isUnread {
        let text = rung.cells[party].text
        if hidingAStep && !Vocabulary.hasStep(text) { continue }
        return (index, Page.Unread(line: rung.line, text: text))
      }
    }
    return nil
  }
}
