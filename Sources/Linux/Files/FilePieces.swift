import Glibc
package import SystemPackage

/// A file that is read piece by piece, however large it is.
package struct FilePieces: ~Copyable {
  private let descriptor: Descriptor

  /// Octets of a piece.
  private static let length = 1 << 20

  /// Opens the file at `path`; `-` is standard input.
  ///
  /// The corresponding C function is `open`.
  package init(_ path: String) throws(Errno) {
    descriptor =
      path == "-"
      ? Descriptor(owning: try result { dup(STDIN_FILENO) })
      : Descriptor(owning: try result(retrying: true) { unsafe open(path, O_RDONLY | O_CLOEXEC) })
  }

  /// The next octets; of a pipe as many as are there. Nil at the end of the file.
  ///
  /// - Throws: EISDIR for a folder, and what `read` throws.
  ///
  /// The corresponding C function is `read`.
  package borrowing func next() throws(Errno) -> [UInt8]? {
    var piece = [UInt8](repeating: 0, count: Self.length)
    let number = descriptor.rawValue
    let count = try result(retrying: true) { unsafe Glibc.read(number, &piece, piece.count) }
    guard count > 0 else { return nil }
    if count < piece.count { piece.removeLast(piece.count - count) }
    return piece
  }
}
