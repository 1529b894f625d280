import ArgumentParser
import Documents
import Learning
import Linux
import Records
import Reports
import Traces

/// Reading records and machines.
extension Input {
  /// A record that a file holds.
  static func record(_ path: String) throws -> Record {
    try record(path, Run.Source(name: path, text: String(decoding: try bytes(path), as: UTF8.self)))
  }

  /// The same of a file that was read.
  static func record(_ path: String, _ source: Run.Source) throws -> Record {
    do { return try Record(reading: source.text, name: path) } catch {
      throw Failure("\(error)", status: ExitCode(64))
    }
  }

  /// The files that are read where this record is: itself, and what was accepted of its changes.
  static func files(ofRecord path: String) -> [String] {
    path == "-" ? [path] : [path, acceptancePath(of: path)]
  }

  /// The accepted changes of this record; nothing where no file says so.
  static func acceptance(of record: String) throws -> Acceptance {
    let path = acceptancePath(of: record)
    guard WholeFile.isTaken(place(of: path)) else { return Acceptance() }
    guard let text = String(validating: try bytes(path), as: UTF8.self) else {
      throw Failure(
        "\(path): damaged: not UTF-8; expected a file that tcpprobe accept wrote", status: ExitCode(64))
    }
    do { return try Acceptance(reading: text, name: path) } catch {
      throw Failure("\(error)", status: ExitCode(64))
    }
  }

  /// `before.accepted.md` beside `before.md`.
  static func acceptancePath(of record: String) -> String {
    (record.hasSuffix(".md") ? String(record.dropLast(3)) : record) + ".accepted.md"
  }
}

extension Input {
  /// The machine that a file holds.
  static func machine(_ path: String) throws -> LearnedMachine {
    do { return try LearnedMachine(reading: try bytes(path)) } catch is LearnedMachine.NoMachine {
      throw Failure(
        "\(path) is not a state machine: expected a file of tcpprobe learn --format json",
        status: ExitCode(64))
    }
  }

  /// Tells whether a file holds a machine. Standard input, which can be read but once, counts as none.
  static func isMachine(_ path: String) -> Bool {
    guard path != "-", let bytes = try? bytes(path) else { return false }
    return (try? LearnedMachine(reading: bytes)) != nil
  }
}
