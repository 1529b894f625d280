import Claims
import Documents
import Traces

/// What a play is called in a report.
struct PlayTitle {
  let heading: String
  /// Where it stands, where it was played, and under which conditions.
  let details: [String]

  init(_ play: Play, judgement: LadderJudgement?, pages: [Page]) {
    var details: [String] = []
    switch play.subject {
    case .ladder(let name, let table):
      let page = pages.first { $0.name == name }
      let ladder = judgement?.ladder ?? page?.ladders.first { $0.table == table }
      heading = ladder?.heading ?? page?.title ?? "Table \(table)"
      details.append(ladder.map { "\(name):\($0.line), table \(table)" } ?? "\(name), table \(table)")
    case .scenario(let id):
      heading = "Scenario \(id.rawValue)"
    }
    switch play.bench {
    case .wire: details.append("two hosts on a wire")
    case .loopback: details.append("loopback")
    }
    details.append(play.family == .ipv4 ? "IPv4" : "IPv6")
    self.details = details + play.conditions.map(\.description)
  }
}
