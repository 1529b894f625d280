import ArgumentParser
import Documents
import Linux
import SystemPackage
import Traces

/// Files that a person gives.
enum Input {
  /// More than any page or run has; a larger file is a mistake, and told at once.
  static let limit = 64 << 20

  static func bytes(_ path: String) throws -> [UInt8] {
    do {
      return try WholeFile.read(path, limit: limit)
    } catch Errno.fileTooLarge {
      throw Failure(
        "\(path): larger than \(limit >> 20) MB: expected a text that a person could read",
        status: ExitCode(64))
    } catch {
      throw Failure("\(path): \(error)", status: ExitCode(64))
    }
  }

  /// The claims of these pages that a person asks for; nil where all are wanted.
  static func claims(_ ids: [String], in sources: [Run.Source]) throws -> Set<String>? {
    guard !ids.isEmpty else { return nil }
    var known: [String] = []
    for page in try sources.map({ try Page(reading: $0.text, name: $0.name) }) {
      known += page.claims.filter { !known.contains($0) }
    }
    let wanted = ids.map { id in known.first { $0.lowercased() == id.lowercased() } ?? id }
    for id in wanted where !known.contains(id) {
      throw Failure(
        "there is no claim \(id); there are \(known.sorted().joined(separator: ", "))", status: ExitCode(64))
    }
    return Set(wanted)
  }

  static func page(_ path: String) throws -> Run.Source {
    let bytes = try bytes(path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure("\(path): not UTF-8: expected a Markdown text", status: ExitCode(64))
    }
    return Run.Source(name: path, text: text)
  }
}
