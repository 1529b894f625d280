import Documents

/// Words of all languages, to be found in a text.
struct Words: Sendable {
  /// Words of Latin letters, which are whole words of the text.
  let whole: Set<String>
  /// Words of other scripts and pieces of words.
  let pieces: [String]
  /// The same, to be found octet by octet.
  private let sought: Pieces

  init(_ words: KeyPath<Language, [String]> & Sendable..., arePieces: Bool = false) {
    let all = words.flatMap { path in Language.all.flatMap { $0[keyPath: path] } }
    func isWhole(_ word: String) -> Bool {
      !arePieces && word.unicodeScalars.allSatisfy { $0.value < 0x400 } && !word.contains(" ")
    }
    whole = Set(all.filter(isWhole))
    pieces = all.filter { !isWhole($0) }
    sought = Pieces(pieces)
  }

  /// Tells whether one of them stands in this text of small letters.
  func areIn(_ text: String) -> Bool {
    if sought.isAny(in: text) { return true }
    // Signs of ASCII stand between words; what is beyond it is of a word. `sent` is no word of SYN_SENT.
    return text.utf8.split {
      !($0 > 0x7F || $0.isLetter || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_"))
    }
    .contains { isWhole(Substring($0)) }
  }

  /// Tells whether this is one of the whole words; underscores around it are emphasis.
  func isWhole(_ word: Substring) -> Bool {
    guard word.utf8.first == UInt8(ascii: "_") || word.utf8.last == UInt8(ascii: "_") else {
      return whole.contains(String(word))
    }
    return whole.contains(word.filter { $0 != "_" })
  }

  static let lost = Words(\.lost)
  static let timeout = Words(\.timeout)
  static let again = Words(\.again)
  static let sends = Words(\.sends)
  static let data = Words(\.data)
  static let octets = Words(\.octets)
  static let sequence = Words(\.sequence)
  static let acknowledgment = Words(\.acknowledgment)
  static let both = Words(\.both)
  static let after = Words(\.after)
  static let upon = Words(\.upon)
  static let before = Words(\.before)
  static let received = Words(\.received, arePieces: true)
  static let notReceived = Words(\.notReceived, arePieces: true)
  static let sender = Words(\.sender)
  static let direction = Words(\.direction)
  static let state = Words(\.state)
  static let flags = Words(\.flags)
  static let parties = Words(\.client, \.server, \.hosts)
  static let between = Words(\.between)
  static let length = Words(\.length)
  static let nothing = Words(\.nothing)
  static let receiver = Words(\.receiver)
  static let change = Words(\.change)
  static let handshake = Words(\.handshake)
  static let farewell = Words(\.farewell)
}
