import Documents

/// The ladder's place on the screen, and how far it is scrolled back.
extension LiveView {
  /// A step of scrolling.
  package enum Scrolling: Equatable, Sendable {
    /// Almost as many lines as are shown.
    case back, forward
    case begin, end
  }

  /// The lines of the ladder that a screen of this size shows, without its heads.
  package struct ShownLadder: Equatable, Sendable {
    package var lines: Range<Int>
    package var count: Int

    package var isComplete: Bool { lines.count == count }
    /// The number of lines below those that are shown.
    package var below: Int { count - lines.upperBound }
  }

  /// The part of the ladder that a screen of this size shows; nil where it shows none.
  package func shownLadder(width: Int, height: Int) -> ShownLadder? {
    guard LiveView.fits(width: width, height: height), help == nil, explanation.isEmpty else { return nil }
    return layout(min(width, 120), height, Glyphs(unicode: true)).ladder.shown
  }

  /// The number of lines below the screen after this step of scrolling.
  package func linesBelow(after step: Scrolling, width: Int, height: Int) -> Int {
    guard let shown = shownLadder(width: width, height: height) else { return linesBelow }
    // A line of the last screen stays, so that the eye finds its place.
    let page = max(1, shown.lines.count - 1)
    return switch step {
    case .back: min(shown.below + page, shown.below + shown.lines.lowerBound)
    case .forward: max(0, shown.below - page)
    case .begin: shown.below + shown.lines.lowerBound
    case .end: 0
    }
  }

  /// The ladder's lines under its heads, in exactly so much room.
  func ladder(_ columns: Int, _ room: Int, _ glyphs: Glyphs) -> (lines: [Line], shown: ShownLadder?) {
    guard var picture, room > 1 else { return (Array(repeating: Line(), count: max(0, room)), nil) }
    picture.footnotes = []
    var style = Style(width: columns)
    style.unicode = glyphs.unicode
    var lines = LadderDrawing(picture, style: style).lines()
    let heads = lines.removeFirst()
    let last = min(lines.count, max(room - 1, lines.count - linesBelow))
    let shown = ShownLadder(lines: max(0, last - (room - 1))..<last, count: lines.count)
    let rest = Array(repeating: Line(), count: room - 1 - shown.lines.count)
    return ([heads] + lines[shown.lines] + rest, shown)
  }
}

extension LiveView.ShownLadder {
  /// The part in words: `lines 7 to 12 of 19`.
  package var words: String { "lines \(lines.lowerBound + 1) to \(lines.upperBound) of \(count)" }

  /// The keys that show more; nil where all is shown.
  var keys: String? {
    switch (lines.lowerBound > 0, below > 0) {
    case (true, true): "PageUp, PageDown"
    case (true, false): "PageUp: earlier"
    case (false, true): "PageDown: later"
    case (false, false): nil
    }
  }
}
