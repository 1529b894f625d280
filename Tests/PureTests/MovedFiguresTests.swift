import ChangedKernels
import Kinds
import Records
import Testing
import Traces

/// The figures that nothing has moved.
@Suite(.tags(.pure)) struct MovedFiguresTests {
  private func record(_ rows: [(what: String, setBy: String, value: Int)], in section: String = "a") -> Record
  {
    Record(
      command: "", environment: Environment(),
      sections: [
        Record.Section(
          name: section, rows: rows.map { Record.Row($0.what, .measured(.count($0.value)), setBy: $0.setBy) })
      ])
  }

  private func unmoved(_ records: [Record]...) -> [String] {
    var figures = MovedFigures()
    for folder in records { figures.add(folder) }
    return figures.unmoved.flatMap { section in section.names.map { "\(section.section): \($0)" } }
  }

  @Test func aFigureMovesFromRecordToRecordAndFromConditionToCondition() {
    let before = record([
      ("still", "", 1), ("turned", "", 1), ("by condition", "x", 1), ("by condition", "y", 2),
    ])
    let after = record([
      ("still", "", 1), ("turned", "", 2), ("by condition", "x", 1), ("by condition", "y", 2),
    ])
    #expect(unmoved([before, after]) == ["a: still"])
  }

  /// Two folders were made on two kernels: what is different between them was moved by nobody.
  @Test func foldersAreNotComparedWithEachOther() {
    let (one, two) = (record([("n", "", 1)]), record([("n", "", 2)]))
    #expect(unmoved([one, one], [two, two]) == ["a: n"])
    #expect(unmoved([one, one], [one, two]).isEmpty)
  }

  @Test func whatWasNotMeasuredIsNoFigureAndMovesNone() {
    var lacking = record([("n", "", 1)])
    lacking.sections[0].rows[0].value = .notMeasured(.timedOut(""))
    #expect(unmoved([lacking, record([("n", "", 1)])]) == ["a: n"])
    #expect(unmoved([lacking, lacking]).isEmpty)
  }
}
