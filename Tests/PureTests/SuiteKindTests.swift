import Foundation
import Kinds
import Testing

/// The folder of a test says its kind, so that one regular expression of `.ci/run` runs all that are pure.
@Suite(.tags(.pure)) struct SuiteKindTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A source file of the tests.
  private struct Source {
    var file: String
    var lines: [Substring]
    var module: String { String(file.prefix { $0 != "/" }) }
  }

  /// A suite that no other contains.
  private struct Suite {
    var file: String
    var module: String
    var name: String
    var attribute: String
    /// As `swift test --filter` meets it.
    var id: String { "\(module).\(name)/test()" }
  }

  private static let sources: [Source] = {
    let tests = root.appending(path: "Tests")
    let names = FileManager.default.enumerator(atPath: tests.path)?.compactMap { $0 as? String } ?? []
    return names.filter { $0.hasSuffix(".swift") }.sorted().map { name in
      let text = (try? String(contentsOf: tests.appending(path: name), encoding: .utf8)) ?? ""
      return Source(file: name, lines: text.split(separator: "\n"))
    }
  }()

  /// The name of the type that this line declares or extends, and how.
  private static func type(in line: Substring) -> (keyword: Substring, name: String)? {
    let words = line.split(separator: " ")
    for (keyword, name) in zip(words, words.dropFirst())
    where ["struct", "enum", "class", "extension"].contains(keyword) {
      let name = name.prefix { $0.isLetter || $0.isNumber }
      if name.first?.isUppercase ?? false { return (keyword, String(name)) }
    }
    return nil
  }

  private static let suites: [Suite] = sources.flatMap { source in
    var suites: [Suite] = []
    var attribute: String?
    for line in source.lines where attribute != nil || line.hasPrefix("@Suite") {
      let text = (attribute ?? "") + line
      attribute = text
      guard let type = type(in: line) else { continue }
      suites.append(Suite(file: source.file, module: source.module, name: type.name, attribute: text))
      attribute = nil
    }
    return suites
  }

  /// The expression that the command for pure tests has.
  private static func expression() throws -> Regex<AnyRegexOutput> {
    let script = try String(contentsOf: root.appending(path: ".ci/run"), encoding: .utf8)
    let line = try #require(script.split(separator: "\n").first { $0.hasPrefix("pure='") })
    return try Regex(String(line.dropFirst("pure='".count).dropLast()))
  }

  @Test func everySuiteIsPureOrOfTheKernelAndOnlyThePureOnesAreChosen() throws {
    #expect(Self.suites.count > 100)
    let expression = try Self.expression()
    for suite in Self.suites {
      let (isPure, isKernel) = (
        suite.attribute.contains(".tags(.pure"), suite.attribute.contains(".tags(.kernel")
      )
      #expect(isPure != isKernel, "\(suite.file): \(suite.name) has neither or both of the tags")
      #expect(suite.id.contains(expression) == isPure, "\(suite.file): \(suite.name)")
    }
  }

  /// A test that stands in none of them would have no kind.
  @Test func everyTestStandsInSuchASuite() throws {
    let names = Set(Self.suites.map { "\($0.module) \($0.name)" })
    for source in Self.sources {
      var isInSuite = false
      for line in source.lines {
        if !line.hasPrefix(" "), !line.hasPrefix("@Suite"), let type = Self.type(in: line) {
          isInSuite = names.contains("\(source.module) \(type.name)")
        } else if line.hasPrefix("@Suite") {
          isInSuite = true
        }
        #expect(isInSuite || !line.trimmedStart.hasPrefix("@Test"), "\(source.file): \(line)")
      }
    }
  }
}

extension Substring {
  fileprivate var trimmedStart: Substring { drop { $0 == " " } }
}
