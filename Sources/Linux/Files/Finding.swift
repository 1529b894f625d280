internal import CLinux
import Glibc

/// Finds the first place of these octets, or nil.
///
/// The corresponding C function is `memmem`.
func firstPlace(of wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
  unsafe bytes.withUnsafeBytes { bytes -> Int? in
    guard let base = bytes.baseAddress,
      let found = unsafe memmem(base, bytes.count, wanted, wanted.count)
    else { return nil }
    return unsafe UnsafeRawPointer(found) - base
  }.map { bytes.startIndex + $0 }
}

/// The line that holds these octets, without its end, or nil.
func row(holding wanted: [UInt8], in lines: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
  guard let place = firstPlace(of: wanted, in: lines) else { return nil }
  let newline = UInt8(ascii: "\n")
  let start = lines[..<place].lastIndex(of: newline).map { $0 + 1 } ?? lines.startIndex
  let end = lines[place...].firstIndex(of: newline) ?? lines.endIndex
  return lines[start..<end]
}
