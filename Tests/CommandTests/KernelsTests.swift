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
      #expect(ended.status == 64 && ended.errors.contains("vmlinuz: not a Linux kernel"), "\(ended.errors)")
    }

    @Test func aFormatThatIsAboutRunsIsRefused() throws {
      let ended = try Probe.run("kernels", "vmlinuz", "--format", "svg", in: folder)
      #expect(ended.status == 64 && ended.errors.contains("markdown"))
    }

    @Test func aFolderWithoutKernelsIsToldByName() throws {
      let ended = try Probe.run("kernels", ".", in: folder)
      #expect(ended.status == 64 && ended.errors.contains(".: contains no kernel"), "\(ended.errors)")
    }

    /// git takes what is below 125 for a kernel's fault, and what is above 127 for nobody's.
    @Test func gitIsToldWhatIsTheKernelsFaultAndWhatIsNot() throws {
      try folder.write("no record", to: "before.md")
      let program = try #require(Probe.path)
      func status(_ image: String, _ record: String) throws -> Int32? {
        try Probe.run("kernels", image, "--against", record, "--program", program, in: folder).status
      }
      // This program may need libraries; then that is told before anything else.
      let isStatic = try Probe.run("kernels", "vmlinuz", "--bisect", in: folder).errors.contains("no kernel")
      #expect(try status("missing", "before.md") == (isStatic ? 125 : 128))
      try folder.write("no kernel", to: "vmlinuz")
      #expect(try status("vmlinuz", "before.md") == (isStatic ? 125 : 128))
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
      #expect(ended.output.hasPrefix("  6.1.9   6.1.9.md\n  6.12.1  6.12.1.md\n  6.18.2  6.18.2.md\n"))
      #expect(
        ended.output.contains(
          "6.1.9             ECONNREFUSED\n  6.12.1 to 6.18.2  ETIMEDOUT"),
        "\(ended.output)")
    }
  }
}
