import ArgumentParser
import Documents
import Linux
import SystemPackage
import Traces

/// Files that a person gives.
enum Input {
  /// More than any page or run has; a larger file is a mistake, and told at once.
  static let limit = 64 << 20

  /// The name of a file for a person: `-` is standard input.
  static func name(of path: String) -> String { path == "-" ? "standard input" : path }

  static func bytes(_ path: String) throws -> [UInt8] {
    let name = name(of: path)
    do {
      return try WholeFile.read(path, limit: limit)
    } catch Errno.fileTooLarge {
      throw Failure(
        "\(name): larger than \(limit >> 20) MB: expected a smaller text file",
        status: ExitCode(64))
    } catch {
      throw Failure("\(name): \(error)", status: ExitCode(64))
    }
  }

  /// The claims of these pages that a person asks for; nil where all are wanted.
  static func claims(_ ids: [String], in sources: [Run.Source]) throws -> Set<String>? {
    try ids.isEmpty ? nil : AskedClaims(ids, in: sources, for: .check).wanted
  }

  static func page(_ path: String) throws -> Run.Source {
    let bytes = try bytes(path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure("\(name(of: path)): not UTF-8: expected a Markdown file", status: ExitCode(64))
    }
    return Run.Source(name: name(of: path), text: text)
  }

  /// All pages that come with the program.
  static var builtInPages: [Run.Source] {
    BuiltInPages.everyPage.map { Run.Source(name: $0.id, text: $0.source) }
  }

  /// The page that `--page` names: a built-in page by its id, else a file.
  static func page(named name: String) throws -> Run.Source {
    try BuiltInPages.page(name).map { Run.Source(name: $0.id, text: $0.source) } ?? page(name)
  }
}
