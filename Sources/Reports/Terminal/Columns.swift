import Claims
import Documents
import Traces

/// The sections of a page of which two, with a ladder each, stand side by side.
struct Columns {
  /// Columns between the two.
  static let gap = 3

  let before: [[Page.Block]]
  /// The two sections, each up to its ladder; and the ladders.
  let prose: Both<[Page.Block]>
  let ladders: Both<Page.Block>
  /// The rest of the second section.
  let below: [Page.Block]
  let after: [[Page.Block]]
  /// The width of each, in columns of the terminal.
  let width: Int

  /// Nil where not exactly two sections have a ladder, or where there is no room.
  init?(_ sections: [[Page.Block]], width: Int) {
    self.width = (width - Self.gap) / 2
    let places = sections.indices.filter { Self.ladder(in: sections[$0]) != nil }
    guard self.width >= Style.narrowest, places.count == 2, places[1] == places[0] + 1,
      let first = Self.ladder(in: sections[places[0]]),
      first == sections[places[0]].count - 1
        || sections[places[0]][(first + 1)...].allSatisfy(Self.isBlank),
      let second = Self.ladder(in: sections[places[1]])
    else { return nil }
    before = Array(sections[..<places[0]])
    prose = Both(left: Array(sections[places[0]][..<first]), right: Array(sections[places[1]][..<second]))
    ladders = Both(left: sections[places[0]][first], right: sections[places[1]][second])
    below = Array(sections[places[1]][(second + 1)...])
    after = Array(sections[(places[1] + 1)...])
  }

  private static func ladder(in section: [Page.Block]) -> Int? {
    section.firstIndex { if case .ladder = $0 { true } else { false } }
  }

  private static func isBlank(_ block: Page.Block) -> Bool {
    guard case .prose(let lines, _) = block else { return false }
    return lines.allSatisfy { $0.allSatisfy(\.isWhitespace) }
  }
}

extension Style {
  /// The same for a part of the width.
  func narrowed(to width: Int) -> Style {
    var style = Style(
      width: width, color: color, unicode: unicode, drawsAll: drawsAll, tellsPages: tellsPages)
    style.setsBeside = setsBeside
    style.showsEvidence = showsEvidence
    style.showsTimes = showsTimes
    return style
  }
}

extension Assessment {
  /// The first row of a picture in which it differs from the first ladder of the run.
  func difference(of picture: Picture, atTrace place: Int) -> Int? {
    guard let usual = ladders.first, usual.trace != place else { return nil }
    return picture.firstDifference(from: Picture(of: run.traces[usual.trace], judged: usual))
  }
}
