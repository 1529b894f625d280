import Kinds
import Records
import Scenarios
import Testing
import Traces

/// A record of an earlier version, whose figures, values and conditions had other words.
@Suite(.tags(.pure)) struct FormerWordsTests {
  private static let text = """
    # Linux 6.18.44: what its TCP did

    <!-- tcpprobe record, schema 2 -->

    Made by `tcpprobe record --quick`.

    ## Environment

    | what | value | set by |
    | --- | --- | --- |
    | kernel release | 6.18.44 | |

    ## Settings

    | what | value | set by |
    | --- | --- | --- |
    | net.ipv4.tcp_sack | 1 | default |

    ## Behaviour

    ### close

    | what | value | set by |
    | --- | --- | --- |
    | segments of a close | 4 | passive close: late |
    | close started by the end that connected | completes | passive close: late |
    | left of the connection at the end that closed first | TIME_WAIT | passive close: late |
    | left of the connection at the end that closed last | nothing | passive close: late |
    | segments of a close | 3 | passive close: now |
    | close started by the end that connected | completes | passive close: now |
    | left of the connection at the end that closed first | TIME_WAIT | passive close: now |
    | left of the connection at the end that closed last | nothing | passive close: now |
    | segments of a close | 4 | first to close: accepted |
    | close started by the end that accepted | completes | first to close: accepted |
    | left of the connection at the end that closed first | TIME_WAIT | first to close: accepted |
    | left of the connection at the end that closed last | nothing | first to close: accepted |

    ### half-close

    | what | value | set by |
    | --- | --- | --- |
    | write after shutdown(WR) | EPIPE | first FIN by: shutdown(WR) |
    | data sent in CLOSE_WAIT | arrives | first FIN by: shutdown(WR) |
    | read after shutdown(WR) | data arrives | first FIN by: shutdown(WR) |
    | data sent in CLOSE_WAIT | draws RST | first FIN by: close() |

    ### the same port in TIME_WAIT

    | what | value | set by |
    | --- | --- | --- |
    | connect() from a port in TIME_WAIT that bind() gave | connects | by default |
    | first number of a connection that follows in TIME_WAIT | 65537 above the last | by default |
    | connect() from a port in TIME_WAIT that bind() gave | EADDRNOTAVAIL | tcp_timestamps: 0 |
    | connect() to a port in TIME_WAIT from the same port | connects | first to close: accepted |
    | first number of a connection that follows in TIME_WAIT | 65537 above the last | first to close: accepted |

    ### assassination of TIME_WAIT

    | what | value | set by |
    | --- | --- | --- |
    | an RST with another number in TIME_WAIT | no answer, and TIME_WAIT stays | by default |
    | an RST with the right number in TIME_WAIT | TIME_WAIT is over | by default |
    | an RST with another number in TIME_WAIT | no answer, and TIME_WAIT stays | tcp_rfc1337: 1 |
    | an RST with the right number in TIME_WAIT | TIME_WAIT begins anew | tcp_rfc1337: 1 |

    ### SYN numbers

    | what | value | set by |
    | --- | --- | --- |
    | the number of a SYN | random | four-tuples: many |
    | the number of a SYN | a fixed offset and a clock | four-tuples: one |

    ### answers to strange segments

    | what | value | set by |
    | --- | --- | --- |
    | answer to a SYN | RST+ACK, CLOSED | state: SYN_RECV |
    | answer to the SYN of the connection itself | SYN+ACK, SYN_RECV | state: SYN_RECV |
    | answer to a SYN+ACK | RST, CLOSED | state: SYN_RECV |
    | answer to an RST with the right number | nothing, CLOSED | state: SYN_RECV |
    | answer to an RST elsewhere in the window | ACK, SYN_RECV | state: SYN_RECV |
    | answer to an RST one number before the window | nothing, SYN_RECV | state: SYN_RECV |
    | answer to an RST beyond the window | nothing, SYN_RECV | state: SYN_RECV |
    | answer to an ACK of what was not sent | RST, SYN_RECV | state: SYN_RECV |
    | answer to an ACK of long ago | RST, SYN_RECV | state: SYN_RECV |
    | answer to an empty segment before the window | ACK, SYN_RECV | state: SYN_RECV |
    | answer to data before the window | ACK, SYN_RECV | state: SYN_RECV |
    | answer to data beyond the window | ACK, SYN_RECV | state: SYN_RECV |
    | answer to data with an old timestamp | ACK, SYN_RECV | state: SYN_RECV |
    | answer to an ACK with an echo of what was not sent | ACK, SYN_RECV | state: SYN_RECV |
    | answer to a FIN beyond the window | ACK, SYN_RECV | state: SYN_RECV |
    | answer to a FIN without ACK | nothing, SYN_RECV | state: SYN_RECV |
    | answer to a segment without flags | nothing, SYN_RECV | state: SYN_RECV |
    | answer to a segment with FIN, PSH and URG | nothing, SYN_RECV | state: SYN_RECV |

    ### orphan retries

    | what | value | set by |
    | --- | --- | --- |
    | FIN retries of an orphan by default | tcp_orphan_retries 0 | by default |
    | FIN schedule of an orphan | 200 ms, 400 ms, 800 ms | tcp_early_retrans: 0, tcp_orphan_retries: 2 |
    | FINs of an orphan without an answer | 3 | tcp_early_retrans: 0, tcp_orphan_retries: 2 |
    | left of an orphan without an answer | nothing | tcp_early_retrans: 0, tcp_orphan_retries: 2 |

    ### half-open

    | what | value | set by |
    | --- | --- | --- |
    | write to a peer that vanished | 100 bytes written, RST | by default |
    | recv() after a write to a peer that vanished | ECONNRESET, then end of stream | by default |
    | SYN of a peer that begins anew | ACK | by default |
    | answer of a peer that begins anew to an ACK | RST | by default |
    | recv() where the peer began anew | ECONNRESET | by default |
    | connect() of a peer that begins anew | connects with its second SYN | by default |

    <!-- end of record, 55 behaviours -->
    """

  private static func former() throws -> Record { try Record(reading: text, name: "former.md") }

  /// The same record as this version writes it: some rows of it by hand.
  private static let present: [(figure: String, value: String, setBy: String)] = [
    ("state remaining at the end that closed first", "TIME_WAIT", "second close(): after the ACK"),
    ("segments of a close", "3", "second close(): before the ACK"),
    ("data sent in CLOSE_WAIT", "is answered with RST", "first FIN by: close()"),
    ("an RST with the expected sequence number in TIME_WAIT", "TIME_WAIT restarts", "tcp_rfc1337: 1"),
    ("initial sequence number of a SYN", "random", "four-tuples: many"),
    ("answer to the SYN of a restarted peer", "ACK", "by default"),
    (
      "state remaining of an orphan without an answer", "nothing",
      "tcp_early_retrans: 0, tcp_orphan_retries: 2"
    ),
    ("answer to an ACK far below the initial sequence number", "RST, SYN_RECV", "state: SYN_RECV"),
  ]

  @Test func aFormerRecordHasPresentWords() throws {
    let record = try Self.former().inPresentWords(of: Scenarios.catalogue)
    let rows = record.sections.flatMap(\.rows)
    for (figure, value, setBy) in Self.present {
      let row = try #require(rows.first { $0.what == figure && $0.setBy == setBy }, "\(figure)")
      #expect(row.value == .measured(Value(reading: value)))
    }
    // Each row is one that this version would write.
    for section in record.sections {
      let scenario = try #require(Scenarios.catalogue[ScenarioName(rawValue: section.name)])
      for row in section.rows {
        #expect(scenario.figures.contains { $0.name == row.what }, "\(row.what)")
        #expect(scenario.conditions.contains { $0.setBy == row.setBy }, "\(row.setBy)")
      }
    }
  }

  @Test func nothingDiffersFromARecordInPresentWords() throws {
    let former = try Self.former()
    let present = former.inPresentWords(of: Scenarios.catalogue)
    try #require(former != present)
    for (before, after) in [(former, present), (present, former)] {
      let comparison = Comparison(before, after, by: Scenarios.catalogue)
      #expect(comparison.changes.isEmpty && comparison.skips.isEmpty && comparison.additions.isEmpty)
      #expect(comparison.same == former.count)
    }
    #expect(KernelTable([former, present], by: Scenarios.catalogue).rows.isEmpty)
    var groups = RecordGroups(by: Scenarios.catalogue)
    for record in [former, present] { try groups.add(Array(record.markdown.utf8), file: "record.md") }
    groups.compare()
    #expect(groups.groups.map(\.count) == [2])
  }

  @Test func aChangeThatWasAcceptedInFormerWordsIsAccepted() throws {
    let former = try Self.former()
    var later = former.inPresentWords(of: Scenarios.catalogue)
    let section = try #require(later.sections.firstIndex { $0.name == "assassination of TIME_WAIT" })
    let row = try #require(
      later.sections[section].rows.firstIndex { $0.value == .measured("TIME_WAIT restarts") })
    later.sections[section].rows[row].value = .measured("TIME_WAIT is over")
    var comparison = Comparison(former, later, by: Scenarios.catalogue)
    try #require(comparison.changes.count == 1 && comparison.hasChanges)
    let accepted = """
      | section | what | set by | before | after | reason |
      | --- | --- | --- | --- | --- | --- |
      | assassination of TIME_WAIT | an RST with the right number in TIME_WAIT | tcp_rfc1337: 1 |\
       TIME_WAIT begins anew | TIME_WAIT is over | a test |
      """
    comparison.accept(try Acceptance(reading: accepted, name: "former.accepted.md"))
    #expect(!comparison.hasChanges)
  }

  @Test func noNameOfAFigureIsOrWasThatOfAnother() {
    let names = Scenarios.catalogue.scenarios.flatMap(\.figures).flatMap(\.names).map { $0.lowercased() }
    let twice = Dictionary(grouping: names, by: { $0 }).filter { $0.value.count > 1 }
    #expect(twice.isEmpty, "\(twice.keys)")
  }
}
