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
  /// `a + b - c`: from the left, by operators that bind alike.
  case operations(CodeExpression, [Operation])
  /// `a <= b <= c`: each with its neighbour.
  case relations(CodeExpression, [Relation])
  case all([CodeExpression])
  case any([CodeExpression])
  case not(CodeExpression)

  package struct Operation: Equatable, Sendable {
    package var sign: CodeOperator
    package var value: CodeExpression

    package init(_ sign: CodeOperator, _ value: CodeExpression) {
      self.sign = sign
      self.value = value
    }
  }

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
    case .operations(let first, let rest): first.names + rest.flatMap(\.value.names)
    case .relations(let first, let rest): first.names + rest.flatMap(\.value.names)
    case .all(let parts), .any(let parts): parts.flatMap(\.names)
    case .not(let part): part.names
    }
  }

  /// The value, with truth as 1; nil where a name has none, or the number grows too large. As in Python, what an `and`, an
  /// `or` or a chain of relations does not need is not computed.
  package func value(_ names: (String) -> Int?) -> Int? {
    switch self {
    case .number(let number): return number
    case .name(let name): return names(name)
    case .operations(let first, let rest):
      guard var result = first.value(names) else { return nil }
      for operation in rest {
        guard let value = operation.value.value(names), let next = operation.sign.value(result, value) else {
          return nil
        }
        result = next
      }
      return result
    case .relations(let first, let rest):
      guard var left = first.value(names) else { return nil }
      for relation in rest {
        guard let right = relation.value.value(names) else { return nil }
        if !relation.relation.holds(left, right) { return 0 }
        left = right
      }
      return 1
    case .all(let parts):
      for part in parts {
        guard let value = part.value(names) else { return nil }
        if value == 0 { return 0 }
      }
      return 1
    case .any(let parts):
      for part in parts {
        guard let value = part.value(names) else { return nil }
        if value != 0 { return 1 }
      }
      return 0
    case .not(let part): return part.value(names).map { $0 == 0 ? 1 : 0 }
    }
  }
}

extension CodeOperator {
  /// The result; nil where it grows too large, or is divided by zero. A quotient is rounded down, as Python's.
  package func value(_ one: Int, _ other: Int) -> Int? {
    let (result, isTooLarge) =
      switch self {
      case .add: one.addingReportingOverflow(other)
      case .subtract: one.subtractingReportingOverflow(other)
      case .multiply: one.multipliedReportingOverflow(by: other)
      case .divide: one.flooredReportingOverflow(by: other)
      case .and: (one & other, false)
      case .or: (one | other, false)
      }
    return isTooLarge ? nil : result
  }
}

extension Int {
  fileprivate func flooredReportingOverflow(by other: Int) -> (partialValue: Int, overflow: Bool) {
    let (quotient, isTooLarge) = dividedReportingOverflow(by: other)
    guard !isTooLarge, quotient.multipliedReportingOverflow(by: other).partialValue != self else {
      return (quotient, isTooLarge)
    }
    return ((self < 0) == (other < 0) ? quotient : quotient - 1, false)
  }
}

extension CodeExpression: CustomStringConvertible {
  package var description: String {
    switch self {
    case .number(let number): "\(number)"
    case .name(let name): name
    case .operations(let first, let rest):
      "(\(first)" + rest.map { " \($0.sign.rawValue) \($0.value)" }.joined() + ")"
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
