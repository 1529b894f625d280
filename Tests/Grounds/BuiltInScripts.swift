package import Documents
package import Notations

/// A ladder of a built-in page as a packetdrill script for one of its parties.
package struct BuiltInScript: Sendable, CustomStringConvertible {
  package var page: String
  /// The number of the ladder in its page, from 1.
  package var number: Int
  package var party: Party
  package var written: WrittenScript

  package var description: String { "\(page), ladder \(number), \(party.rawValue)" }

  /// The script as it is read again.
  package var read: Script { Script(reading: written.text, name: "\(page).pkt") }

  /// Tells whether the page says something that no Linux does: one of the articles has a FIN without ACK, and an ACK that
  /// takes a sequence number.
  package var isContradicted: Bool { page == "three-steps" && number == 3 }

  package static let all: [BuiltInScript] = {
    do {
      return try BuiltInPages.everyPage.flatMap { page in
        try page.read().ladders.enumerated().flatMap { place, ladder in
          try Party.allCases.map { party in
            BuiltInScript(
              page: page.id, number: place + 1, party: party,
              written: try ladder.script(of: party, page: page.id))
          }
        }
      }
    } catch { preconditionFailure("a built-in page: \(error)") }
  }()
}
