/// A kernel that was built as a program of this machine (`make ARCH=um`), as its file tells.
///
/// It needs no emulator: where time is virtual, a record takes a third of the time that it takes in QEMU.
struct UserModeLinux {
  /// All that it says of itself, from its release on, as `/proc/version` has it behind "Linux version".
  let banner: String
  /// True if it was built with CONFIG_UML_TIME_TRAVEL_SUPPORT: its time jumps over sleep.
  let hasVirtualTime: Bool

  /// Nil for any other file, the `vmlinux` of a machine included.
  init?(reading bytes: [UInt8]) {
    guard bytes.starts(with: [0x7F] + Array("ELF".utf8)),
      Self.places(of: "User Mode Linux", in: bytes).first != nil
    else { return nil }
    // The banner stands there twice; in one of them the number of the build is not filled in.
    let title = "Linux version "
    let banners = Self.places(of: title, in: bytes).map { place in
      String(
        decoding: bytes[(place + title.utf8.count)...].prefix(512).prefix {
          $0 != 0 && $0 != UInt8(ascii: "\n")
        },
        as: UTF8.self)
    }
    guard let banner = banners.filter({ $0.first?.isNumber == true }).max(by: { $0.count < $1.count }) else {
      return nil
    }
    self.banner = banner
    hasVirtualTime = Self.places(of: "time-travel=inf-cpu", in: bytes).first != nil
  }

  /// The places at which this text begins.
  private static func places(of text: String, in bytes: [UInt8]) -> [Int] {
    let wanted = Array(text.utf8)
    var places: [Int] = []
    var place = 0
    while let next = bytes[place...].firstIndex(of: wanted[0]) {
      if bytes[next...].starts(with: wanted) { places.append(next) }
      place = next + 1
    }
    return places
  }
}
