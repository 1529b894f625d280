import FoundationEssentials
import Kinds
import Testing
import Traces

@Suite(.tags(.pure)) struct RunFileTests {
  private static func json(_ run: Run = SampleRun.run, format: JSONEncoder.OutputFormatting = []) throws
    -> [UInt8]
  {
    let encoder = JSONEncoder()
    encoder.outputFormatting = format
    return [UInt8](try encoder.encode(run))
  }

  private func error(reading text: String) -> String {
    do throws(RunError) {
      _ = try Run(reading: Array(text.utf8))
      return "none"
    } catch {
      return error.description
    }
  }

  /// The sample with the first `old` made `new`.
  private func error(replacing old: String, by new: String) throws -> String {
    let text = String(decoding: try RunFileTests.json(format: .sortedKeys), as: UTF8.self)
    try #require(text.contains(old))
    return error(reading: text.replacing(old, with: new, maxReplacements: 1))
  }

  @Test func aRunIsReadBackAsItWasWritten() throws {
    #expect(try Run(reading: RunFileTests.json()) == SampleRun.run)
    #expect(try Run(reading: RunFileTests.json(format: [.prettyPrinted, .sortedKeys])) == SampleRun.run)
  }

  @Test func theErrorOfACutFileNamesItsEndAndNoNumberBeforeIt() throws {
    var run = SampleRun.run
    run.traces[0].events.append(
      Event(
        time: run.traces[0].events.last?.time ?? 0,
        what: .measurement(
          figure: Measurement("life", .measured("60.41 s", within: "60 s × [1, 1.127]"), source: "sock_diag"))
      ))
    let text = try RunFileTests.json(run)
    let message = error(reading: String(decoding: text.dropLast(3), as: UTF8.self))
    #expect(!message.contains("number"), "\(message)")
  }

  @Test func namesOfSchema1AreRead() throws {
    var run = SampleRun.run
    run.traces[0].end = .cannotRun(reason: .needs("the wire: --on wire"))
    let text = String(decoding: try RunFileTests.json(run), as: UTF8.self)
    let former = text.replacing("\"cannotRun\":", with: "\"unplayable\":")
    #expect(former != text)
    #expect(try Run(reading: Array(former.utf8)) == run)
  }

  @Test func aConditionIsReadUnderItsFormerName() throws {
    var run = SampleRun.run
    run.traces[0].variant.conditions = [.passiveClose(.now)]
    let text = String(decoding: try RunFileTests.json(run), as: UTF8.self)
    let former = text.replacing("second close()", with: "passive close")
      .replacing("before the ACK", with: "now")
    #expect(former != text)
    #expect(try Run(reading: Array(former.utf8)) == run)
  }

  @Test func anotherVersionIsNamedBeforeAnythingElse() {
    #expect(
      error(reading: #"{"schema": 7}"#)
        == "schema: this file has version 7; this program reads versions 1 to 2")
    #expect(error(reading: #"{"schema": 1}"#) == "there is no \"version\" here")
    #expect(error(reading: "{}") == "there is no \"schema\" here")
    for text in ["", " \n", "[]", "hello"] {
      #expect(error(reading: text).hasPrefix("not a saved run: expected JSON"))
    }
  }

  @Test(arguments: [
    (#"{"schema": 1,"#, "line 1, column 14, where the file ends: a name in quotes was expected"),
    ("{\"schema\": 1,\n \"traces\": tru}", "traces: line 2, column 12: a value was expected"),
    (#"{"schema": 1} 2"#, "line 1, column 15: nothing more was expected"),
    (#"{"schema": "1"}"#, "schema: a whole number was expected here"),
    (#"{"schema": 1.5}"#, "schema: 1.5 is no whole number that can stand here"),
    (
      #"{"schema": 99999999999999999999}"#,
      "schema: 99999999999999999999 is no whole number that can stand here"
    ),
  ])
  func whatIsNoJSONIsNamedByLineAndColumn(text: String, message: String) {
    #expect(error(reading: text) == message)
  }

  @Test(arguments: [
    (#""delivered":{"segment":2}"#, #""delivered":{"segment":3}"#, "traces[0].events[3].what"),
    (#""delivered":{"segment":2}"#, #""delivered":{"segment":4}"#, "traces[0].events[3].what"),
    (#""dropped":{"segment":4}"#, #""dropped":{"segment":-1}"#, "traces[0].events[5].what"),
    (#""events":[2,4]"#, #""events":[2,17]"#, "traces[0].events[11].what.measurement.figure.events[1]"),
    (#""time":3000,"#, #""time":9000,"#, "traces[0].events[2].time"),
    (#""time":3000,"#, #""time":-1,"#, "traces[0].events[1].time"),
    (#""ended":4000"#, #""ended":9223372036854775807"#, "traces[0].events[1].what.call.ended"),
    (#""window":65535"#, #""window":65536"#, "traces[0].events[2].what.segment.segment.window"),
    (#""seq":4294967295"#, #""seq":4294967296"#, "traces[0].events[2].what.segment.segment.seq"),
    (#""flags":"SYN""#, #""flags":"SIN""#, "traces[0].events[2].what.segment.segment.flags"),
    (#""hertz":250"#, #""hertz":0"#, "machine.hertz"),
    (#""party":"left""#, #""party":"middle""#, "traces[0].events[1].party"),
    (#""retries":0"#, #""retries":null"#, "traces[0].events[7].what.sighting.record.timer.retries"),
  ])
  func whatCannotBeIsNamedByItsPath(old: String, new: String, path: String) throws {
    let message = try error(replacing: old, by: new)
    #expect(message.hasPrefix(path + ": "))
    #expect(!message.contains("\n"))
  }

  @Test func deepNestingIsRefused() {
    #expect(error(reading: "{\"a\":" + String(repeating: "[", count: 100_000)).contains("nested too deeply"))
  }
}
