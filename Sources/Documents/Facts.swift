/// A table of `what | value | set by`: what no ladder can say.
package struct Facts: Equatable, Sendable {
  /// The number of the table in its page, from 1, counting ladders and facts tables alike.
  package var table: Int
  /// The line of the header row, from 1.
  package var line: Int
  package var heading: String?
  package var rows: [Fact]

  package init(table: Int = 1, line: Int = 1, heading: String? = nil, rows: [Fact]) {
    self.table = table
    self.line = line
    self.heading = heading
    self.rows = rows
  }
}

/// A row of a facts table.
package struct Fact: Equatable, Sendable {
  package var line: Int
  /// The name of a measurement, as a scenario leaves it in the trace.
  package var what: String
  package var value: String
  /// The setting, option or constant that makes it so; empty where the document does not say.
  package var setBy: String
  package var claims: [String]

  package init(line: Int = 1, what: String, value: String, setBy: String = "", claims: [String] = []) {
    self.line = line
    self.what = what
    self.value = value
    self.setBy = setBy
    self.claims = claims
  }
}
