/// One of the statements of a script about TCP_INFO: what scripts use of Python is read without it.
package enum CodeStatement: Equatable, Sendable {
  /// Something that must be true.
  case assert(CodeExpression)
  /// `name = value`, and with an operator `name += value`.
  case assign(String, CodeOperator?, CodeExpression)
}

package enum CodeOperator: String, Equatable, Sendable, CaseIterable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "//"
  case and = "&"
  case or = "|"
}

package enum CodeRelation: String, Equatable, Sendable, CaseIterable {
  case equal = "=="
  case unequal = "!="
  case atMost = "<="
  case atLeast = ">="
  case less = "<"
  case greater = ">"

  func holds(_ one: Int, _ other: Int) -> Bool {
    switch self {
    case .equal: one == other
    case .unequal: one != other
    case .atMost: one <= other
    case .atLeast: one >= other
    case .less: one < other
    case .greater: one > other
    }
  }
}

package indirect enum CodeExpression: Equatable, Sendable {
  case number(Int)
  case name(String)
  case binary(CodeExpression, CodeOperator, CodeExpression)
  /// `a <= b <= c`: each with its neighbour.
  case relations(CodeExpression, [Relation])
  case all([CodeExpression])
  case any([CodeExpression])
  case not(CodeExpression)

  package struct Relation: Equatable, Sendable {
    package var relation: CodeRelation
    package var value: CodeExpression

    package init(_ relation: CodeRelation, _ value: CodeExpression) {
      self.relation = relation
      self.value = value
    }
  }

  /// The names in it, in their order.
  package var names: [String] {
    switch self {
    case .number: []
    case .name(let name): [name]
    case .binary(let one, _, let other): one.names + other.names
    case .relations(let first, let rest): first.names + rest.flatMap(\.value.names)
    case .all(let parts), .any(let parts): parts.flatMap(\.names)
    case .not(let part): part.names
    }
  }

  /// The value, with truth as 1; nil where a name has none, or the number grows too large.
  package func value(_ names: (String) -> Int?) -> Int? {
    switch self {
    case .number(let number): return number
    case .name(let name): return names(name)
    case .binary(let one, let sign, let other):
      guard let one = one.value(names), let other = other.value(names) else { return nil }
      return sign.value(one, other)
    case .relations(let first, let rest):
      guard var left = first.value(names) else { return nil }
      var holds = true
      for relation in rest {
        guard let right = relation.value.value(names) else { return nil }
        if !relation.relation.holds(left, right) { holds = false }
        left = right
      }
      return holds ? 1 : 0
    case .all(let parts):
      let values = parts.map { $0.value(names) }
      return values.contains(nil) ? nil : values.allSatisfy { $0 != 0 } ? 1 : 0
    case .any(let parts):
      let values = parts.map { $0.value(names) }
      return values.contains(nil) ? nil : values.contains { $0 != 0 } ? 1 : 0
    case .not(let part): return part.value(names).map { $0 == 0 ? 1 : 0 }
    }
  }
}

extension CodeOperator {
  /// The result; nil where it grows too large, or is divided by zero.
  package func value(_ one: Int, _ other: Int) -> Int? {
    let (result, isTooLarge) =
      switch self {
      case .add: one.addingReportingOverflow(other)
      case .subtract: one.subtractingReportingOverflow(other)
      case .multiply: one.multipliedReportingOverflow(by: other)
      case .divide: one.dividedReportingOverflow(by: other)
      case .and: (one & other, false)
      case .or: (one | other, false)
      }
    return isTooLarge ? nil : result
  }
}

extension CodeExpression: CustomStringConvertible {
  package var description: String {
    switch self {
    case .number(let number): "\(number)"
    case .name(let name): name
    case .binary(let one, let sign, let other): "(\(one) \(sign.rawValue) \(other))"
    case .relations(let first, let rest):
      "\(first)" + rest.map { " \($0.relation.rawValue) \($0.value)" }.joined()
    case .all(let parts): parts.map(\.description).joined(separator: " and ")
    case .any(let parts): parts.map(\.description).joined(separator: " or ")
    case .not(let part): "not \(part)"
    }
  }
}

extension CodeStatement: CustomStringConvertible {
  package var description: String {
    switch self {
    case .assert(let expression): "assert \(expression)"
    case .assign(let name, let sign, let value): "\(name) \(sign?.rawValue ?? "")= \(value)"
    }
  }
}
