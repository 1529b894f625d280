import FoundationEssentials
import Kinds
import Reports
import TCP
import Testing

@Suite(.tags(.pure)) struct CensusReportTests {
  /// As many sockets in each state, of processes and peers of their own.
  private func census(_ counts: [State: Int], name: String = "leak") -> Census {
    var settings = CensusSettings()
    settings.ports = EphemeralPorts(range: "40000 40099", reserved: "")
    var survey = Survey(source: .diagnosis, namespace: nil, settings: settings)
    var inode: UInt64 = 0
    for (state, count) in counts {
      for number in 0..<count {
        inode += 1
        let local = Endpoint(Address(192, 0, 2, 7), 40_000 + UInt16(number))
        let tuple = FourTuple(local: local, remote: Endpoint(Address(192, 0, 2, UInt8(number)), 443))
        survey.sockets.append(
          FoundSocket(record: SocketRecord(tuple: tuple, state: state, inode: state == .timeWait ? 0 : inode))
        )
        survey.holders[inode] = [SocketHolder(process: 100 + number, name: name, descriptor: number)]
      }
    }
    return Census(survey)
  }

  @Test(arguments: Census.allStates.sorted()) func everyStateIsExplained(state: State) {
    let text = census([state: 3]).rendered(as: .terminal, top: 10)
    for word in [state.rawValue, "means  ", "do     ", "by process", "by peer", "192.0.2.2:443"] {
      #expect(text.contains(word), "\(word)")
    }
    #expect(text.contains(state == .timeWait ? "no process" : "leak[102]"))
  }

  @Test func whatPeopleAskIsAnswered() {
    let text = census(Dictionary(uniqueKeysWithValues: Census.allStates.map { ($0, 1) }))
      .rendered(as: .markdown, top: nil)
    for answer in [
      "close()", "tcp_fin_timeout does not change them", "SO_REUSEADDR", "SO_LINGER 0", "tcp_tw_reuse",
      "SHUT_WR",
    ] {
      #expect(text.contains(answer), "\(answer)")
    }
  }

  @Test(arguments: [nil, 0, 2, 30], [CensusFormat.terminal, .markdown, .json])
  func whatIsNotShownIsCounted(top: Int?, format: CensusFormat) {
    let text = census([.closeWait: 30]).rendered(as: format, top: top)
    let shown = (100..<130).count { number in
      // The overview above the sections names the largest group in any case.
      text.split(separator: "\n").contains { $0.contains("[\(number)]") && !$0.contains("CLOSE_WAIT 30:") }
        || text.contains("\"process\" : \(number)")
    }
    #expect(shown == min(top ?? 30, 30))
    let hidden = 30 - shown
    let tells =
      text.contains("and \(hidden) more with \(hidden) sockets")
      || text.contains("\"moreProcesses\" : \(hidden)")
    #expect(tells == (hidden > 0 || format == .json))
    #expect(text.hasSuffix("\n") && !text.hasSuffix("\n\n"))
  }

  @Test(arguments: [60, 80]) func noLineIsWiderThanTheTerminal(width: Int) {
    let text = census([.closeWait: 40, .timeWait: 99, .finWait1: 1]).rendered(
      as: .terminal, top: 5, style: Style(width: width))
    for line in text.split(separator: "\n") { #expect(line.displayWidth <= width, "\(line)") }
  }

  @Test func aProcessCannotSteerTheTerminalByItsName() {
    let text = census([.closeWait: 1], name: "a\u{1B}[2J|").rendered(as: .terminal, top: nil)
    #expect(!text.contains("\u{1B}") && text.contains("a\u{FFFD}[2J|"))
    #expect(census([.closeWait: 1], name: "a|b").rendered(as: .markdown, top: nil).contains("a\\|b[100]"))
  }

  @Test func fewPortsLeftAreWarnedOf() {
    var settings = CensusSettings()
    settings.ports = EphemeralPorts(range: "40000 40099", reserved: "")
    var survey = Survey(source: .diagnosis, namespace: nil, settings: settings)
    for (count, isWarned) in [(90, false), (91, true)] {
      survey.connections = (0..<count).map {
        FoundSocket(
          record: SocketRecord(
            tuple: FourTuple(
              local: Endpoint(Address(192, 0, 2, 7), 40_000 + UInt16($0)),
              remote: Endpoint(Address(192, 0, 2, 1), 443)), state: .established))
      }
      let text = Census(survey).rendered(as: .terminal, top: nil)
      #expect(
        text.replacing("\n    ", with: " ").contains(
          "\(100 - count) of 100 left for connect() (\(count) used: \(count) ESTABLISHED)"))
      #expect(text.contains("EADDRNOTAVAIL") == isWarned)
    }
  }

  @Test func aWatchSaysWhatHasChangedAndWhatHasNot() {
    let (first, now) = (census([.closeWait: 2]), census([.closeWait: 5]))
    let changes = Growth(now: now, last: first, first: first).changes(seconds: 2, top: 1)
    #expect(changes.contains("2 s  CLOSE_WAIT  5 (+3, +3 since the start)"))
    #expect(changes.contains("more groups"))
    #expect(
      Growth(now: now, last: now, first: first).changes(seconds: 4, top: 1).contains("no change"))
    let screen = Growth(now: now, last: now, first: first).screen(
      of: now, seconds: 4, top: 3, height: 5, style: Style())
    #expect(screen.split(separator: "\n", omittingEmptySubsequences: false).count == 5)
    #expect(screen.contains("+3"))
  }
}

extension Census {
  /// The census as a report of one namespace.
  fileprivate func rendered(as format: CensusFormat, top: Int?, style: Style = Style()) -> String {
    CensusReport([self], host: "host", time: Date(timeIntervalSince1970: 0))
      .rendered(as: format, top: top, style: style)
  }
}
