/// A TCP option as it stands in a header (RFC 9293 section 3.2 and the IANA registry).
package enum Option: Hashable, Sendable {
  /// The largest segment that the sender will take, in octets.
  case maximumSegmentSize(UInt16)
  /// The shift of windows, 0 to 14 (RFC 7323 section 2).
  case windowScale(UInt8)
  case sackPermitted
  /// Blocks received out of order, each from its left edge up to before its right edge (RFC 2018).
  case sack([Block])
  /// RFC 7323 section 3.
  case timestamps(value: UInt32, echo: UInt32)
  /// A Fast Open cookie; empty where one is asked for (RFC 7413).
  case fastOpen([UInt8])
  /// Any other option, with its kind and the octets after its length.
  case other(kind: UInt8, body: [UInt8])

  package struct Block: Hashable, Sendable {
    package var left: SequenceNumber
    package var right: SequenceNumber
    package init(left: SequenceNumber, right: SequenceNumber) {
      self.left = left
      self.right = right
    }
  }
}

extension Option: CustomStringConvertible {
  package var description: String {
    switch self {
    case .maximumSegmentSize(let size): "mss \(size)"
    case .windowScale(let shift): "wscale \(shift)"
    case .sackPermitted: "sackOK"
    case .sack(let blocks): "sack " + blocks.map { "\($0.left):\($0.right)" }.joined(separator: " ")
    case .timestamps(let value, let echo): "TS val \(value) ecr \(echo)"
    case .fastOpen(let cookie): cookie.isEmpty ? "TFO" : "TFO " + hexadecimal(cookie)
    case .other(let kind, let body): "option-\(kind)" + (body.isEmpty ? "" : " " + hexadecimal(body))
    }
  }
}

func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

extension Option {
  /// The options in this part of a header; nil where a length does not fit.
  ///
  /// End-of-list ends the reading, no-operation is left out: neither says anything.
  static func read(_ bytes: ArraySlice<UInt8>) -> [Option]? {
    let (options, isWhole) = reading(bytes)
    return isWhole ? options : nil
  }

  /// The options in the front part of this part of a header, up to one that is not whole: of a captured packet the end may
  /// be missing.
  package static func readWhole(of bytes: ArraySlice<UInt8>) -> [Option] { reading(bytes).options }

  private static func reading(_ bytes: ArraySlice<UInt8>) -> (options: [Option], isWhole: Bool) {
    var options: [Option] = []
    var rest = bytes
    while let kind = rest.first {
      if kind == 0 { break }
      if kind == 1 {
        rest.removeFirst()
        continue
      }
      guard rest.count >= 2 else { return (options, false) }
      let length = Int(rest[rest.startIndex + 1])
      guard length >= 2, length <= rest.count else { return (options, false) }
      options.append(Option(kind: kind, body: Array(rest.dropFirst(2).prefix(length - 2))))
      rest = rest.dropFirst(length)
    }
    return (options, true)
  }

  /// An option of a known kind whose length is wrong is kept as ``other(kind:body:)``.
  private init(kind: UInt8, body: [UInt8]) {
    switch (kind, body.count) {
    case (2, 2): self = .maximumSegmentSize(UInt16(bigEndian: body, at: 0))
    case (3, 1): self = .windowScale(body[0])
    case (4, 0): self = .sackPermitted
    case (5, let count) where count > 0 && count % 8 == 0:
      self = .sack(
        stride(from: 0, to: count, by: 8).map {
          Block(
            left: SequenceNumber(UInt32(bigEndian: body, at: $0)),
            right: SequenceNumber(UInt32(bigEndian: body, at: $0 + 4)))
        })
    case (8, 8):
      self = .timestamps(value: UInt32(bigEndian: body, at: 0), echo: UInt32(bigEndian: body, at: 4))
    case (34, _): self = .fastOpen(body)
    default: self = .other(kind: kind, body: body)
    }
  }

  /// This option's octets, kind and length included, without padding.
  var bytes: [UInt8] {
    switch self {
    case .maximumSegmentSize(let size): [2, 4] + size.bigEndianBytes
    case .windowScale(let shift): [3, 3, shift]
    case .sackPermitted: [4, 2]
    case .sack(let blocks):
      [5, UInt8(2 + 8 * blocks.count)]
        + blocks.flatMap { $0.left.rawValue.bigEndianBytes + $0.right.rawValue.bigEndianBytes }
    case .timestamps(let value, let echo): [8, 10] + value.bigEndianBytes + echo.bigEndianBytes
    case .fastOpen(let cookie): [34, UInt8(2 + cookie.count)] + cookie
    case .other(let kind, let body): [kind, UInt8(2 + body.count)] + body
    }
  }
}
