import Documents
import TCP

/// The places of everything in a drawing, in units of its own; time runs down.
struct LadderLayout {
  /// Columns from left to right: the rows' numbers, times if there are any, a lane, a life line, the wire, a life line, a
  /// lane, and a margin.
  static let numbers = 28.0
  static let margin = 2.0
  /// The distance by which a segment arrives lower than it left.
  static let slant = 28.0
  /// The top of the lanes, below the parties' names.
  static let top = 46.0

  struct Placed {
    var row: Picture.Row
    /// Counted from 1; nil for a pause, which is no step.
    var number: Int?
    /// The row from here on down is this row's.
    var top: Double
    /// The height of the row; of a segment the place where it leaves.
    var y: Double
    /// Of a segment, where it arrives.
    var arrival: Double
    var bottom: Double
    /// True if other rows happened while the segment was under way.
    var isOvertaken = false
  }

  struct Block {
    var state: State
    var from: Double
    var to: Double
  }

  let picture: Picture
  let times: Double
  let wire: Double
  /// The width of a lane: a call stands in it with its result.
  let lane: Double
  private(set) var rows: [Placed] = []
  private(set) var lanes: Both<[Block]> = Both([])
  private(set) var bottom = 0.0

  var left: Double { Self.numbers + times + lane }
  var right: Double { left + wire }
  var width: Double { right + lane + Self.margin }

  func x(of party: Party) -> Double { party == .left ? left : right }

  init(_ picture: Picture) {
    self.picture = picture
    times = picture.rows.contains { $0.time != nil } ? 58 : 0
    let widest =
      picture.rows.map { row in
        // What is lost has its label before the cross.
        if case .segment(let label, _, let part) = row.what {
          return labelWidth(label) + (part.remark == nil ? 0 : 80)
        }
        return 0
      }.max() ?? 0
    wire = min(460, max(300, widest + 64))
    let longest = picture.rows.compactMap { $0.callLabel?.displayWidth }.max() ?? 0
    lane = min(230, max(120, Double(longest) * callCharacter + 30))
    placeRows()
    placeLanes()
  }

  private mutating func placeRows() {
    var cursor = Self.top + 6
    /// Segments that are still under way.
    var pending: [Int] = []
    for (row, number) in zip(picture.rows, picture.steps) {
      let due = pending.filter {
        (rows[$0].row.arrival ?? 0) <= row.place || rows[$0].row.receiver.map(row.arrivals.contains) == true
      }
      for index in due { land(index, at: &cursor) }
      pending.removeAll(where: due.contains)
      var placed = Placed(row: row, number: number, top: cursor, y: 0, arrival: 0, bottom: 0)
      switch row.what {
      case .segment:
        placed.y = cursor + 20
        // It arrives before anything else happens, or it is drawn when that did.
        let next = picture.rows.first { $0.place > row.place && !$0.isPause }
        placed.isOvertaken = next.map { $0.place < row.arrival ?? 0 } ?? false
        placed.arrival = placed.y + Self.slant
        placed.bottom =
          placed.isOvertaken ? placed.y + 14 : placed.arrival + 10 + 15 * Double(row.annotations.count)
        if placed.isOvertaken { pending.append(rows.count) }
      case .call: (placed.y, placed.bottom) = (cursor + 28, cursor + 46)
      case .pause, .note:
        (placed.y, placed.bottom) = (cursor + 24, cursor + 42 + 15 * Double(row.reasons.count))
      case .states: (placed.y, placed.bottom) = (cursor + 16, cursor + 34)
      }
      if !row.isSegment { placed.arrival = placed.y }
      cursor = placed.bottom
      rows.append(placed)
    }
    for index in pending { land(index, at: &cursor) }
    bottom = max(cursor, (rows.map(\.arrival).max() ?? 0) + 22) + 8
  }

  private mutating func land(_ index: Int, at cursor: inout Double) {
    rows[index].arrival = cursor + 14
    cursor += 26 + 15 * Double(rows[index].row.annotations.count)
  }

  /// A sender's state changes where its segment leaves, a receiver's where it arrives.
  private mutating func placeLanes() {
    for party in Party.allCases {
      var changes: [(state: State, y: Double)] = picture.initial[party].map { [($0, Self.top)] } ?? []
      var later: [(state: State, y: Double)] = []
      for placed in rows {
        guard let state = placed.row.states[party] else { continue }
        var y = placed.y
        if case .segment(_, let sender, _) = placed.row.what, sender != party { y = placed.arrival }
        later.append((state, y))
      }
      for change in later.sorted(by: { $0.y < $1.y }) where change.state != changes.last?.state {
        changes.append(change)
      }
      lanes[party] = changes.indices.map { index in
        Block(
          state: changes[index].state, from: changes[index].y,
          to: index + 1 < changes.count ? changes[index + 1].y : bottom)
      }
    }
  }
}

/// The width of a character of a call.
let callCharacter = 7.3

/// About how wide a label is, in the widest of the usual fonts.
func labelWidth(_ text: String) -> Double { Double(text.displayWidth) * labelCharacter }
let labelCharacter = 8.45
