package import Claims
import Traces

extension Assessment {
  /// The number of claims with each verdict, as every format counts them; what a document only simplifies is counted
  /// apart from what it has wrong.
  package var counts: [(mark: Mark, count: Int)] {
    let order: [Mark] = [
      .confirmed, .contradicted, .simplified, .conditional, .unobservable, .undecided, .leftOut,
    ]
    let marks = Dictionary(grouping: claims, by: \.verdict.mark)
    return order.compactMap { mark in marks[mark].map { (mark, $0.count) } }
  }

  /// `16 confirmed, 3 contradicted, 1 correct but incomplete, 2 left out by --quick`.
  package var summary: String {
    let parts = counts.map { "\($0.count) \(words(for: $0.mark))" }
    return parts.isEmpty ? "no claims were judged" : parts.joined(separator: ", ")
  }

  /// The verdict in words, with the options that left something out.
  func words(for mark: Mark) -> String {
    guard mark == .leftOut else { return mark.words }
    let options = Omission.allCases.filter { option in run.traces.contains { $0.end == .leftOut(by: option) }
    }
    return options.isEmpty
      ? mark.rawValue : "\(mark.rawValue) by \(options.map(\.rawValue).joined(separator: " and "))"
  }
}
