package import Documents

extension Page {
  /// The page that this text is, in whatever notations it is written.
  ///
  /// - Parameter figures: the figures that the page's sentences may state a value of.
  package init(reading text: String, name: String, figures: SpokenFigures = .none) throws(PageError) {
    try self.init(text, name: name, isWritten: false, figures: figures)
  }

  /// A page that tcpprobe wrote: its tables are in the notation of ladders, and everything else is prose, kept line for
  /// line.
  package init(written text: String, name: String) throws(PageError) {
    try self.init(text, name: name, isWritten: true, figures: .none)
  }

  private init(
    _ text: String, name: String, isWritten: Bool, figures: SpokenFigures
  ) throws(PageError) {
    guard !text.utf8.contains(0) else {
      throw PageError(page: name, message: "a binary file (it contains a NUL byte): expected text")
    }
    var reader = PageReader(
      name: name, lines: Documents.lines(of: text), isWritten: isWritten, figures: figures)
    self = try reader.read()
  }
}

extension Page {
  /// True if the page has no text.
  var isBlank: Bool {
    blocks.allSatisfy { block in
      if case .prose(let lines, _) = block { lines.allSatisfy { $0[...].isBlank } } else { false }
    }
  }
}
