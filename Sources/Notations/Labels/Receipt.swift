/// Words that tell of an arrival: "after receiving the ACK", "수신 후", "收到后".
enum Receipt {
  /// Tells whether these words say that something has arrived.
  static func isTold(in text: String) -> Bool {
    // SYN_RECEIVED is a state.
    let text = text.lowercased().replacing("syn_received", with: "").replacing("syn-received", with: "")
    return Words.received.areIn(text) && !Words.notReceived.areIn(text)
  }
}
