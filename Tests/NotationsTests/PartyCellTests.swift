import Documents
import Kinds
import Notations
import Testing

/// Cells of a party's column in words that people use beside the notation of ladders.
@Suite(.tags(.pure)) struct PartyCellTests {
  private func told(_ table: String) throws -> [String] {
    let page = try Page(reading: table, name: "page.md")
    #expect(page.unread.isEmpty, "\(page.unread)")
    return try #require(page.ladders.first).allTold
  }

  static let spellings = [
    ("SYN=1，seq=d", "SYN(SEQ:d)"), ("[SYN] Seq=0 Win=64240 Len=0", "SYN(SEQ:0)"), ("[SYN]", "SYN"),
    ("SYN packet (may I?)", "SYN"), ("sends SYN", "SYN"), ("1. SYN", "SYN"),
    ("① SYN, seq=client_isn", "SYN(SEQ:client_isn)"),
    ("SYN [CLOSED → SYN_SENT]", "SYN [SYN_SENT]"), ("SYN, SYN_SENT (waits)", "SYN [SYN_SENT]"),
    ("发送 SYN 报文", "SYN"),
    ("enters LISTEN, receives nothing, sends SYN", "SYN [LISTEN]"),
  ]
  @Test(arguments: spellings.indices) func aPartysCellIsReadAsPeopleWriteIt(index: Int) throws {
    let (cell, expected) = Self.spellings[index]
    #expect(
      try told("| a | b |\n|-|-|\n| \(cell) | |\n| | ← SYN, ACK |\n| receives SYN-ACK, sends ACK | |") == [
        "\(expected) | ", " | SYN+ACK", "ACK | ",
      ])
  }

  @Test func remarksInParenthesesAreNoPartOfAStep() throws {
    #expect(
      try told(
        "| client | server |\n|-|-|\n| SYN (hello) | |\n| | SYN+ACK (hello, and I heard you) |\n| ACK (I heard you, too) | |"
      ) == handshake)
  }
}
