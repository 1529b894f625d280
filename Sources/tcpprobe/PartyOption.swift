import ArgumentParser
import Documents

/// The choice of the end that a packetdrill script is written for.
struct PartyOption: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The end that the packetdrill script tests: the header of its column, or left or right.",
      valueName: "name"))
  var party: String?

  /// The chosen one of the parties with these names.
  ///
  /// - Parameter option: the option that asks for a script, for a message.
  func chosen(of names: Both<String>, for option: String) throws -> Party {
    let known = "\(names.left) or \(names.right)"
    guard let party else {
      throw Failure(
        "\(option) needs --party NAME, the end that the script tests: \(known)", status: ExitCode(64))
    }
    let wanted = party.lowercased()
    let named = Party.allCases.filter { names[$0].lowercased() == wanted }
    if named.count == 1 { return named[0] }
    if let place = Party(rawValue: wanted) { return place }
    throw Failure("--party \(party): the parties of this ladder are \(known)", status: ExitCode(64))
  }

  func refuse(unless isScript: Bool, _ option: String) throws {
    if party != nil, !isScript { throw ValidationError("--party needs \(option)") }
  }
}
