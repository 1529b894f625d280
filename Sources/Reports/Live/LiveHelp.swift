import Documents

/// A screen that explains the screen itself, at 80 columns and 24 lines.
package enum LiveHelp: Sendable {
  /// The boxes, the list of segments and the ladder.
  case signs
  case keys

  private typealias Entry = (label: String, text: String)

  /// The explanation; an entry without a text is a heading.
  package func paragraphs(unicode: Bool = true) -> [Paragraph] {
    let glyphs = Glyphs(unicode: unicode)
    let entries = self == .signs ? LiveHelp.signEntries(glyphs) : LiveHelp.keyEntries
    return entries.map { label, text in
      guard !text.isEmpty else { return Paragraph(label, .strong) }
      return Paragraph(text, label: "  " + label.padding(to: 16))
    }
  }

  private static func signEntries(_ glyphs: Glyphs) -> [Entry] {
    let (dash, dots) = (glyphs.dash + glyphs.dash, glyphs.ellipsis)
    return [
      ("The boxes: both ends, as the kernel reports them", ""),
      ("CLOSED", "(no socket): the kernel has forgotten the connection;"),
      ("", "(descriptor only): the program has not closed it yet"),
      ("send queue", "bytes of send() that the other end has not acknowledged"),
      ("receive queue", "bytes that have arrived and that recv() has not taken"),
      ("SYN, FIN", "in a queue: the segment is there, beside the bytes of data"),
      ("accept queue", "connections that wait for accept(), which is called at once"),
      ("timer", "the kernel's timer, the time left, and try 2 once it expired"),
      ("close() \(glyphs.becomes) 0", "the program's last call and its result or error"),
      ("timers frozen", "retransmission takes 50 s, to leave you time; 1 s for a SYN"),
      ("On the wire: segments that wait for a key", ""),
      (glyphs.unicode ? "▸ 2" : "* 2", "the chosen segment: the keys d, x, b and h are for it"),
      ("seq=x+1", "x and y stand for the first sequence number of each end"),
      ("retransmitted", "the kernel has retransmitted it while it waits; (copy 2): once"),
      ("The ladder: what has happened, from top to bottom", ""),
      (
        "\(glyphs.leavesLeft)\(dash) SYN \(dash)\(glyphs.reachesRight)",
        "arrived before anything else happened"
      ),
      (
        "\(glyphs.leavesLeft)\(dash) SYN \(dash)\(dots)",
        "on its way: it has left, and arrives below or not yet"
      ),
      ("\(dots)\(dash) SYN \(dash)\(glyphs.reachesRight)", "arrives now, and has left further up"),
      ("\(glyphs.leavesLeft)\(dash) SYN \(dash)\(glyphs.cross)", "lost"),
      ("SYN_SENT", "at the side: the state of this end from here on"),
      ("space ...", "the next step of the page, which the space key does"),
    ]
  }

  private static let keyEntries: [Entry] = [
    ("Segments on the wire", ""),
    ("space", "does the page's next step: enough to follow a lesson"),
    ("d or Enter", "delivers the chosen segment; 2d delivers segment 2"),
    ("x", "drops it"),
    ("b", "delivers a copy; the original keeps waiting"),
    ("h", "holds it back: d, > and < pass it over; h again: releases it"),
    ("> or <", "delivers the next segment in this direction"),
    ("j or k", "chooses the next or the previous segment, as the arrow keys do"),
    ("i or I", "injects an RST with the address of the left or the right end"),
    ("Calls of the left program; the capital letter is for the right one", ""),
    ("o", "connect(); after close() with a new socket at the same port"),
    ("s", "send() of 100 bytes; 500s sends 500"),
    ("r", "recv() of all there is; 10r reads at most 10"),
    ("f", "shutdown(WR): sends FIN; the program can still receive"),
    ("c", "close()"),
    ("Everything else", ""),
    ("t", "waits until the next timer expires; any key ends the wait"),
    ("a", "again: a new connection, with all steps except the last"),
    ("w", "saves what was done as a page, and checks that page once"),
    ("PageUp/PageDown", "scrolls the ladder, as [ and ] do; Home, End: to its ends"),
    ("? and q", "explain and quit"),
  ]
}

extension LiveView {
  /// The help as a screen of its own.
  func helpLines(_ help: LiveHelp, _ columns: Int, _ height: Int, _ glyphs: Glyphs) -> [Line] {
    let title = help == .signs ? "What the screen shows" : "Keys"
    let end = help == .signs ? "? the keys" : "? back to the connection"
    let head = Line("tcpprobe live  ", .strong) + Line(title)
    let foot = Line(end + "   any other key works as usual and leads back", .faint)
    let lines = help.paragraphs(unicode: glyphs.unicode).flatMap { $0.lines(in: columns) }
    let shown = Array(lines.prefix(height - 3))
    return [head] + shown + Array(repeating: Line(), count: height - 2 - shown.count) + [foot]
  }
}

extension String {
  fileprivate func padding(to columns: Int) -> String {
    self + String(repeating: " ", count: max(1, columns - displayWidth))
  }
}
