/// TCP_INFO: what the kernel keeps of a connection, read by the length that it returned.
package struct Info: Hashable, Sendable {
  /// The structure's octets in the machine's order. A field that they do not reach is not there.
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }

  /// The field's value, or nil where this kernel's structure ends before it.
  package subscript(field: InfoField) -> UInt64? {
    let end = field.offset + field.width
    guard end <= bytes.count else { return nil }
    // Little-endian machines only: x86-64 and aarch64.
    return bytes[field.offset..<end].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// True if the program wrote too little for the delivery rate to be the path's (tcpi_delivery_rate_app_limited, a bit beside
  /// others).
  package var isLimitedByProgram: Bool? { bytes.count > 7 ? bytes[7] & 1 == 1 : nil }

  /// The state behind the descriptor; CLOSED once TIME_WAIT begins, for its minisocket has no descriptor.
  package var state: State? { self[.state].flatMap { State(linux: UInt8($0)) } }
}

extension Info: Codable {
  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
    static let length = Key(stringValue: "length")
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let length = try container.decode(Int.self, forKey: .length)
    guard 0...4096 ~= length else {
      throw DecodingError.dataCorruptedError(
        forKey: .length, in: container, debugDescription: "\(length) is no length of TCP_INFO")
    }
    var bytes = [UInt8](repeating: 0, count: length)
    for field in InfoField.allCases where field.offset + field.width <= length {
      let value = try container.decodeIfPresent(UInt64.self, forKey: Key(stringValue: field.rawValue)) ?? 0
      for index in 0..<field.width {
        bytes[field.offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
      }
    }
    self.init(bytes: bytes)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(bytes.count, forKey: .length)
    for field in InfoField.allCases {
      // Zeros are left out: most fields of most records are.
      if let value = self[field], value != 0 {
        try container.encode(value, forKey: Key(stringValue: field.rawValue))
      }
    }
  }
}
