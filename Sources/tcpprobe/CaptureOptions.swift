import ArgumentParser

/// The options for capture files.
struct CaptureOptions: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The connection of a capture file (pcap, pcapng), by its number in the list of tcpprobe explain FILE.",
      valueName: "number"))
  var connection: Int?

  func validate() throws {
    if let connection, connection < 1 {
      throw ValidationError("--connection \(connection): expected 1 or more")
    }
  }

  /// Fails where several files are given.
  func refuse(forPages count: Int) throws {
    guard connection != nil else { return }
    throw Failure("--connection is for one capture; \(count) files were given", status: ExitCode(64))
  }
}
