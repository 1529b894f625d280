import Claims
import Documents
import Kinds
import Reports
import Scenarios
import TCP
import Testing
import Traces

/// Two courses side by side.
@Suite(.tags(.pure)) struct BesideTests {
  private static let page = """
    # What if

    A question.

    ## As usual

    One line.

    | client | server |
    | - | - |
    | SYN | |
    | | SYN+ACK |

    ## Changed

    A paragraph that is so long that it takes more than one line where it has only half of the width that there is.

    | client | server |
    | - | - |
    | SYN | |
    | | RST+ACK |

    ## The answer

    It differs.
    """

  private func report(width: Int) throws -> [Substring] {
    let traces = [Flags([.syn, .ack]), [.rst, .ack]].enumerated().map { index, flags in
      var writer = TraceWriter(Samples.ladderVariant("page", table: index + 1))
      writer.rung(0)
      writer.segment(.syn, seq: 1, from: .left, sender: .synSent)
      writer.rung(1)
      writer.segment(flags, seq: 1, ack: 2, from: .right)
      return writer.trace
    }
    let run = Run(
      version: "0.1.0", command: "tcpprobe page", machine: Samples.machine,
      documents: [Run.Source(name: "page", text: Self.page)], traces: traces)
    var style = Style(width: width, tellsPages: true)
    style.setsBeside = true
    return try Assessment(of: run, by: Scenarios.catalogue).rendered(as: .terminal, style: style)
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test func whereThereIsRoomBothDrawingsBeginInTheSameLine() throws {
    let lines = try report(width: 150)
    #expect(lines.contains { $0.hasPrefix("As usual ") && $0.hasSuffix(" Changed") })
    #expect(lines.count { $0.matches(of: /SYN seq=/).count == 2 } == 1, "\(lines)")
    #expect(lines.contains("It differs."))
    for line in lines { #expect(line.displayWidth <= 150) }
  }

  @Test func whereThereIsNoneOneStandsBelowTheOther() throws {
    let lines = try report(width: 80)
    #expect(lines.contains("As usual") && lines.contains("Changed"))
    #expect(lines.count { $0.contains("SYN seq=") } == 2)
  }

  @Test(arguments: [80, 150]) func theFirstDifferenceIsMarkedInTheChangedCourse(width: Int) throws {
    let lines = try report(width: width)
    let marked = lines.indices.filter { lines[$0].contains("different from here on") }
    #expect(marked.count == 1)
    let next = try #require(marked.first.map { lines[$0 + 1] })
    #expect(next.contains("RST+ACK"), "\(next)")
  }
}
