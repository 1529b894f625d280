/// Octets that a file holds as hexadecimal digits.
package struct Bytes: Equatable, Sendable {
  package var array: [UInt8]
  package init(_ array: [UInt8]) { self.array = array }
}

extension Bytes: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    var array: [UInt8] = []
    var high: UInt8?
    for character in text.utf8 {
      guard let digit = Character(UnicodeScalar(character)).hexDigitValue.map({ UInt8($0) }) else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "bytes must be hexadecimal digits"))
      }
      if let upper = high {
        array.append(upper << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    guard high == nil else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "a byte has two hexadecimal digits"))
    }
    self.init(array)
  }

  package func encode(to encoder: any Encoder) throws {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(array.count * 2)
    for byte in array { text += [digits[Int(byte >> 4)], digits[Int(byte & 0x0F)]] }
    var container = encoder.singleValueContainer()
    try container.encode(String(decoding: text, as: UTF8.self))
  }
}
