import Documents

extension Picture {
  /// The index of the first row that another picture does not have in this place; nil where it has them all.
  func firstDifference(from other: Picture) -> Int? {
    rows.indices.first { index in
      guard other.rows.indices.contains(index) else { return true }
      let (row, usual) = (rows[index], other.rows[index])
      return row.what != usual.what || row.states != usual.states
    }
  }
}
