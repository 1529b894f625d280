import Documents

extension Picture {
  /// More rows than this are no longer read one by one.
  private static let long = 30

  /// The same with one row in the place of the middle of a long run in which the same steps are repeated.
  func withoutRepetition() -> Picture {
    guard rows.count > Self.long, let repetition = longestRepetition() else { return self }
    var picture = self
    // The first and the last round stay.
    let middle = repetition.start + repetition.period..<repetition.end - repetition.period
    let rounds = middle.count / repetition.period
    let count = rows[middle].count { !$0.isPause }
    guard rounds > 1, rows[middle].allSatisfy({ $0.remarks.isEmpty && $0.states == Both(nil) }) else {
      return self
    }
    var note = Row(
      .note("\(counted(count, "step")) not shown: the same \(grouped(rounds)) more times"),
      at: rows[middle.lowerBound].place, time: nil)
    note.isFaint = true
    picture.rows.replaceSubrange(middle, with: [note])
    return picture
  }

  /// The longest stretch of rows in which the same few kinds of steps follow each other in rounds.
  private func longestRepetition() -> (start: Int, end: Int, period: Int)? {
    var longest: (start: Int, end: Int, period: Int)?
    for period in 1...6 {
      var start = rows.startIndex
      for index in rows.indices.dropFirst(period) {
        if rows[index].isLike(rows[index - period]) {
          let length = index + 1 - start
          let end = index + 1 - length % period
          if end - start >= 4 * period, end - start > longest.map({ $0.end - $0.start }) ?? 0 {
            longest = (start, end, period)
          }
        } else {
          start = index - period + 1
        }
      }
    }
    return longest
  }
}

extension Picture.Row {
  /// Tells whether both rows show the same kind of step by the same party.
  fileprivate func isLike(_ other: Picture.Row) -> Bool {
    guard states == other.states else { return false }
    switch (what, other.what) {
    case (.segment(_, let one, let part), .segment(_, let two, let other)): return one == two && part == other
    case (.call(let one, let caller, _, _), .call(let two, let other, _, _)):
      return one == two && caller == other
    default: return false
    }
  }
}
