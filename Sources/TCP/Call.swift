/// A call that a party makes on its socket, as a ladder names it.
package enum Call: Hashable, Sendable {
  case connect
  case listen
  case accept
  /// This many octets are written; with `more` by send() with MSG_MORE, so that a segment that is not full waits for the next
  /// call.
  case send(Int, more: Bool = false)
  /// All that is there is read; with a count, until that many octets have come.
  case receive(Int?)
  case shutdown(Direction)
  case close
  /// close() with SO_LINGER 0: what RFC 9293 calls ABORT.
  case abort

  package enum Direction: String, Sendable { case read = "RD", write = "WR", both = "RDWR" }
}

extension Call {
  /// Tells whether the kernel sends a FIN for it, once all data has left.
  package var sendsFin: Bool {
    switch self {
    case .close, .shutdown(.write), .shutdown(.both): true
    default: false
    }
  }
}

extension Call: CustomStringConvertible {
  /// `connect()`, `send(100)`, `shutdown(WR)`.
  package var description: String {
    switch self {
    case .connect: "connect()"
    case .listen: "listen()"
    case .accept: "accept()"
    case .send(let count, let more): "send(\(count)\(more ? ", MSG_MORE" : ""))"
    case .receive(let count): "recv(\(count.map(String.init) ?? ""))"
    case .shutdown(let direction): "shutdown(\(direction.rawValue))"
    case .close: "close()"
    case .abort: "abort()"
    }
  }

  /// The call that this text writes (`shutdown(SHUT_WR)`, `write(100)`, `send(100, MSG_MORE)`, `close()`), or nil.
  ///
  /// `read`, `recv` and `receive` are one call, and so are `write` and `send`. Case does not matter.
  package init?(_ text: some StringProtocol) {
    guard let open = text.firstIndex(of: "("), text.last == ")" else { return nil }
    let name = text[..<open].lowercased().filter { $0 != " " }
    let argument = text[text.index(after: open)...].dropLast().uppercased().filter { $0 != " " }
    switch (name, argument) {
    case ("connect", ""): self = .connect
    case ("listen", ""): self = .listen
    case ("accept", ""): self = .accept
    case ("close", ""): self = .close
    case ("abort", ""): self = .abort
    case ("recv", ""), ("read", ""), ("receive", ""): self = .receive(nil)
    case ("shutdown", _):
      let bare = argument.hasPrefix("SHUT_") ? String(argument.dropFirst(5)) : argument
      guard let direction = Direction(rawValue: bare) else { return nil }
      self = .shutdown(direction)
    case ("recv", _), ("read", _), ("receive", _):
      guard let count = Int(argument), 1...1_000_000 ~= count else { return nil }
      self = .receive(count)
    case ("send", _) where argument.hasSuffix(",MSG_MORE"):
      guard let count = Int(argument.dropLast(9)), 1...1_000_000 ~= count else { return nil }
      self = .send(count, more: true)
    case ("send", _), ("write", _):
      guard let count = Int(argument), 1...1_000_000 ~= count else { return nil }
      self = .send(count)
    default: return nil
    }
  }
}

extension Call: Codable {
  package init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let call = Call(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\(text) is no call on a socket"))
    }
    self = call
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
