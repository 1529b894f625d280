import Claims
import Kinds
import Reports
import Testing

@Suite(.tags(.pure)) struct JUnitTests {
  @Test(arguments: KTAPTests.samples.map(\.name)) func itsNumbersAreWhatStandsInIt(name: String) throws {
    let report = try #require(KTAPTests.samples.first { $0.name == name }).report
    let xml = try #require(WellFormed(report.junit()))
    let cases = report.suites.flatMap(\.cases)
    #expect(xml.all("testcase").count == cases.count)
    let root = try #require(xml.elements.last)
    #expect(root.name == "testsuites")
    func number(_ element: WellFormed.Element, _ name: String) -> Int? {
      element.attributes[name].flatMap { Int($0) }
    }
    for name in ["tests", "failures", "errors", "skipped"] {
      let sum = xml.all("testsuite").compactMap { number($0, name) }.reduce(0, +)
      #expect(number(root, name) == sum)
    }
    #expect(number(root, "tests") == cases.count)
    #expect(number(root, "failures") == xml.all("failure").count)
    #expect(number(root, "skipped") == xml.all("skipped").count)
    // Ids tell tests apart from one build to the next.
    let names = xml.all("testcase").map { [$0.attributes["classname"], $0.attributes["name"]] }
    #expect(Set(names).count == names.count)
  }

  @Test func itHasOnlyWhatTheSchemaAllows() throws {
    let allowed = [
      "testsuites": ["name", "tests", "failures", "errors", "skipped"],
      "testsuite": ["name", "tests", "failures", "errors", "skipped"],
      "properties": [], "property": ["name", "value"],
      "testcase": ["classname", "name", "file", "line"],
      "failure": ["message", "type"], "skipped": ["message"],
    ]
    for (_, report) in KTAPTests.samples {
      for element in try #require(WellFormed(report.junit())).elements {
        let attributes = try #require(allowed[element.name])
        #expect(Set(element.attributes.keys).isSubset(of: attributes), "\(element.name)")
      }
    }
  }

  @Test func aFailureHasBothValuesAndItsPlace() throws {
    let xml = try #require(WellFormed(Samples.close.rendered(as: .junit)))
    let failures = xml.all("failure")
    let last = try #require(failures.first { $0.text.contains("7502") })
    #expect(last.attributes["type"] == "contradicted")
    #expect(
      last.attributes["message"] == "expected ACK(SEQ:5001, ACK:7502), kernel ACK(SEQ:5001, ACK:7501)")
    #expect(last.text.contains("at page.md:46, table 3"))
    #expect(Set(failures.map { $0.attributes["type"] }) == ["contradicted", "simplified", "conditional"])
    let kernel = try #require(xml.all("property").first { $0.attributes["name"] == "kernel release" })
    #expect(kernel.attributes["value"] == "6.18.0")
  }
}
