import ArgumentParser
import Documents
import Linux
import Reports
import SystemPackage

/// The files that a command writes. Each is shown to be writable before anything is run, and none of them is a file
/// that the command reads, or writes for another option.
final class Outputs: Sendable {
  private let places: [String: OutputPlace]

  /// Claims the places. Standard output is none: it is what the caller has made it, a file to be appended to as well.
  ///
  /// - Parameters:
  ///   - wanted: what each option asks for.
  ///   - inputs: the files that are read; `-` is standard input.
  /// - Throws: ``Failure`` with the option and the path.
  init(_ wanted: [(option: String, path: String?)], inputs: [String] = []) throws {
    var places: [String: OutputPlace] = [:]
    var options: [FileIdentity: String] = [:]
    let read = inputs.map { ($0, $0 == "-" ? FileIdentity(ofOrdinary: 0) : FileIdentity(of: $0)) }
    defer { for place in places.values { place.removeTrial() } }
    // A report that no file is named for goes to standard output.
    var onStandardOutput = wanted.first { $0.option == Self.report && $0.path == nil }?.option
    for (option, path) in wanted {
      guard let path else { continue }
      func fault(_ reason: String) -> Failure { Failure("\(option) \(path) \(reason)", status: ExitCode(64)) }
      if Self.isStandardOutput(path) {
        if let other = onStandardOutput {
          throw fault("is standard output, and so is \(other): give one of them a file")
        }
        onStandardOutput = option
        continue
      }
      let place: OutputPlace
      do { place = try OutputPlace(path) } catch { throw fault("cannot be written: \(error)") }
      guard let identity = place.identity else {
        places[path] = place
        continue
      }
      if let other = options[identity] {
        throw fault("is also the file of \(other): give each its own file")
      }
      if let (input, _) = read.first(where: { $0.1 == identity }) {
        throw fault("is also an input (\(input == "-" ? "standard input" : input)): choose another file")
      }
      if identity == FileIdentity(ofOrdinary: 1) {
        throw fault("is the file that standard output is redirected to: choose another file")
      }
      options[identity] = option
      places[path] = place
    }
    self.places = places
  }

  /// The option that says where the report goes.
  static let report = "--output"

  /// Tells whether this names standard output, whatever that is: `-`, or a name that the system has for it.
  static func isStandardOutput(_ path: String) -> Bool {
    ["-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].contains(path)
  }

  /// Fails where one of these files would be overwritten.
  func refuseOverwriting(_ path: String?, unless help: String) throws {
    guard let path, places[path]?.holdsSomething == true else { return }
    throw Failure("\(path) already exists: \(help)", status: ExitCode(64))
  }

  func write(_ text: String, to path: String?) throws { try write(Array(text.utf8), to: path) }

  /// Writes one of the files, or standard output.
  func write(_ bytes: [UInt8], to path: String?) throws {
    guard let path, !Self.isStandardOutput(path) else { return try Output.write(bytes) }
    guard let place = places[path] else { preconditionFailure("\(path) was not claimed") }
    do { try place.write(bytes) } catch { throw Failure("\(path) cannot be written: \(error)") }
  }
}

/// Standard output, and messages beside it.
enum Output {
  static func write(_ text: String) throws { try write(Array(text.utf8)) }

  static func write(_ bytes: [UInt8]) throws {
    do throws(Errno) {
      try WholeFile.write(bytes, to: 1)
    } catch {
      // Nobody reads any more: what head(1) and less(1) do is no failure.
      if error == .brokenPipe { return }
      throw Failure("standard output cannot be written: \(error)")
    }
  }

  /// A message for the person, beside the report. Further lines of it are indented, so that no name that holds a line
  /// feed looks like a message of its own.
  static func note(_ text: String) {
    let said = text.visible.replacing("\n", with: "\n  ")
    try? WholeFile.write(Array((fitted("tcpprobe: \(said)") + "\n").utf8), to: 2)
  }

  /// The message as wide as the terminal that it goes to; as it is where standard error is none.
  static func fitted(_ text: String) -> String {
    guard Terminal.isTerminal(2), let width = Terminal.width(2), width > 20 else { return text }
    return text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      let indent = String(line.prefix { $0 == " " })
      guard line.displayWidth > width, !line.contains("|") else { return [String(line)] }
      let rows = wrapped(line.dropFirst(indent.count), to: width - indent.count - 2)
      return rows.enumerated().map { indent + ($0 > 0 ? "  " : "") + $1 }
    }.joined(separator: "\n")
  }
}
