import Benches
import Linux
import Records
import Running
import TCP

/// Records as the program makes them, of a world that may be another one.
enum Recording {
  /// The command's own driver, which makes them.
  ///
  /// - Parameter longest: the longest wait for the kernel, in seconds; whatever waits longer is left out.
  static func run(longest: Int, settings: SettingsSource) -> RecordRun {
    var run = RecordRun(command: "trust", version: "trust", settings: settings)
    run.longestWait = longest
    return run
  }

  /// A record of two hosts on a wire under these settings.
  static func record(longest: Int, settings: SettingsSource) throws -> Record {
    try run(longest: longest, settings: settings).record(on: try Wire(family: .ipv4)).record
  }

  /// What a record says of the kernel, as text.
  static func behaviour(of record: Record) -> String {
    var bare = record
    bare.environment = Environment()
    return bare.markdown
  }
}

/// A line for whoever waits, also where it goes through a pipe.
func tell(_ text: String) { try? WholeFile.write(Array((text + "\n").utf8), to: 1) }
