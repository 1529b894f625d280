import Claims
import Documents

/// The parts of the pages in the order in which a lesson shows them.
struct LessonPlan {
  enum Block {
    case prose([String])
    case figure(Figure)
    case facts(Facts, PageRuns)
    /// Claims of other pages, by their ids.
    case cited([String])
  }

  /// The sections, each with its heading first.
  let sections: [[Block]]

  init(_ assessment: Assessment, figures: Figures) {
    var shown: Set<Int> = []
    func figure(_ place: Int) -> Block? {
      guard let figure = figures.all.first(where: { $0.place == place }), !figure.picture.rows.isEmpty,
        shown.insert(place).inserted
      else { return nil }
      return .figure(figure)
    }
    // Articles are told where a run has nothing else.
    let lessons = assessment.lessons.isEmpty ? assessment.pages : assessment.lessons
    sections = lessons.flatMap { page in
      let runs = PageRuns(assessment: assessment, page: page)
      return runs.sections.map { section in
        // A section without a ladder shows the runs that its facts were measured in.
        let hasLadder = section.contains { if case .ladder = $0 { true } else { false } }
        return section.flatMap { block -> [Block] in
          switch block {
          case .prose(let lines, _): return Self.blocks(of: lines)
          case .ladder(let ladder): return runs.traces(of: ladder).compactMap(figure)
          case .facts(let facts):
            return (hasLadder ? [] : runs.traces(of: facts).compactMap(figure)) + [.facts(facts, runs)]
          }
        }
      }
    }
  }

  /// The ladders alone, of pages that are no lessons; the drawn scenarios, where there is no ladder.
  init(ofDrawings figures: Figures) {
    let drawn = figures.all.filter { !$0.picture.rows.isEmpty }
    let ladders = drawn.filter(\.isLadder)
    sections = (ladders.isEmpty ? drawn : ladders).map { [.figure($0)] }
  }

  /// The prose, cut where it cites claims.
  private static func blocks(of prose: [String]) -> [Block] {
    var blocks: [Block] = []
    var before: [String] = []
    for line in prose {
      guard let claims = Page.claims(citedIn: line) else {
        before.append(line)
        continue
      }
      blocks += [.prose(before), .cited(claims)]
      before = []
    }
    return blocks + [.prose(before)]
  }

  /// The place of the first of two sections in a row, the only ones with a figure: the usual course and a changed one.
  var courses: Int? {
    let places = sections.indices.filter { place in
      sections[place].contains { if case .figure = $0 { true } else { false } }
    }
    return places.count == 2 && places[1] == places[0] + 1 ? places[0] : nil
  }

  /// The figures in the order of the lesson.
  var figures: [Figure] {
    sections.joined().compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
  }
}
