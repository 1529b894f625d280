extension Picture {
  /// More rows than this are nothing that a person looks at.
  static let mostRows = 150

  /// The first rows, and how many more there are.
  func cut(to count: Int) -> Picture {
    guard rows.count > count, let last = rows.prefix(count).last else { return self }
    var picture = self
    let rest = rows.count - count
    picture.rows =
      Array(rows.prefix(count)) + [Row(.note("\(counted(rest, "more row"))"), at: last.place, time: nil)]
    return picture
  }
}
