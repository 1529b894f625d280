import Documents

/// A way to write ladders outside of tables: one file or folder, and one entry in ``Notations/all``.
protocol Notation: Sendable {
  /// The name that a person gives to a text in it: `a Mermaid sequence diagram`.
  static var name: String { get }

  /// The exchanges that this block shows in this notation, in the order of their lines; none where it is in another.
  ///
  /// It takes time in proportion to the block's length, and never traps, whatever the block holds.
  static func sketches(in block: TextBlock) -> [Sketch]
}

enum Notations {
  /// Every notation but tables. The first that finds an exchange in a fence reads the fence; in other text each reads
  /// the lines that those before it have left.
  static let all: [any Notation.Type] = [
    Mermaid.self, PlantUML.self, PacketText.self, StandardFigure.self, TextFigure.self, ArrowList.self,
    ProseSteps.self,
  ]
}

/// Lines of a page that are no table: all that is in a fence, or what stands between two headings, fences or tables.
struct TextBlock {
  /// The word behind the opening of a fence, in small letters; nil outside of fences.
  var language: String?
  var lines: [Substring]
  /// The number of the first line, from 1.
  var first: Int

  func line(_ index: Int) -> Int { first + index }
}

/// Exchanges that were found in a block.
struct BlockReading {
  var ladders: [(ladder: Ladder, lines: ClosedRange<Int>)] = []
  var unread: [Page.Unread] = []
  /// Texts in one of the notations that are about something else than TCP.
  var others: [Page.Unread] = []

  init(of block: TextBlock) {
    var rest = block
    for notation in Notations.all {
      let sketches = notation.sketches(in: rest)
      guard !sketches.isEmpty else { continue }
      for sketch in sketches { take(sketch, of: notation, in: block) }
      if block.language != nil { break }
      // The lines that were read are blank to the notations behind.
      for lines in sketches.map(\.lines) {
        for line in lines where rest.lines.indices.contains(line - block.first) {
          rest.lines[line - block.first] = ""
        }
      }
    }
    ladders.sort { $0.lines.lowerBound < $1.lines.lowerBound }
    // The ways through the alternatives of a diagram share lines.
    var known: Set<String> = []
    unread.removeAll { !known.insert("\($0.line) \($0.text)").inserted }
    // Each line is marked once, however many exchanges it lies in.
    var isRead = [Bool](repeating: false, count: block.lines.count)
    var reached = 0
    for lines in ladders.map(\.lines) {
      let end = min(lines.upperBound - block.first + 1, isRead.count)
      let first = max(lines.lowerBound - block.first, reached)
      for index in first..<max(end, first) { isRead[index] = true }
      reached = max(end, reached)
    }
    for part in unread where isRead.indices.contains(part.line - block.first) {
      isRead[part.line - block.first] = true
    }
    let all = block.lines.indices.filter { !isRead[$0] }
    let isRest = !ladders.isEmpty || !unread.isEmpty
    if !isRest || block.language == nil,
      let found = Lookalike(all.map { block.lines[$0] }, language: block.language, isRest: isRest)
    {
      let index = all[found.first]
      unread.append(
        Page.Unread(
          line: block.language == nil ? block.line(index) : block.first - 1,
          text: String(block.lines[index].trimmed.prefix(80)),
          kind: .other("\(found.name) that looks like TCP, and that could not be read as one")))
    }
  }

  private mutating func take(_ sketch: Sketch, of notation: any Notation.Type, in block: TextBlock) {
    var builder = LadderBuilder(sketch)
    do throws(SketchRefusal) {
      let ladder = try builder.build()
      ladders.append((ladder, sketch.lines))
      unread += builder.unread
    } catch {
      let index = error.line - block.first
      let text = block.lines.indices.contains(index) ? String(block.lines[index].trimmed.prefix(80)) : ""
      if error.isTCP { unread += builder.unread }
      let refused = Page.Unread(
        line: error.line, text: text, kind: .other("\(notation.name) is no ladder: \(error.reason)"))
      if error.isTCP { unread.append(refused) } else { others.append(refused) }
    }
  }
}
