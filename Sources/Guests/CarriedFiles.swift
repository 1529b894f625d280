package import Linux

/// Files of this machine that go into a guest. There its command reads them by the paths that it has for them, wherever
/// they lie here.
package struct CarriedFiles: Sendable {
  /// The most files that go into a guest.
  package static let mostFiles = 1_000
  /// The most octets that they hold together.
  package static let mostOctets = 16 << 20

  /// More files than go into a guest.
  package struct Excess: Error, Equatable, CustomStringConvertible {
    package let description: String
  }

  private var contents: [[UInt8]] = []
  private var octets = 0
  /// The place of each path among the contents.
  private var places: [String: Int] = [:]
  /// The place of each file among the contents, whatever its paths are.
  private var known: [FileIdentity: Int] = [:]

  package init() {}

  /// The paths, each file by one or more.
  package var paths: [String] { places.keys.sorted() }

  package func contains(_ path: String) -> Bool { places[path] != nil }
  /// The number of files, each counted once.
  package var count: Int { contents.count }

  /// Adds a file. One that is there already gets this path, too.
  ///
  /// - Parameter identity: the file that the path leads to; nil for standard input.
  package mutating func add(_ path: String, _ bytes: [UInt8], of identity: FileIdentity? = nil)
    throws(Excess)
  {
    guard places[path] == nil else { return }
    if let identity, let place = known[identity] {
      places[path] = place
      return
    }
    guard contents.count < Self.mostFiles else {
      throw Excess(
        description: "more than \(Self.mostFiles) files: expected fewer, because a guest keeps them in memory"
      )
    }
    guard octets + bytes.count <= Self.mostOctets else {
      throw Excess(
        description:
          "\(path): with this file, the files are larger than \(Self.mostOctets >> 20) MB together:"
          + " expected less, because a guest keeps them in memory")
    }
    if let identity { known[identity] = contents.count }
    places[path] = contents.count
    octets += bytes.count
    contents.append(bytes)
  }

  private static let folder = "files"
  private static let names = "files/names"

  private static func name(of place: Int) -> String { "\(folder)/\(place)" }

  /// Puts the files, and a list of their paths, into an archive; nothing where there are none.
  package func add(to archive: inout Archive) {
    guard !contents.isEmpty else { return }
    archive.addFolder(Self.folder)
    archive.addFile(Self.names, Self.list(of: places))
    for (place, bytes) in contents.enumerated() { archive.addFile(Self.name(of: place), bytes) }
  }

  /// Each path, and behind it the name of its file in a guest.
  package static func list(of places: [String: Int]) -> [UInt8] {
    Array(
      places.sorted { $0.key < $1.key }.flatMap { [$0.key, "/" + name(of: $0.value)] }
        .joined(separator: "\0").utf8)
  }

  /// The files in a guest by the paths that its command has for them.
  package static func files(reading list: [UInt8]) -> [String: String] {
    let words = String(decoding: list, as: UTF8.self).split(separator: "\0", omittingEmptySubsequences: false)
      .map(String.init)
    let pairs = stride(from: 0, to: words.count - 1, by: 2).map { (words[$0], words[$0 + 1]) }
    return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  /// The same of the guest that this process runs in; empty on any other machine.
  package static func ofThisGuest() -> [String: String] {
    guard Orders.areForThisMachine, let list = try? WholeFile.read("/" + names, limit: mostOctets) else {
      return [:]
    }
    return files(reading: list)
  }
}
