import Claims
import Documents
import Traces

extension Picture {
  /// The index of the first row in which this picture and another differ; nil where they have the same rows. The number of
  /// this one's rows where only the other goes on.
  func firstDifference(from other: Picture) -> Int? {
    let first = rows.indices.first { index in
      guard other.rows.indices.contains(index) else { return true }
      let (row, usual) = (rows[index], other.rows[index])
      return row.what != usual.what || row.states != usual.states
    }
    return first ?? (other.rows.count > rows.count ? rows.count : nil)
  }
}

extension Assessment {
  /// The first row of a picture in which it differs from the first ladder of the run.
  func difference(of picture: Picture, atTrace place: Int) -> Int? {
    guard let usual = ladders.first, usual.trace != place else { return nil }
    return picture.firstDifference(from: Picture(of: run.traces[usual.trace], judged: usual))
  }
}
