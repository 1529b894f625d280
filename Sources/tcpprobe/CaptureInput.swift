import ArgumentParser
import Documents
import Linux
import Notations
import SystemPackage
import TCP
import Traces

/// A capture file that a person gives.
struct CaptureInput {
  /// The name of the file for a person.
  let name: String
  let capture: Capture

  /// The connection that a person asks for, or the only one; nil where there are several, or none.
  func only(_ number: Int?) throws -> CapturedConnection? {
    guard let number else { return capture.connections.count == 1 ? capture.connections[0] : nil }
    guard let found = capture.connections.first(where: { $0.number == number }) else {
      let count = capture.connections.count
      throw Failure(
        "--connection \(number): \(name) has \(count == 1 ? "1 connection" : "\(count) connections")",
        status: ExitCode(64))
    }
    return found
  }

  /// Fails where nothing can be said of the file.
  func refuseEmpty() throws {
    if let emptiness { throw Failure("\(name): \(emptiness)", status: ExitCode(64)) }
  }

  /// The reason why nothing can be said of the file; nil where something can.
  private var emptiness: String? {
    guard capture.connections.isEmpty else { return nil }
    if let fault = capture.fault { return fault.description }
    let (packets, unknown) = (packets(capture.tally.packets), packets(capture.tally.unknownLinks))
    return capture.tally.unknownLinks > 0
      ? "\(unknown) of a link layer that is not read: expected \(Capture.knownLinks)"
      : "no TCP packet in \(packets): expected a capture of a TCP connection"
  }

  /// The reason why it is no page among several; nil where it is the page of its only connection.
  var refusal: Page.Unread? {
    let count = capture.connections.count
    let reason =
      count > 1
      ? "\(count) connections: check it alone, with --connection NUMBER"
      : emptiness ?? capture.page(named: name, of: capture.connections).refused.first
    return reason.map { Page.Unread(line: 1, text: $0, kind: .other(nil)) }
  }

  /// Tells of damage; what stands before it was read.
  func noteFault() {
    guard let fault = capture.fault else { return }
    Output.note("\(name): \(fault); read before it: \(packets(capture.tally.packets))")
  }

  private func packets(_ count: Int) -> String { "\(count) packet\(count == 1 ? "" : "s")" }

  /// The page of these connections; `isWhole` tells whether each of them is in it, and the file has no fault.
  func page(of connections: [CapturedConnection]) throws -> (source: Run.Source, isWhole: Bool) {
    let (text, refused) = capture.page(named: name, of: connections)
    for reason in refused { Output.note("\(name): \(reason)") }
    if refused.count == connections.count { throw Failure("\(name): nothing to read", status: ExitCode(64)) }
    return (Run.Source(name: name, text: text), refused.isEmpty && capture.fault == nil)
  }
}

extension Page.Unread {
  init(_ fault: CaptureFault) { self.init(line: 1, text: fault.description, kind: .other(nil)) }
}

extension Input {
  /// A file as it begins.
  enum Document {
    case capture(CaptureInput)
    /// Anything else, whole.
    case text([UInt8])

    /// The place of a capture behind which nothing could be read.
    var fault: CaptureFault? { if case .capture(let input) = self { input.capture.fault } else { nil } }

    /// The family of a capture's connections; nil where they have none or both, and of any other file.
    var family: Family? {
      guard case .capture(let input) = self else { return nil }
      let families = Set(input.capture.connections.map(\.family))
      return families.count == 1 ? families.first ?? nil : nil
    }
  }

  /// Reads a capture in a stream, and any other file whole.
  ///
  /// - Parameter connection: the connection of a capture that is wanted; nil for all.
  static func document(_ path: String, connection: Int? = nil) throws -> Document {
    let name = name(of: path)
    do {
      let file = try FilePieces(place(of: path))
      var begin: [UInt8] = []
      while begin.count < CaptureReader.signatureLength, let piece = try file.next() { begin += piece }
      guard CaptureReader.isCapture(begin) else {
        while begin.count <= limit, let piece = try file.next() { begin += piece }
        if begin.count > limit { throw Errno.fileTooLarge }
        return .text(begin)
      }
      var reader = CaptureReader(connection: connection)
      reader.add(begin)
      while !reader.isOver, let piece = try file.next() { reader.add(piece) }
      return .capture(CaptureInput(name: name, capture: reader.end()))
    } catch Errno.fileTooLarge {
      throw Failure(
        "\(name): larger than \(limit >> 20) MB: expected a smaller text file", status: ExitCode(64))
    } catch let error as Errno {
      throw Failure("\(name): \(error)", status: ExitCode(64))
    }
  }
}
