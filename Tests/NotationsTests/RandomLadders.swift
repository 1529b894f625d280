import Chance
import Documents
import TCP

/// Ladders that a page can hold, with anything that the notation knows.
extension SplitMix64 {
  mutating func ladder() -> Ladder {
    let columns = (0..<Int.random(in: 0...3, using: &self)).map { _ in
      one(of: ["#", "time", "note", "way", "비고", "a|b"])
    }
    var rungs = (0..<Int.random(in: 0...8, using: &self)).map { _ in rung(columns) }
    // What makes the two columns the parties'.
    rungs.append(Rung(cells: Both(left: speaking(), right: speaking())))
    rungs.shuffle(using: &self)
    return Ladder(
      parties: Both(
        left: one(of: ["client", "요청자", "a | b", "x*y"]), right: one(of: ["server", "RES", ""])),
      rungs: rungs, isExhaustive: chance(30))
  }

  private mutating func rung(_ columns: [String]) -> Rung {
    let texts = ["1", "+0.2 ms", "close to it", "a|b", "`x`", "보냄", "back\\", "\\|"]
    return Rung(
      cells: Both(left: cell(), right: cell()),
      claims: chance(50) ? [] : (0..<Int.random(in: 0...2, using: &self)).map { "A\($0).\($0)" },
      notes: columns.map { Rung.Note(column: $0, text: one(of: texts)) })
  }

  private mutating func speaking() -> Cell { Cell(elements: [.segment(segment())]) }

  private mutating func cell() -> Cell {
    var elements: [Cell.Element] = []
    switch Int.random(in: 0..<10, using: &self) {
    case 0: return Cell(text: one(of: ["...waiting", "", "a legend", "SYN: a | b \\", "연결", "…"]))
    case 1: elements.append(.lost)
    case 2: elements.append(.timeout)
    case 3: break
    case 4, 5: elements = (0...Int.random(in: 0..<3, using: &self)).map { _ in .call(call()) }
    default: elements = (chance(20) ? [.call(call())] : []) + [.segment(segment())]
    }
    if elements.isEmpty || chance(30) { elements.append(.state(one(of: State.allCases))) }
    return Cell(elements: elements)
  }

  private mutating func call() -> Call {
    one(of: [
      .connect, .listen, .accept, .close, .receive(nil), .receive(1_000_000), .send(1), .shutdown(.read),
      .shutdown(.write), .shutdown(.both),
    ])
  }

  private mutating func segment() -> SegmentPattern {
    var pattern = SegmentPattern(
      flags: Flags(rawValue: chance(30) ? 0 : .random(in: .min ... .max, using: &self)))
    if chance(70) { pattern.sequence = number() }
    if chance(70) { pattern.acknowledgment = chance(20) ? .absent : .number(number()) }
    if chance(40) { pattern.length = one(of: [0, 1, 100, 1_000_000]) }
    let isNamed = !pattern.flags.isEmpty || pattern.sequence != nil || pattern.acknowledgment != nil
    pattern.isData = !isNamed || chance(20)
    return pattern
  }

  private mutating func number() -> SegmentPattern.Number {
    if chance(60) { return .literal(one(of: [0, 1, 1000, .max])) }
    return .variable(
      name: one(of: ["x", "y", "Z", "b12", "client_isn"]), plus: one(of: [0, 1, -1, 4_294_967_295]))
  }
}
