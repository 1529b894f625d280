import Linux
import SystemPackage

/// A program that needs no file beside it, as the first process of a guest must.
package enum StaticProgram {
  /// The octets of the program.
  ///
  /// - Parameter path: nil for the one that runs.
  /// - Throws: ``GuestError`` where it needs others: a loader, libraries.
  package static func read(_ path: String? = nil) throws(GuestError) -> [UInt8] {
    let bytes: [UInt8]
    do { bytes = try WholeFile.read(path ?? "/proc/self/exe", limit: 1 << 30) } catch {
      throw GuestError("\(path ?? "this program"): \(error)")
    }
    guard !isELF(bytes) || number(bytes, at: 18, size: 2) == 62 else {
      throw GuestError("\(path ?? "this program") is not an x86-64 executable, but guests need one")
    }
    guard isStatic(bytes) else {
      throw GuestError(
        "\(path ?? "this program") needs shared libraries, but a guest has none. Build a static executable:\n"
          + "  swift build -c release --static-swift-stdlib -Xswiftc -static-executable --product tcpprobe\n"
          + "and run it, or name it with --program")
    }
    return bytes
  }

  /// Tells whether an ELF file asks for no interpreter (PT_INTERP); false for what is no ELF file.
  package static func isStatic(_ bytes: [UInt8]) -> Bool {
    guard isELF(bytes) else { return false }
    let offset = Int(number(bytes, at: 32, size: 8))
    let size = Int(number(bytes, at: 54, size: 2))
    let count = Int(number(bytes, at: 56, size: 2))
    guard offset > 0, size >= 4, offset + count * size <= bytes.count else { return false }
    return !(0..<count).contains { number(bytes, at: offset + $0 * size, size: 4) == 3 }
  }

  private static func isELF(_ bytes: [UInt8]) -> Bool {
    bytes.count > 64 && bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
  }

  private static func number(_ bytes: [UInt8], at place: Int, size: Int) -> UInt64 {
    bytes[place..<(place + size)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
