import Kinds
import Records
import Reports
import Scenarios
import Testing
import Traces

@Suite(.tags(.pure)) struct KernelTableReportTests {
  private let table: KernelTable = {
    let records = ["6.1.9", "6.12.1"].map { release in
      Record(
        command: "tcpprobe record",
        environment: Environment(facts: [Environment.Fact(Environment.Name.release, release)]),
        sections: [
          Record.Section(
            name: "closed port",
            rows: [Record.Row("x", .measured(Value(reading: release)), setBy: "by default")])
        ])
    }
    return KernelTable(
      records, by: Scenarios.catalogue,
      times: [KernelTable.Time(guest: 7929, wall: 38), KernelTable.Time(guest: 7931, wall: 49)])
  }()

  @Test func everyFormSaysHowLongEachKernelTook() {
    let texts = [table.terminalReport(style: Style()), table.markdown, table.html]
    for text in texts {
      for time in ["7,929 s in 38 s", "7,931 s in 49 s"] { #expect(text.contains(time), "\(text)") }
    }
    #expect(texts[0].contains("  6.1.9   7,929 s in 38 s\n  6.12.1  7,931 s in 49 s\n"), "\(texts[0])")
  }
}
