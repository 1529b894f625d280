/// One item of the options in a header, with what says nothing: scripts name the fillings, too.
package enum OptionItem: Hashable, Sendable {
  case noOperation, end
  case option(Option)

  /// The octets that a Fast Open cookie of the experimental kind begins with (RFC 7413 appendix A).
  package static let experimentalFastOpen: [UInt8] = [0xF9, 0x89]

  /// The items in the options of a header; nil where a length does not fit.
  package static func read(_ bytes: ArraySlice<UInt8>) -> [OptionItem]? {
    var items: [OptionItem] = []
    var rest = bytes
    while let kind = rest.first {
      switch kind {
      case 0:
        items.append(.end)
        rest.removeFirst()
      case 1:
        items.append(.noOperation)
        rest.removeFirst()
      default:
        guard rest.count >= 2 else { return nil }
        let length = Int(rest[rest.startIndex + 1])
        guard length >= 2, length <= rest.count, let option = Option.read(rest.prefix(length))?.first else {
          return nil
        }
        items.append(.option(option))
        rest = rest.dropFirst(length)
      }
    }
    return items
  }

  /// The item as it stands in a header.
  package var bytes: [UInt8] {
    switch self {
    case .end: [0]
    case .noOperation: [1]
    case .option(let option): option.bytes
    }
  }
}

extension OptionItem: CustomStringConvertible {
  /// The item as packetdrill writes it.
  package var description: String {
    switch self {
    case .end: return "eol"
    case .noOperation: return "nop"
    case .option(.fastOpen(let cookie)): return cookie.isEmpty ? "FO" : "FO " + hexadecimal(cookie)
    case .option(.other(kind: 19, let body)): return "md5 " + hexadecimal(body)
    case .option(.other(kind: 254, let body)) where body.starts(with: Self.experimentalFastOpen):
      return body.count == 2 ? "FOEXP" : "FOEXP " + hexadecimal(Array(body.dropFirst(2)))
    case .option(.other(kind: let kind, let body)) where kind == 172 || kind == 174:
      // Accurate ECN: counters of octets, 24 bits each.
      let names = kind == 172 ? ["e0b", "ceb", "e1b"] : ["e1b", "ceb", "e0b"]
      let counters = stride(from: 0, to: body.count - body.count % 3, by: 3).map { place in
        body[place..<(place + 3)].reduce(0) { $0 << 8 | Int($1) }
      }
      return "ECN " + zip(names, counters).map { "\($0) \($1)" }.joined(separator: " ")
    case .option(let option): return option.description
    }
  }
}
