import Documents

/// Words of a cell that are no segment, call or state and yet say something, or say that there is nothing to say.
enum Phrase: Equatable {
  case lost, timeout, idle

  var element: Cell.Element? {
    switch self {
    case .lost: .lost
    case .timeout: .timeout
    case .idle: nil
    }
  }

  /// The phrase that these octets are from end to end (dots or a dash alone are idle too), or nil.
  ///
  /// Losses come first, so that `packet lost` is one and not a packet.
  init?(_ text: ArraySlice<UInt8>) {
    guard !text.isEmpty else { return nil }
    if text.allSatisfy({ $0.isBlank || ".-_~".utf8.contains($0) }) {
      self = .idle
    } else if let words = Phrase.words(of: text, remarks: .areRead), Phrase.isLost(words) {
      self = .lost
    } else if let words = Phrase.words(of: text, remarks: .areSkipped) {
      if Phrase.isTimeout(words) {
        self = .timeout
      } else if Phrase.isIdle(words) {
        self = .idle
      } else {
        return nil
      }
    } else {
      return nil
    }
  }

  private enum Remarks { case areRead, areSkipped }

  /// The words in lower case, or nil where there is more than words and their punctuation.
  ///
  /// A remark is what stands in parentheses behind a word: `timeout(wait enough!)`.
  private static func words(of text: ArraySlice<UInt8>, remarks: Remarks) -> [String]? {
    var words: [String] = []
    var word = ""
    func end() {
      if !word.isEmpty { words.append(word) }
      word = ""
    }
    var rest = text
    while let octet = rest.popFirst() {
      if octet.isLetter {
        word.unicodeScalars.append(Unicode.Scalar(octet | 0x20))
        continue
      }
      // didn't is didnt.
      if octet == UInt8(ascii: "'") { continue }
      end()
      if octet == UInt8(ascii: "("), remarks == .areSkipped, !words.isEmpty {
        guard let close = rest.firstIndex(of: UInt8(ascii: ")")) else { return nil }
        rest = rest[rest.index(after: close)...]
      } else if !octet.isBlank && !".,;!?()-+/".utf8.contains(octet) {
        return nil
      }
    }
    end()
    return words
  }

  private static let losses: Set = [
    "lost", "loss", "lose", "loses", "drop", "drops", "dropped", "discarded", "undelivered",
  ]
  private static let negations: Set = [
    "not", "never", "didnt", "doesnt", "dont", "wasnt", "isnt", "hasnt", "didn", "doesn",
  ]
  private static let receptions: Set = [
    "receive", "receives", "received", "get", "gets", "got", "arrive", "arrives", "arrived", "reach",
    "reached",
    "delivered",
  ]
  /// The words that may stand around a loss. No flag's name: `SYN lost` in the sender's cell would be a SYN that was sent.
  private static let aroundLosses: Set = [
    "the", "it", "is", "was", "gets", "got", "did", "does", "do", "packet", "segment", "in", "on", "by",
    "way",
    "transit", "network", "wait", "waits", "waiting",
  ]

  private static func isLost(_ words: [String]) -> Bool {
    var isFound = false
    var place = 0
    while place < words.count {
      if place + 1 < words.count, negations.contains(words[place]), receptions.contains(words[place + 1]) {
        isFound = true
        place += 2
        continue
      }
      if losses.contains(words[place]) {
        isFound = true
      } else if !aroundLosses.contains(words[place]) {
        return false
      }
      place += 1
    }
    return isFound
  }

  private static let aroundTimeouts: Set = [
    "timeout", "time", "timed", "times", "out", "rto", "retransmission", "retransmit", "retransmits",
    "resend",
    "timer", "the", "a", "expires", "expired", "fires", "fired", "wait", "waits", "waiting", "enough",
  ]

  private static func isTimeout(_ words: [String]) -> Bool {
    let isNamed =
      words.contains("timeout") || words.contains("rto")
      || zip(words, words.dropFirst()).contains { ["time", "timed", "times"].contains($0) && $1 == "out" }
    return isNamed && words.allSatisfy(aroundTimeouts.contains)
  }

  /// Waiting and listening, perhaps for something: `waitForFIN...`.
  private static func isIdle(_ words: [String]) -> Bool {
    guard let first = words.first, words.count <= 5 else { return false }
    if words.count == 1, first.hasPrefix("waitfor") || first.hasPrefix("waitingfor") { return true }
    guard ["wait", "waits", "waiting", "listening", "listens", "idle"].contains(first) else { return false }
    return words.count == 1 || words[1] == "for" || words[1] == "on"
  }
}
