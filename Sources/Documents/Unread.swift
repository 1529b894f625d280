extension Page {
  /// Something of a page that was not read, by its line, as it stands there.
  package struct Unread: Equatable, Sendable {
    package var line: Int
    package var text: String
    package var kind: Kind

    package enum Kind: Equatable, Sendable {
      /// A party's cell of a ladder, or a part of one, with its misspellings corrected where that can be read.
      case cell(suggestion: String?)
      /// Anything else, with what it is and why it was not read where its text does not say so.
      case other(String?)
    }

    package init(line: Int, text: String, kind: Kind = .cell(suggestion: nil)) {
      self.line = line
      self.text = text
      self.kind = kind
    }

    /// A remark on it for a reader of the report; nil where there is nothing to say.
    package var note: String? {
      switch kind {
      case .cell(let suggestion): suggestion.map { "did you mean \($0)?" }
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
      for party in Party.allCases {
        guard let unread = rung.cells[party].unreadText, unread.mayHideStep || !hidingAStep else { continue }
        let kind = Page.Unread.Kind.cell(suggestion: unread.suggestion)
        return (index, Page.Unread(line: rung.line, text: rung.cells[party].text, kind: kind))
      }
    }
    return nil
  }
}
