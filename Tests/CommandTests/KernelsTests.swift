import Foundation
import Testing

extension CommandTests {
  /// What can be said of other kernels before one is booted.
  @Suite(.enabled(if: Probe.isThere, "the program is not beside its tests")) struct KernelsTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    @Test func withoutAKernelItSaysWhatToGive() throws {
      let ended = try Probe.run("kernels", in: folder)
      #expect(ended.status == 64 && ended.errors.contains("--debian"))
    }

    @Test func whatIsNoKernelIsToldByName() throws {
      try folder.write("no kernel", to: "vmlinuz")
      let ended = try Probe.run("kernels", "vmlinuz", in: folder)
      #expect(ended.status == 2 && ended.errors.contains("vmlinuz: no Linux kernel"), "\(ended.errors)")
    }

    @Test func aFormatThatIsAboutPlaysIsRefused() throws {
      let ended = try Probe.run("kernels", "vmlinuz", "--format", "svg", in: folder)
      #expect(ended.status == 64 && ended.errors.contains("markdown"))
    }

    @Test func manyRecordsAreOneTable() throws {
      func record(_ release: String, _ errno: String) -> String {
        """
        # Linux \(release): what its TCP did

        <!-- tcpprobe record, schema 2 -->

        ## Environment

        | what | value | set by |
        | --- | --- | --- |
        | kernel release | \(release) | |

        ## Behaviour

        ### closed port

        | what | value | set by |
        | --- | --- | --- |
        | connect() where nobody listens | \(errno) | by default |

        <!-- end of record, 1 behaviours -->
        """
      }
      for (release, errno) in [("6.12.1", "ETIMEDOUT"), ("6.1.9", "ECONNREFUSED"), ("6.18.2", "ETIMEDOUT")] {
        try folder.write(record(release, errno), to: release + ".md")
      }
      let ended = try Probe.run("compare", "6.12.1.md", "6.1.9.md", "6.18.2.md", in: folder)
      #expect(ended.status == 1)
      #expect(
        ended.output.contains("6.1.9             ECONNREFUSED\n  6.12.1 to 6.18.2  ETIMEDOUT"),
        "\(ended.output)")
    }
  }
}
