import Foundation

/// Programs for guests whose end is known: a few instructions of x86-64 each, in a static file.
enum GuestProgram {
  /// Ends at once: a kernel without its first process panics. `mov eax, 60; xor edi, edi; syscall`
  static let ends = file([0xB8, 60, 0, 0, 0, 0x31, 0xFF, 0x0F, 0x05])

  /// Never ends. `jmp .`
  static let hangs = file([0xEB, 0xFE])

  /// Sends octets over the second serial line and ends the machine.
  static func sends(_ text: String) -> Data {
    // mov dx, 0xF4; xor eax, eax; out dx, al: QEMU's exit
    sends(text, then: [0x66, 0xBA, 0xF4, 0x00, 0x31, 0xC0, 0xEE])
  }

  /// Sends octets over the second serial line and ends: a kernel without its first process panics.
  static func panics(afterSending text: String) -> Data {
    // mov al, 60; syscall: 7 octets, for the text's place is counted from before
    sends(text, then: [0xB0, 60, 0x31, 0xFF, 0x0F, 0x05, 0x90])
  }

  private static func sends(_ text: String, then end: [UInt8]) -> Data {
    let code: [UInt8] = [
      0xB8, 172, 0, 0, 0, 0xBF, 3, 0, 0, 0, 0x0F, 0x05,  // iopl(3)
      0x48, 0x8D, 0x35, 38, 0, 0, 0,  // lea rsi, text
      0x8B, 0x0D, 28, 0, 0, 0,  // mov ecx, length
      0x66, 0xBA, 0xFD, 0x02,  // next: mov dx, 0x2FD: the line's status
      0xEC, 0xA8, 0x20, 0x74, 0xFB,  // in al, dx; test al, 0x20; jz .-3: until it takes an octet
      0xAC, 0x66, 0xBA, 0xF8, 0x02, 0xEE,  // lodsb; mov dx, 0x2F8; out dx, al
      0xFF, 0xC9, 0x75, 0xED,  // dec ecx; jnz next
    ]
    return file(code + end + [0xEB, 0xFE] + number(text.utf8.count, 4) + Array(text.utf8))
  }

  /// An ELF file with one segment, which begins with the code.
  private static func file(_ code: [UInt8]) -> Data {
    let address = 0x400000
    let size = 120 + code.count
    let header: [UInt8] =
      [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1] + Array(repeating: 0, count: 9) + number(2, 2) + number(62, 2)
      + number(1, 4) + number(address + 120, 8) + number(64, 8) + number(0, 8) + number(0, 4) + number(64, 2)
      + number(56, 2) + number(1, 2) + number(0, 6)
    let segment =
      number(1, 4) + number(5, 4) + number(0, 8) + number(address, 8) + number(address, 8) + number(size, 8)
      + number(size, 8) + number(4096, 8)
    return Data(header + segment + code)
  }

  private static func number(_ value: Int, _ size: Int) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  /// What passes for a kernel until it is booted: the boot protocol's header, and no code.
  static func image(release: String) -> Data {
    var bytes = [UInt8](repeating: 0, count: 0x400)
    bytes.replaceSubrange(0x202..<0x206, with: Array("HdrS".utf8))
    bytes.replaceSubrange(0x20E..<0x210, with: [0x00, 0x01])
    let text = Array("\(release) (x)".utf8)
    bytes.replaceSubrange(0x300..<(0x300 + text.count), with: text)
    return Data(bytes)
  }
}
