/// Words that tell of an arrival: "after receiving the ACK", "수신 후", "收到后".
enum Receipt {
  /// Tells whether these words say that something has arrived.
  static func isTold(in text: String) -> Bool {
    let text = text.lowercased()
    return Words.received.areIn(text) && !Words.notReceived.areIn(text)
  }
}
