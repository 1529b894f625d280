/// Words that tell of an arrival: "after receiving the ACK", "수신 후", "收到后".
enum Receipt {
  /// Tells whether these words say that something has arrived.
  static func isTold(in text: String) -> Bool {
    let lower = text.lowercased()
    guard Words.received.areIn(lower) else { return false }
    // SYN_RECEIVED is a state.
    let text = lower.replacing("syn_received", with: "").replacing("syn-received", with: "")
    return Words.received.areIn(text) && !Words.notReceived.areIn(text)
  }
}
