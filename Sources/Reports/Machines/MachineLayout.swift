import Learning
import TCP

/// The places of a machine's drawing: a box for each state of the kernel where RFC 9293's diagram has it, with the states of
/// the machine in it, and lines for the changes that the diagram has.
///
/// The other changes stand as words in the boxes, and so do those that lead back to CLOSED or LISTEN: as lines they would
/// cover the rest.
struct MachineLayout {
  static let width = 1040.0
  static let boxWidth = 236.0
  static let lineHeight = 15.0

  typealias Point = (x: Double, y: Double)

  struct Box {
    var state: State
    var middle: Point
    /// The lines below the state's name, each with its style.
    var lines: [(form: String, text: String)]
    var height: Double { 36 + MachineLayout.lineHeight * Double(lines.count) }
  }

  struct Way {
    var change: LearnedMachine.Change
    var line: Stretch
    var label: Point
    var words: [String]
  }

  private(set) var boxes: [Box] = []
  private(set) var ways: [Way] = []
  private(set) var height = 0.0

  init(_ machine: LearnedMachine) {
    let changes = machine.changes
    let groups = Dictionary(grouping: 0..<machine.stateCount) { machine.kernelState(of: $0) }
    for row in Self.rows {
      let made = row.compactMap { place -> Box? in
        guard let states = groups[place.state] else { return nil }
        let numbers = Self.lines(states.map(String.init).joined(separator: ", "), indent: "")
        let ends = changes.filter { $0.from == place.state && Self.isFolded($0) }
        let words = ends.flatMap { change in
          Self.lines(
            "\(change.isInFigure ? "" : "≠ ")to \(change.to.rawValue): \(change.label)", indent: "  "
          )
          .map { (form: change.isInFigure ? "time faint" : "time unlisted", text: $0) }
        }
        return Box(
          state: place.state, middle: (place.x, 0),
          lines: numbers.map { ("time", $0) } + words)
      }
      guard let tallest = made.map(\.height).max() else { continue }
      let y = height + tallest / 2
      boxes += made.map { box in
        var box = box
        box.middle.y = y
        return box
      }
      height += tallest + 74
    }
    height -= 74
    ways = changes.filter { !Self.isFolded($0) }.compactMap { way($0, among: changes) }
  }

  private static let rows: [[(state: State, x: Double)]] = [
    [(.closed, 520)], [(.listen, 520)], [(.synReceived, 140), (.synSent, 900)], [(.established, 520)],
    [(.finWait1, 140), (.closeWait, 900)], [(.finWait2, 140), (.closing, 520), (.lastAck, 900)],
    [(.timeWait, 330)],
  ]

  /// Tells whether a change stands as words in its box.
  private static func isFolded(_ change: LearnedMachine.Change) -> Bool {
    !change.isInFigure
      || [.closed, .listen].contains(change.to) && ![.closed, .listen].contains(change.from)
  }

  private static func lines(_ text: String, indent: String) -> [String] {
    wrapped(text, to: 33).enumerated().map { ($0 > 0 ? indent : "") + $1 }
  }

  private func box(of state: State) -> Box? { boxes.first { $0.state == state } }

  private func way(_ change: LearnedMachine.Change, among changes: [LearnedMachine.Change]) -> Way? {
    guard let from = box(of: change.from), let to = box(of: change.to) else { return nil }
    let straight = Stretch(from: from.middle, to: to.middle)
    let isPair = changes.contains {
      $0.from == change.to && $0.to == change.from && !Self.isFolded($0)
    }
    // Two ways between the same boxes run beside each other.
    let aside = isPair ? 9.0 : 0
    let (ux, uy) = (
      (straight.to.x - straight.from.x) / straight.length, (straight.to.y - straight.from.y) / straight.length
    )
    func moved(_ point: Point) -> Point { (point.x - uy * aside, point.y + ux * aside) }
    let line = Stretch(
      from: Self.edge(of: from, towards: moved(to.middle), from: moved(from.middle)),
      to: Self.edge(of: to, towards: moved(from.middle), from: moved(to.middle)))
    var words = change.inputs.prefix(2).map(\.rawValue)
    let more = change.inputs.count - words.count
    if more == 1, let last = change.inputs.last { words.append(last.rawValue) }
    if more > 1 { words.append("\(more) more") }
    return Way(change: change, line: line, label: line.point(isPair ? 0.35 : 0.5), words: words)
  }

  /// The point at which a line from inside a box leaves it.
  private static func edge(of box: Box, towards end: Point, from start: Point) -> Point {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let (halfWidth, halfHeight) = (boxWidth / 2, box.height / 2)
    let toSide =
      dx == 0 ? .infinity : ((dx > 0 ? halfWidth : -halfWidth) - (start.x - box.middle.x)) / dx
    let toEnd =
      dy == 0 ? .infinity : ((dy > 0 ? halfHeight : -halfHeight) - (start.y - box.middle.y)) / dy
    let share = min(toSide, toEnd)
    return (start.x + dx * share, start.y + dy * share)
  }
}
