import Documents

extension Page {
  /// Puts facts behind what they stand in, among the blocks of the page.
  ///
  /// - Parameters:
  ///   - groups: in the order of their lines.
  ///   - number: the number of the first facts among the tables of the page.
  mutating func insert(_ groups: [FactReader.Group], countedFrom number: Int) {
    guard !groups.isEmpty else { return }
    var rest = groups.enumerated().map { place, group in
      (
        facts: Facts(
          table: number + place, line: group.rows[0].line, heading: group.heading, rows: group.rows),
        end: group.end
      )
    }[...]
    var all: [Block] = []
    for (index, block) in blocks.enumerated() {
      let next = index + 1 < blocks.count ? blocks[index + 1].firstLine : .max
      guard case .prose(let lines, let first) = block else {
        all.append(block)
        while let group = rest.first, group.end < next { all.append(.facts(rest.removeFirst().facts)) }
        continue
      }
      var begin = 0
      while let group = rest.first, group.end < next {
        let end = min(max(group.end + 1 - first, begin), lines.count)
        if begin < end { all.append(.prose(lines: Array(lines[begin..<end]), line: first + begin)) }
        all.append(.facts(rest.removeFirst().facts))
        begin = end
      }
      if begin < lines.count { all.append(.prose(lines: Array(lines[begin...]), line: first + begin)) }
    }
    blocks = all
  }
}

extension Page.Block {
  fileprivate var firstLine: Int {
    switch self {
    case .prose(_, let line): line
    case .ladder(let ladder): ladder.line
    case .facts(let facts): facts.line
    }
  }
}
