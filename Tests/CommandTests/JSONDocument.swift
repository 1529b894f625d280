import Foundation

/// The description of each kind of JSON in Documentation/json.md: its keys in a table, and examples.
struct JSONDocument {
  /// One kind, under a heading of its own.
  struct Kind {
    var name: String
    var keys: [String: KeyType] = [:]
    var examples: [Data] = []
  }

  /// `array of object?`: what stands behind a key.
  struct KeyType: Equatable {
    var name: String
    /// The type of an array's elements; nil where it is none.
    var element: String?
    /// Tells whether it may be null, or not there.
    var isOptional: Bool

    init?(_ text: String) {
      isOptional = text.hasSuffix("?")
      let words = (isOptional ? String(text.dropLast()) : text).split(separator: " ").map(String.init)
      let names = ["string", "number", "boolean", "object", "map", "any"]
      if words.count == 1, names.contains(words[0]) {
        (name, element) = (words[0], nil)
      } else if words.count == 3, words[0] == "array", words[1] == "of", names.contains(words[2]) {
        (name, element) = ("array", words[2])
      } else {
        return nil
      }
    }
  }

  struct Fault: Error, CustomStringConvertible { var description: String }

  var kinds: [Kind] = []

  init(_ text: String) throws {
    var example: [Substring]?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        if let lines = example, !kinds.isEmpty {
          kinds[kinds.count - 1].examples.append(Data(lines.joined(separator: "\n").utf8))
        }
        example = line == "```json" ? [] : nil
      } else if example != nil {
        example?.append(line)
      } else if let match = line.wholeMatch(of: #/## `([a-z]+)`.*/#) {
        kinds.append(Kind(name: String(match.1)))
      } else if let match = line.wholeMatch(of: #/\| `([^`]+)` +\| ([^|]+?) +\|.*/#), !kinds.isEmpty {
        guard let type = KeyType(String(match.2)) else { throw Fault(description: "no type: \(line)") }
        kinds[kinds.count - 1].keys[String(match.1)] = type
      }
    }
  }
}

/// Any JSON value.
enum JSONValue: Decodable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let boolean = try? value.decode(Bool.self) {
      self = .boolean(boolean)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let string = try? value.decode(String.self) {
      self = .string(string)
    } else if let array = try? value.decode([JSONValue].self) {
      self = .array(array)
    } else {
      self = .object(try value.decode([String: JSONValue].self))
    }
  }
}

/// Holds a JSON text to the keys of its kind.
struct JSONReading {
  let kind: JSONDocument.Kind
  /// The keys that were there.
  var seen: Set<String> = []
  var faults: Set<String> = []

  init(_ kind: JSONDocument.Kind) { self.kind = kind }

  mutating func read(_ data: Data) throws {
    guard case .object(let object) = try JSONDecoder().decode(JSONValue.self, from: data) else {
      faults.insert("it is no object")
      return
    }
    guard case .string(kind.name)? = object["kind"] else {
      faults.insert("its kind is another")
      return
    }
    read(object, at: "")
  }

  private mutating func read(_ object: [String: JSONValue], at path: String) {
    for (key, value) in object {
      let place = path + key
      guard let type = kind.keys[place] else {
        faults.insert("\(place) is not described")
        continue
      }
      if case .null = value {
        if !type.isOptional { faults.insert("\(place) is null") }
        continue
      }
      seen.insert(place)
      read(value, as: type, at: place)
    }
    for (key, type) in kind.keys where !type.isOptional && key.hasPrefix(path) {
      let name = String(key.dropFirst(path.count))
      if !name.contains("."), object[name] == nil { faults.insert("\(key) is not there") }
    }
  }

  private mutating func read(_ value: JSONValue, as type: JSONDocument.KeyType, at place: String) {
    guard let element = type.element, case .array(let array) = value else {
      return read(value, named: type.name, at: place)
    }
    for one in array {
      // An array of things that may be missing holds null for them.
      if case .null = one, type.isOptional { continue }
      read(one, named: element, at: place + "[]")
    }
  }

  private mutating func read(_ value: JSONValue, named type: String, at place: String) {
    switch (type, value) {
    case ("any", _), ("string", .string), ("boolean", .boolean), ("number", .number): break
    case ("map", .object(let map)):
      for value in map.values {
        guard case .string = value else {
          faults.insert("\(place) holds more than strings")
          continue
        }
      }
    case ("object", .object(let object)): read(object, at: place + ".")
    default: faults.insert("\(place) is no \(type)")
    }
  }
}
