import Foundation
import Kinds
import Reports
import TCP
import Testing

@Suite(.tags(.pure)) struct OpenMetricsTests {
  /// Two sockets in CLOSE_WAIT of two processes, the second of both; one that is TIME_WAIT; two listeners of one
  /// process at one endpoint.
  private static let text: String = {
    func socket(_ state: State, _ port: UInt16, inode: UInt64 = 0, queue: Int = 0, backlog: Int = 0)
      -> FoundSocket
    {
      let tuple = FourTuple(
        local: Endpoint(Address(192, 0, 2, 7), port), remote: Endpoint(Address(192, 0, 2, 1), 443))
      return FoundSocket(
        record: SocketRecord(
          tuple: tuple, state: state, receiveQueue: queue, sendQueue: backlog, inode: inode))
    }
    let namespace = NetworkNamespace(name: "net:[4026531840]", isInitial: true)
    var survey = Survey(source: .diagnosis, namespace: namespace, settings: CensusSettings())
    survey.sockets = [
      socket(.closeWait, 40_001, inode: 1), socket(.closeWait, 40_002, inode: 2), socket(.timeWait, 40_003),
    ]
    survey.listeners = [
      socket(.listen, 80, inode: 3, queue: 2, backlog: 8),
      socket(.listen, 80, inode: 4, queue: 1, backlog: 8),
    ]
    let odd = SocketHolder(process: 7, name: "a\"b\\c\nd", descriptor: 3)
    let plain = SocketHolder(process: 8, name: "plain", descriptor: 3)
    survey.holders = [1: [odd], 2: [odd, plain], 3: [plain], 4: [plain]]
    return CensusReport([Census(survey)], host: "host", time: Date())
      .rendered(as: .openmetrics, top: nil)
  }()

  @Test func everyStateHasASampleAndTheLastLineIsTheEnd() {
    for state in Census.allStates {
      let count = state == .closeWait ? 2 : state == .timeWait ? 1 : 0
      #expect(
        Self.text.contains(
          "tcpprobe_sockets{namespace=\"net:[4026531840]\",state=\"\(state.rawValue)\"} \(count)\n"))
    }
    #expect(Self.text.hasSuffix("\n# EOF\n"))
  }

  @Test(.enabled(if: Witness.python != nil, "no prometheus-client"))
  func prometheusClientReadsTheSameNumbers() throws {
    let script = #"""
      import sys
      from prometheus_client.openmetrics.parser import text_string_to_metric_families as read
      for family in read(sys.stdin.read()):
          assert family.type == "gauge" and family.documentation
          for one in family.samples:
              labels = {k: v for k, v in one.labels.items() if k != "namespace"}
              print(one.name, sorted(labels.items()), int(one.value))
      """#
    let read = try Witness.run([try #require(Witness.python), "-c", script], input: Self.text)
    #expect(read.status == 0, "\(read.output)")
    for line in [
      "tcpprobe_sockets [('state', 'CLOSE_WAIT')] 2", "tcpprobe_sockets [('state', 'LAST_ACK')] 0",
      #"tcpprobe_process_sockets [('owner', 'process'), ('pid', '7'), ('process', 'a"b\\c\nd'), ('state', 'CLOSE_WAIT')] 2"#,
      "tcpprobe_process_sockets [('owner', 'process'), ('pid', '8'), ('process', 'plain'), ('state', 'CLOSE_WAIT')] 1",
      "tcpprobe_process_sockets [('owner', 'kernel'), ('pid', ''), ('process', ''), ('state', 'TIME_WAIT')] 1",
      "tcpprobe_stalled_connections [('cause', 'zero-window')] 0",
    ] { #expect(read.output.contains(line + "\n"), "\(line)\n\(read.output)") }
    let queue = try #require(
      read.output.split(separator: "\n").first { $0.hasPrefix("tcpprobe_accept_queue_connections") })
    #expect(queue.hasSuffix(" 3") && queue.contains("'80'"))
  }

  @Test(.enabled(if: Witness.promtool != nil, "no promtool"))
  func promtoolFindsNothingWrong() throws {
    let checked = try Witness.run([try #require(Witness.promtool), "check", "metrics"], input: Self.text)
    #expect(checked.status == 0 && checked.output.isEmpty, "\(checked.output)")
  }
}
