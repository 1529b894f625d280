import ArgumentParser
import Documents
import Linux
import SystemPackage
import TCP
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
      let hint = Nearest.question(about: id, among: known) ?? "tcpprobe list names the claims"
      throw Failure("unknown claim \(id): \(hint)", status: ExitCode(64))
    }
    return Set(wanted)
  }

  /// The built-in pages that make at least one of these claims, and the claims as the pages write them.
  static func builtIn(claims ids: [String]) throws -> (sources: [Run.Source], claims: Set<String>) {
    let all = BuiltInPages.everyPage.map { Run.Source(name: $0.id, text: $0.source) }
    let wanted = try claims(ids, in: all) ?? []
    let sources = try all.filter { source in
      !wanted.isDisjoint(with: try Page(reading: source.text, name: source.name).claims)
    }
    return (sources, wanted)
  }

  static func page(_ path: String) throws -> Run.Source {
    let bytes = try bytes(path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure("\(path): not UTF-8: expected a Markdown text", status: ExitCode(64))
    }
    return Run.Source(name: path, text: text)
  }
}
