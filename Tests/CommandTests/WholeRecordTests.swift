import Foundation
import Testing

extension CommandTests {
  /// A record is there whole, or as it was before.
  @Suite(
    .enabled(if: Probe.isThere && Probe.canMount, "nothing can be mounted here"))
  struct WholeRecordTests {
    private let folder: Folder
    init() throws { folder = try Folder() }

    /// Runs `record --force -o small/record.md` after a preparation, and shows what there is then.
    private func record(over old: String?, _ preparation: String) throws -> (
      status: Int32?, record: String?, names: [String], errors: String
    ) {
      let script = """
        rm -f record.md
        mkdir -p small && mount -t tmpfs -o size=64k none small || exit 9
        [ -z "$1" ] || printf %s "$1" > small/record.md
        shift
        ( \(preparation); exec "$@" )
        echo $? > status
        cp small/record.md record.md 2> /dev/null
        rm -f small/filler
        ls -A small > names
        """
      let probe = try Probe.program(["record", "--only", "three-steps", "--force", "-o", "small/record.md"])
      let ended = try Program(["unshare", "-m", "sh", "-c", script, "sh", old ?? ""] + probe.arguments)
        .run(in: folder)
      let status = Int32(try folder.read("status").trimmingCharacters(in: .whitespacesAndNewlines))
      return (
        status, try? folder.read("record.md"),
        try folder.read("names").split(separator: "\n").map(String.init),
        ended.errors
      )
    }

    @Test func aFullDiskLeavesTheOldRecordAsItWas() throws {
      let full = try record(over: "old", "head -c 1000000 /dev/zero > small/filler 2> /dev/null")
      #expect(full.status == 2 && full.errors.contains("No space left"), "\(full.errors)")
      #expect(full.record == "old" && full.names == ["record.md"])
    }

    @Test func aFullDiskLeavesNoPartOfARecord() throws {
      let full = try record(over: nil, "head -c 1000000 /dev/zero > small/filler 2> /dev/null")
      #expect(full.status == 2 && full.record == nil && full.names.isEmpty, "\(full.errors)")
    }

    /// The kernel ends a program within a write that goes over its limit: nothing is left to luck.
    @Test func aProgramThatIsKilledWhileItWritesLeavesTheOldRecordAsItWas() throws {
      let killed = try record(over: "old", "ulimit -c 0; ulimit -f 2")
      // 128 and SIGXFSZ.
      let signaled: Int32 = 153
      #expect(killed.status == signaled, "\(killed.errors)")
      #expect(killed.record == "old")
      #expect(try record(over: nil, "ulimit -c 0; ulimit -f 2").record == nil)
    }

    @Test func whereThereIsSpaceTheRecordIsWhole() throws {
      let written = try record(over: "old", "true")
      #expect(
        written.status == 0 && written.record?.contains("<!-- end of record") == true, "\(written.errors)")
      #expect(written.names == ["record.md"])
    }
  }
}
