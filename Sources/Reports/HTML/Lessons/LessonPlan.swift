import Claims
import Documents

/// The parts of the pages in the order in which a lesson shows them.
struct LessonPlan {
  enum Block {
    case prose([String])
    case figure(Figure)
    case facts(Facts, PageRuns)
  }

  /// The sections, each with its heading first.
  let sections: [[Block]]

  /// - Parameter telling: false where the pages are not lessons, so that only their ladders are shown.
  init(_ assessment: Assessment, figures: Figures, telling: Bool = true) {
    var shown: Set<Int> = []
    func figure(_ place: Int) -> Block? {
      guard let figure = figures.all.first(where: { $0.place == place }), !figure.picture.rows.isEmpty,
        shown.insert(place).inserted
      else { return nil }
      return .figure(figure)
    }
    sections = assessment.pages.flatMap { page in
      let runs = PageRuns(assessment: assessment, page: page)
      return runs.sections.map { section in
        // A section without a ladder shows the runs that its facts were measured in.
        let hasLadder = section.contains { if case .ladder = $0 { true } else { false } }
        return section.flatMap { block -> [Block] in
          switch block {
          case .prose(let lines, _): return telling ? [.prose(lines)] : []
          case .ladder(let ladder): return runs.traces(of: ladder).compactMap(figure)
          case .facts(let facts):
            guard telling else { return [] }
            return (hasLadder ? [] : runs.traces(of: facts).compactMap(figure)) + [.facts(facts, runs)]
          }
        }
      }
    }.filter { !$0.isEmpty }
  }

  /// The figures in the order of the lesson.
  var figures: [Figure] {
    sections.joined().compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
  }
}
