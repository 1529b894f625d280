import Documents
import FoundationEssentials
import TCP

/// The fault of a file that should hold a run: its place, and what was expected there.
package struct RunError: Error, Equatable, CustomStringConvertible {
  /// `traces[0].events[3].what`; empty where the file as a whole is meant.
  package var path: String
  package var message: String

  package init(path: String = "", message: String) {
    self.path = path
    self.message = message
  }

  package var description: String { path.isEmpty ? message : "\(path): \(message)" }
}

extension Run {
  /// The run in this JSON text, checked so that every place it names is there.
  ///
  /// What else the file holds, verdicts among it, is passed over: they are judged anew.
  package init(reading json: [UInt8]) throws(RunError) {
    let first = json.first { !" \t\r\n".utf8.contains($0) }
    guard first == UInt8(ascii: "{") else {
      throw RunError(
        message: "not a saved run: expected JSON, as tcpprobe COMMAND --format json --output FILE writes it")
    }
    // The version first: in a file of another one, no other error would mean anything.
    let head = try Run.decode(Head.self, from: json)
    if let kind = head.kind, kind != "run" {
      throw RunError(
        path: "kind", message: "this file holds \"\(kind)\"; expected \"run\", as check writes it")
    }
    let found = head.schema
    guard 1...Run.currentSchema ~= found else {
      throw RunError(
        path: "schema",
        message: "this file has version \(found); this program reads versions 1 to \(Run.currentSchema)")
    }
    self = try Run.decode(Run.self, from: json)
    try check()
  }

  private struct Head: Decodable {
    var schema: Int
    /// Files of older programs do not say.
    var kind: String?
  }

  private static func decode<Value: Decodable>(_ type: Value.Type, from json: [UInt8]) throws(RunError)
    -> Value
  {
    do {
      return try JSONDecoder().decode(type, from: Data(json))
    } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
      throw JSONFault.first(in: json) ?? RunError(message: context.debugDescription)
    } catch {
      throw RunError(error)
    }
  }
}

extension RunError {
  fileprivate init(_ error: any Error) {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      self.init(path: RunError.text(context.codingPath), message: "there is no \"\(key.stringValue)\" here")
    case DecodingError.valueNotFound(let type, let context):
      self.init(
        path: RunError.text(context.codingPath), message: "null where \(RunError.name(type)) was expected")
    case DecodingError.typeMismatch(let type, let context):
      self.init(path: RunError.text(context.codingPath), message: "\(RunError.name(type)) was expected here")
    case DecodingError.dataCorrupted(let context):
      self.init(path: RunError.text(context.codingPath), message: context.debugDescription)
    default:
      self.init(message: "this cannot be read as a run")
    }
  }

  private static func text(_ path: [any CodingKey]) -> String {
    path.reduce("") { text, key in
      if let index = key.intValue { return text + "[\(index)]" }
      return text + (text.isEmpty ? "" : ".") + key.stringValue
    }
  }

  private static func name(_ type: Any.Type) -> String {
    if type is any FixedWidthInteger.Type { return "a whole number" }
    if type is String.Type { return "a text" }
    if type is Bool.Type { return "true or false" }
    if "\(type)".hasPrefix("Array") { return "a list" }
    return "an object"
  }
}
