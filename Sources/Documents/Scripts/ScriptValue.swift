/// A value in a call of a script: an argument, a result, or a part of one.
package indirect enum ScriptValue: Equatable, Sendable {
  /// `...`: whatever is usual, or is seen.
  case ellipsis
  case integer(Int)
  /// A constant of the kernel by its name.
  case name(String)
  case octets([UInt8])
  /// `[a, b]`
  case list([ScriptValue])
  /// `a|b`
  case union([ScriptValue])
  /// `{name=value, ...}`, also with values that have no name.
  case record([Field])
  /// `htons(8080)`
  case call(String, [ScriptValue])

  package struct Field: Equatable, Sendable {
    package var name: String?
    /// A count in parentheses behind the name, as in `msg_iov(1)=`.
    package var count: ScriptValue?
    package var value: ScriptValue

    package init(_ name: String?, count: ScriptValue? = nil, _ value: ScriptValue) {
      self.name = name
      self.count = count
      self.value = value
    }
  }

  /// The number that it stands for, or nil where it is none.
  package var number: Int? {
    switch self {
    case .integer(let number): return number
    case .name(let name): return ScriptConstants.values[name]
    case .union(let parts):
      var sum = 0
      for part in parts {
        guard let number = part.number else { return nil }
        sum |= number
      }
      return sum
    case .call("htons", let arguments):
      return arguments.count == 1 ? arguments[0].number : nil
    default: return nil
    }
  }

  /// The value of the field with this name in a record.
  package subscript(field name: String) -> ScriptValue? {
    guard case .record(let fields) = self else { return nil }
    return fields.first { $0.name == name }?.value
  }

  /// The elements of a list.
  package var elements: [ScriptValue]? { if case .list(let elements) = self { elements } else { nil } }

  /// The names in it that stand for no constant.
  package var unknownNames: [String] {
    switch self {
    case .name(let name): ScriptConstants.values[name] == nil ? [name] : []
    case .list(let parts), .union(let parts), .call(_, let parts): parts.flatMap(\.unknownNames)
    case .record(let fields): fields.flatMap(\.value.unknownNames)
    case .ellipsis, .integer, .octets: []
    }
  }

  /// Tells whether what was seen is what this value stands for.
  ///
  /// - Parameter tolerance: by how much times of messages may differ.
  package func matches(_ seen: ScriptValue, within tolerance: Duration = .zero) -> Bool {
    if self == .ellipsis || seen == .ellipsis { return true }
    if let one = time, let other = seen.time { return max(one - other, other - one) <= tolerance }
    if let number { return number == seen.number }
    switch (self, seen) {
    case (.octets(let one), .octets(let other)): return one == other
    case (.list(let one), .list(let other)):
      return one.count == other.count && zip(one, other).allSatisfy { $0.matches($1, within: tolerance) }
    case (.record(let fields), .record(let others)):
      // A field that only one of the two has is not compared: the kernel tells more than a script names.
      return fields.enumerated().allSatisfy { place, field in
        guard let name = field.name else {
          return place >= others.count || field.value.matches(others[place].value, within: tolerance)
        }
        return others.first { $0.name == name }.map { field.value.matches($0.value, within: tolerance) }
          ?? true
      }
    default: return self == seen
    }
  }

  private var time: Duration? {
    guard let seconds = self[field: "scm_sec"]?.number, let rest = self[field: "scm_nsec"]?.number else {
      return nil
    }
    return .seconds(seconds) + .nanoseconds(rest)
  }
}

extension ScriptValue: CustomStringConvertible {
  package var description: String {
    switch self {
    case .ellipsis: return "..."
    case .integer(let number): return "\(number)"
    case .name(let name): return name
    case .octets(let octets):
      return "\"" + octets.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() + "\""
    case .list(let parts): return "[" + parts.map(\.description).joined(separator: ", ") + "]"
    case .union(let parts): return parts.map(\.description).joined(separator: "|")
    case .record(let fields):
      let texts = fields.map { field in
        let count = field.count.map { "(\($0))" } ?? ""
        return field.name.map { "\($0)\(count)=\(field.value)" } ?? "\(field.value)"
      }
      return "{" + texts.joined(separator: ", ") + "}"
    case .call(let name, let arguments):
      return name + "(" + arguments.map(\.description).joined(separator: ", ") + ")"
    }
  }
}

/// A call in a script, with what it must return.
package struct ScriptCall: Equatable, Sendable {
  package var name: String
  package var arguments: [ScriptValue]
  package var result: ScriptValue
  /// The symbol of the error, `EAGAIN`; nil where none is named.
  package var error: String?
  /// The time at which a call that waits must return; nil for one that must return at once.
  package var end: ScriptTime?

  package init(
    name: String, arguments: [ScriptValue], result: ScriptValue, error: String? = nil, end: ScriptTime? = nil
  ) {
    self.name = name
    self.arguments = arguments
    self.result = result
    self.error = error
    self.end = end
  }
}

extension ScriptCall: CustomStringConvertible {
  package var description: String {
    "\(name)(\(arguments.map(\.description).joined(separator: ", "))) = \(result)"
      + (error.map { " \($0)" } ?? "")
  }
}
