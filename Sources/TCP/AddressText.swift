/// Reading addresses back from the text that their descriptions write, for files that hold them.

extension Address {
  /// The address that this text names (dotted quad, or IPv6 with at most one `::` and perhaps a dotted quad at its
  /// end), or nil.
  package init?(_ text: some StringProtocol) {
    if text.contains(":"), text.contains("."), let colon = text.lastIndex(of: ":") {
      guard let end = Address(text[text.index(after: colon)...]), end.family == .ipv4 else { return nil }
      let words = stride(from: 0, to: 4, by: 2).map {
        String(UInt16(end.bytes[$0]) << 8 | UInt16(end.bytes[$0 + 1]), radix: 16)
      }
      self.init(text[...colon] + words.joined(separator: ":"))
    } else if text.contains(":") {
      let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
      func groups(_ half: Substring) -> [UInt16]? {
        if half.isEmpty { return [] }
        let read = half.split(separator: ":", omittingEmptySubsequences: false)
          .map { $0.count <= 4 && $0.allSatisfy(\.isHexDigit) ? UInt16($0, radix: 16) : nil }
        return read.contains(nil) ? nil : read.compactMap { $0 }
      }
      let parts = halves.map { groups(Substring($0)) }
      guard let front = parts[0] else { return nil }
      var all = front
      if parts.count == 2 {
        guard let back = parts[1], front.count + back.count < 8 else { return nil }
        all += Array(repeating: 0, count: 8 - front.count - back.count) + back
      }
      guard all.count == 8 else { return nil }
      self.init(bytes: all.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] })
    } else {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { number($0, UInt8.self) }
      guard parts.count == 4, !parts.contains(nil) else { return nil }
      self.init(bytes: parts.compactMap { $0 })
    }
  }
}

extension Endpoint {
  /// The endpoint that this text names (`192.0.2.1:80`, `[::1]:80`), or nil.
  package init?(_ text: some StringProtocol) {
    guard let colon = text.lastIndex(of: ":"),
      let port = number(text[text.index(after: colon)...], UInt16.self)
    else { return nil }
    var host = text[..<colon]
    // Without its brackets an IPv6 address does not say where it ends.
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    if isBracketed { host = host.dropFirst().dropLast() }
    guard let address = Address(String(host)), isBracketed == (address.family == .ipv6) else { return nil }
    self.init(address, port)
  }
}

/// Decimal digits without a sign and without a leading zero, which some readers take for octal.
private func number<Number: FixedWidthInteger>(_ text: some StringProtocol, _: Number.Type) -> Number? {
  let digits = text.utf8
  guard digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
    digits.count == 1 || digits.first != UInt8(ascii: "0")
  else { return nil }
  return Number(text)
}

extension Endpoint: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let endpoint = Endpoint(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\(text) is no address with a port"))
    }
    self = endpoint
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
