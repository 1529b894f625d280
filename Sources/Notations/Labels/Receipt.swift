import Documents

/// Words that tell of an arrival: "after receiving the ACK", "수신 후", "收到后".
enum Receipt {
  /// Tells whether these words say that something has arrived.
  static func isTold(in text: String) -> Bool {
    let text = text.lowercased()
    guard words.contains(where: text.contains) else { return false }
    return !denials.contains(where: text.contains)
  }

  private static let words = [
    "receiv", "receipt", "arriv", "수신", "받은", "받고", "收到", "接收", "受信", "recib", "recebi", "reçu",
    "empfang", "получ", "تلقى", "استلام",
  ]

  /// Words that deny an arrival, or say that it is still to come.
  private static let denials = ["not ", "n't", "never", "before", "until", "수신 전", "받기 전", "收到前", "受信前"]
}
