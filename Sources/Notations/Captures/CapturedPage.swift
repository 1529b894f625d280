import Documents

extension Capture {
  /// Connections of the capture as a page of ladders.
  ///
  /// - Parameters:
  ///   - file: the name of the file.
  ///   - connections: those that are wanted.
  /// - Returns: the page, and for each connection without a ladder the reason.
  package func page(named file: String, of connections: [CapturedConnection]) -> (
    text: String, refused: [String]
  ) {
    var text = "# Packets of \(file)\n\n"
    text +=
      "The column `#` has the packets' numbers. Sequence numbers are relative to each end's initial sequence number. Each state\n"
    text += "and each call is inferred: the segments prove it.\n"
    var refused: [String] = []
    for connection in connections {
      do throws(PageError) {
        let (ladder, leftOut) = try connection.ladder(named: file)
        text += "\n## Connection \(connection.number)\n\n" + ladder.markdown
        for sentence in leftOut.sentences { text += "\n" + sentence + "\n" }
      } catch {
        refused.append(error.message)
      }
    }
    return (text, refused)
  }
}

extension CapturedConnection.LeftOut {
  /// The parts that the ladder does not have, each in a sentence.
  fileprivate var sentences: [String] {
    let counts = [
      (middle, [], "of bulk data, or in the middle of a long connection"),
      (repeatedAcks.count, repeatedAcks, "without a new acknowledgment"),
      (repetitions.count, repetitions, "with nothing but what had arrived before"),
      (outOfOrder.count, outOfOrder, "behind later ones or their ACK"),
    ]
    return counts.filter { $0.0 > 0 }.map { count, packets, words in
      let named = packets.prefix(8).map(String.init).joined(separator: ", ")
      let numbers = packets.isEmpty ? "" : " (\(named)\(packets.count > 8 ? ", ..." : ""))"
      return "Not in the table: \(count) \(count == 1 ? "packet" : "packets") \(words)\(numbers)."
    }
  }
}
