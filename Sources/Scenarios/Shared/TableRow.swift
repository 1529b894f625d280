import Benches
import Documents
import Linux
import TCP
import Traces

/// Rows of /proc/net/tcp and /proc/net/tcp6 as values of figures.
extension Connection {
  /// Measures the columns of a party's row that are the same in each run.
  ///
  /// - Parameters:
  ///   - listens: true for the row of its listener, not of a connection.
  ///   - probesCount: false where a probe may have been sent, or not.
  func measureRow(
    _ figure: Figure, of party: Party, listens: Bool = false, probesCount: Bool = true, proof: [Int?] = []
  ) throws {
    if let reason = SocketTable.availability() {
      return cannotMeasure(figure, because: .needs("/proc/net/tcp: \(reason)"))
    }
    var tuple = ends[party].tuple
    if listens { tuple.remote = Endpoint(.wildcard(bench.family), 0) }
    let words = try bench.enter(party) { try SocketTable.open().words(of: tuple) }
    // A timer that has expired meanwhile is seen by its segment.
    try carryDeparted()
    // Held up until now: the timer is about to send again.
    if let timer = words.flatMap(timer), timer.number != 0, timer.left == 0 {
      try waiting.disturbed(because: .resent)
    }
    measure(
      figure, words.map { row(of: $0, probesCount: probesCount) } ?? "no row",
      "the columns of the row but addresses, queues and times",
      proof: proof.isEmpty ? [log.lastLook(at: party)] : proof)
  }

  /// The number of this row's timer and the rest of its time (`tr:tm->when`); nil where the column has another form.
  private func timer(of words: [String]) -> (number: Int, left: Int)? {
    guard words.count > 5 else { return nil }
    let parts = words[5].split(separator: ":").compactMap { Int($0, radix: 16) }
    return parts.count == 2 ? (parts[0], parts[1]) : nil
  }

  /// `st 01, tr 1, tm->when set, retrnsmt 0, timeout 0`.
  private func row(of words: [String], probesCount: Bool) -> Value {
    guard words.count >= 10 else { return .words("\(words.count) columns") }
    guard let (number, left) = timer(of: words), let again = Int(words[6], radix: 16) else {
      return .words(words[5])
    }
    var texts = [
      "st \(words[3])", "tr \(number)", "tm->when \(left == 0 ? "0" : "set")", "retrnsmt \(again)",
    ]
    if probesCount { texts.append("timeout \(words[8])") }
    texts.append("inode \(words[9] == "0" ? "0" : "set")")
    // A timer that is armed may have fired: then the congestion window is another.
    if number == 0, words.count >= 17 { texts += ["cwnd \(words[15])", "ssthresh \(words[16])"] }
    return .list(texts.map { .words($0) })
  }
}
