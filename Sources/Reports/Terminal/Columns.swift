import Claims
import Documents
import Traces

/// The sections of a page of which two, with a run each, stand side by side.
struct Columns {
  /// Columns between the two.
  static let gap = 3

  let before: [ToldPage.Block]
  /// The two sections, each up to its run; and the runs.
  let prose: Both<[ToldPage.Block]>
  let runs: Both<ToldPage.Block>
  /// The rest of the second section, and the sections behind it.
  let after: [ToldPage.Block]
  /// The width of each, in columns of the terminal.
  let width: Int

  /// Nil where not exactly two sections have a run, one right behind the other, or where there is no room.
  init?(_ sections: [[ToldPage.Block]], width: Int) {
    self.width = (width - Self.gap) / 2
    let places = sections.indices.filter { Self.run(in: sections[$0]) != nil }
    guard self.width >= Style.narrowest, places.count == 2, places[1] == places[0] + 1,
      let first = Self.run(in: sections[places[0]]), let second = Self.run(in: sections[places[1]]),
      sections[places[0]][(first + 1)...].allSatisfy(Self.isBlank)
    else { return nil }
    let (left, right) = (sections[places[0]], sections[places[1]])
    before = Array(sections[..<places[0]].joined())
    prose = Both(left: Array(left[..<first]), right: Array(right[..<second]))
    runs = Both(left: left[first], right: right[second])
    after = Array(right[(second + 1)...]) + sections[(places[1] + 1)...].joined()
  }

  private static func run(in section: [ToldPage.Block]) -> Int? {
    section.firstIndex { if case .run = $0 { true } else { false } }
  }

  private static func isBlank(_ block: ToldPage.Block) -> Bool {
    guard case .prose(let lines) = block else { return false }
    return lines.allSatisfy { $0.allSatisfy(\.isWhitespace) }
  }
}
