import Claims
import Documents

/// The parts of the pages in the order in which a lesson shows them.
struct LessonPlan {
  enum Block {
    case prose([String])
    case figure(Figure)
    case facts(Facts, of: ToldPage)
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
      let told = ToldPage(assessment: assessment, page: page)
      return page.sections.filter(told.isShown).map { section in
        told.blocks(of: section).compactMap { block -> Block? in
          switch block {
          case .prose(let lines): .prose(lines)
          case .cited(let claims): .cited(claims)
          case .run(let place): figure(place)
          case .facts(let facts): .facts(facts, of: told)
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
