package import Claims
import Documents
import Traces

extension ScriptAssessment {
  package func jsonReport() -> String { jsonText(JSONScripts(self)) + "\n" }
}

private struct JSONScripts: Encodable {
  var kind = JSONKind.scripts
  var schema = 1
  var version: String
  var command: String
  var machine: Machine
  var scripts: [JSONScript]
  var counts: [String: Int]

  init(_ assessment: ScriptAssessment) {
    version = assessment.version
    command = assessment.command
    machine = assessment.machine
    scripts = assessment.judgements.map(JSONScript.init)
    counts = Dictionary(assessment.judgements.map { ($0.verdict.mark.rawValue, 1) }, uniquingKeysWith: +)
  }
}

/// A script, as a report has it and as it is read again.
struct JSONScript: Codable {
  var script: String
  var verdict: String
  var line: Int
  /// The number of runs that were made.
  var runs: Int
  var reason: String?
  var difference: JSONDifference?
  var unread: [JSONPart]
  var events: [JSONEvent]

  struct JSONDifference: Codable {
    var line: Int
    var kind: String
    var expected: String
    var seen: String
    var parts: [String]
  }

  struct JSONPart: Codable {
    var line: Int
    var text: String
    var note: String?
  }

  struct JSONEvent: Codable {
    var line: Int
    var script: String
    var kernel: String
    var different: Bool
    /// Microseconds since the beginning of the script.
    var time: Int?
  }

  init(_ judgement: ScriptJudgement) {
    script = judgement.script.name
    verdict = judgement.verdict.mark.rawValue
    line = judgement.line
    runs = judgement.runs.count
    if case .undecided(let reason) = judgement.decision { self.reason = "\(reason)" }
    difference = judgement.difference.map {
      JSONDifference(
        line: judgement.line, kind: $0.kind.rawValue, expected: $0.expected, seen: $0.seen, parts: $0.parts)
    }
    unread = judgement.script.unread.map { JSONPart(line: $0.line, text: $0.text, note: $0.note) }
    events = judgement.rows().map {
      JSONEvent(line: $0.line, script: $0.script, kernel: $0.kernel, different: $0.isDifferent, time: $0.time)
    }
  }
}
