package import Documents
package import TCP

/// A packetdrill script that is written from a ladder, with all of the ladder that a script of one end cannot say.
package struct WrittenScript: Equatable, Sendable {
  package var text: String
  package var unwritten: [Unwritten]

  /// A comment of one line, whatever the text holds: a line of its own would be an event, or a command for a shell.
  package static func comment(_ text: String) -> String { "// " + text.visibleLine }

  /// Something of the ladder that the script does not have.
  package struct Unwritten: Equatable, Sendable {
    /// The line of the page.
    package var line: Int
    package var reason: Reason
  }

  package enum Reason: Equatable, Sendable {
    /// No descriptor is there to ask for the state: before accept(), and after close().
    case stateWithoutDescriptor(State)
    /// TCP_INFO has no such state: the kernel keeps it outside the socket.
    case stateOutsideSocket(State)
    /// The result of the call depends on what the page does not say.
    case unknownResult(Call)
    /// More than a kernel sends before an ACK comes: where the ACKs come, the page does not say.
    case muchData(Int)
    /// The page's number lies before the SYN, and the data reaches beyond it.
    case numberBeforeSyn
    case reboot
    case secondConnection
    case oldSyn
    case unread(String)

    /// Tells whether nothing below it can be written either.
    var endsScript: Bool {
      switch self {
      case .stateWithoutDescriptor, .stateOutsideSocket, .unknownResult: false
      case .muchData, .numberBeforeSyn, .reboot, .secondConnection, .oldSyn, .unread: true
      }
    }
  }
}

extension WrittenScript.Reason: CustomStringConvertible {
  package var description: String {
    switch self {
    case .stateWithoutDescriptor(let state):
      "\(state.rawValue): the script has no descriptor of the connection here, so it cannot ask for the state"
    case .stateOutsideSocket(let state): "\(state.rawValue): TCP_INFO does not have this state"
    case .unknownResult(let call): "\(call): its result is not known here"
    case .muchData(let octets):
      "\(octets) bytes, more than leave before the first ACK, and all steps below them"
    case .numberBeforeSyn: "a number before that of the SYN, and all steps below it"
    case .reboot: "a reboot, and all steps below it"
    case .secondConnection: "another connection, and all steps below it"
    case .oldSyn: "an old duplicate of a SYN, and all steps below it"
    case .unread(let text): "\(text): not read, and all steps below it"
    }
  }
}

extension Ladder {
  /// The ladder as a packetdrill script for one of its parties: the calls of this party, what it must send, and what the
  /// other sends to it.
  ///
  /// - Parameter remarks: lines for the head of the script.
  /// - Throws: ``PageError`` where the ladder cannot be run.
  package func script(
    of party: Party, page: String, remarks: [String] = []
  ) throws(PageError) -> WrittenScript {
    var writer = ScriptWriter(self, plan: try Plan(self, page: page), of: party)
    writer.write(remarks)
    return WrittenScript(text: writer.lines.joined(separator: "\n") + "\n", unwritten: writer.unwritten)
  }
}
