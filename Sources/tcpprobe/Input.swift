import ArgumentParser
import Documents
import Guests
import Linux
import Notations
import SystemPackage
import Traces

/// Files that a person gives.
enum Input {
  /// More than any page or run has; a larger file is a mistake, and told at once.
  static let limit = 64 << 20

  /// The name of a file for a person: `-` is standard input.
  static func name(of path: String) -> String { path == "-" ? "standard input" : path }

  /// The place of a file that a person has named: in a guest where it was put, else the path itself.
  static func place(of path: String) -> String { carried[path] ?? path }

  /// Tells whether a file that a person has named was put into this guest.
  static func isCarried(_ path: String) -> Bool { carried[path] != nil }

  private static let carried = CarriedFiles.ofThisGuest()

  /// The octets of a file, or of the built-in page of this name where there is no such file.
  static func bytes(_ path: String) throws -> [UInt8] {
    let name = name(of: path)
    do {
      return try WholeFile.read(place(of: path), limit: limit)
    } catch Errno.fileTooLarge {
      throw Failure(
        "\(name): larger than \(limit >> 20) MB: expected a smaller text file",
        status: ExitCode(64))
    } catch Errno.noSuchFileOrDirectory where BuiltInPages.page(path) != nil {
      return Array((BuiltInPages.page(path)?.source ?? "").utf8)
    } catch {
      throw Failure("\(name): \(error)", status: ExitCode(64))
    }
  }

  /// The claims of these pages that a person asks for; nil where all are wanted.
  static func claims(_ ids: [String], in sources: [Run.Source]) throws -> Set<String>? {
    try ids.isEmpty ? nil : AskedClaims(ids, in: sources, for: .check).wanted
  }

  /// A page, or one connection of a capture as a page.
  ///
  /// - Parameter connection: the number of the connection; nil for the only one.
  static func page(_ path: String, connection: Int? = nil) throws -> Run.Source {
    try page(path, document(path, connection: connection), connection: connection)
  }

  /// The same of a file that was read.
  static func page(_ path: String, _ document: Document, connection: Int?) throws -> Run.Source {
    let name = name(of: path)
    switch document {
    case .capture(let input):
      try input.refuseEmpty()
      input.noteFault()
      guard let one = try input.only(connection) else {
        throw Failure(
          "\(name): \(input.capture.connections.count) connections: choose one with --connection NUMBER;"
            + " tcpprobe explain \(path) lists them", status: ExitCode(64))
      }
      return try input.page(of: [one]).source
    case .text(let bytes):
      if connection != nil { throw Failure("--connection needs a capture file", status: ExitCode(64)) }
      if let reason = CaptureReader.refusal(of: bytes) {
        throw Failure("\(name): \(reason)", status: ExitCode(64))
      }
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw Failure(
          "\(name): not UTF-8: expected a Markdown file or a capture (pcap, pcapng)", status: ExitCode(64))
      }
      return Run.Source(name: name, text: text)
    }
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
