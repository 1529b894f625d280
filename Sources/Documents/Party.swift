/// One of the two parties of a ladder, by the column in which it stands.
package enum Party: String, Codable, CaseIterable, Sendable {
  case left, right

  package var other: Party { self == .left ? .right : .left }
}

/// A value for each party.
package struct Both<Value> {
  package var left: Value
  package var right: Value

  package init(left: Value, right: Value) {
    self.left = left
    self.right = right
  }

  package init(_ value: Value) { self.init(left: value, right: value) }

  package subscript(party: Party) -> Value {
    get { party == .left ? left : right }
    set {
      switch party {
      case .left: left = newValue
      case .right: right = newValue
      }
    }
  }

  package func map<Other>(_ change: (Value) throws -> Other) rethrows -> Both<Other> {
    Both<Other>(left: try change(left), right: try change(right))
  }
}

extension Both: Sendable where Value: Sendable {}
extension Both: Equatable where Value: Equatable {}
extension Both: Hashable where Value: Hashable {}
extension Both: Codable where Value: Codable {}
