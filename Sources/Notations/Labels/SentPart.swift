/// The part of a text that tells what is sent, without what it says of arrivals: `SYN+ACK` of "receives SYN, sends
/// SYN+ACK".
struct SentPart {
  /// All of the text where it tells of no arrival, or of nothing else.
  let text: String
  /// Tells whether the text is about an arrival, and about nothing that is sent.
  let isReceipt: Bool

  init(of text: String) {
    let whole = Array(text.prefix(LabelText.longest))
    let lower = String(whole.map { $0.lowercased().first ?? $0 })
    guard Receipt.isTold(in: lower), let arrival = Words.received.firstPlace(in: lower) else {
      self.text = text
      isReceipt = false
      return
    }
    guard let sending = Words.sends.firstPlace(in: lower) else {
      self.text = text
      isReceipt = true
      return
    }
    isReceipt = false
    func part(_ range: Range<Int>) -> String { String(whole[range]) }
    func hasFlags(_ range: Range<Int>) -> Bool {
      !(Label(reading: part(range)).segment?.flags.isEmpty ?? true)
    }
    let before = 0..<sending.lowerBound
    if arrival.lowerBound < sending.lowerBound {
      let between = min(arrival.upperBound, sending.lowerBound)..<sending.lowerBound
      let behind = sending.upperBound..<whole.count
      self.text = part(Self.hasVerbsLast(text) || !hasFlags(behind) ? between : behind)
    } else {
      let between = sending.upperBound..<max(sending.upperBound, arrival.lowerBound)
      self.text = part(hasFlags(before) ? before : between)
    }
  }

  /// In Korean and Japanese the segment stands before its verb.
  private static func hasVerbsLast(_ text: String) -> Bool {
    text.unicodeScalars.contains { 0x3040...0x30FF ~= $0.value || 0xAC00...0xD7A3 ~= $0.value }
  }
}

extension Words {
  /// The place of the first of these words in a text of small letters, counted in characters.
  func firstPlace(in text: String) -> Range<Int>? {
    var best: Range<String.Index>?
    func consider(_ range: Range<String.Index>) {
      if best.map({ range.lowerBound < $0.lowerBound }) ?? true { best = range }
    }
    for piece in pieces {
      if let range = text.firstRange(of: piece) { consider(range) }
    }
    for word in text.split(whereSeparator: { !($0.isLetter || $0 == "-" || $0 == "_") })
    where isWhole(word) {
      consider(word.startIndex..<word.endIndex)
      break
    }
    guard let best else { return nil }
    let begin = text.distance(from: text.startIndex, to: best.lowerBound)
    return begin..<(begin + text.distance(from: best.lowerBound, to: best.upperBound))
  }

  /// The text of small letters without these words.
  func removed(from text: String) -> String {
    var text = text
    for piece in pieces { text = text.replacing(piece, with: "") }
    return text
  }
}
