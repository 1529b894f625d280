import Documents

/// One run of the program: the machine, the documents, what was run. What `--format json` holds.
package struct Run: Codable, Equatable, Sendable {
  /// The version of this structure; raised when a reader of the older one would misread.
  package static let currentSchema = 2

  package var schema: Int
  /// The program's version.
  package var version: String
  /// The command as a person types it.
  package var command: String
  package var machine: Machine
  /// The documents that were run, as text: judging again needs nothing else.
  package var documents: [Source]
  package var traces: [Trace]

  package init(
    version: String, command: String, machine: Machine, documents: [Source], traces: [Trace]
  ) {
    schema = Run.currentSchema
    self.version = version
    self.command = command
    self.machine = machine
    self.documents = documents
    self.traces = traces
  }

  /// A document by its name and text.
  package struct Source: Codable, Equatable, Sendable {
    package var name: String
    package var text: String

    package init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }
}

/// The machine that a run was made on.
package struct Machine: Codable, Equatable, Sendable {
  /// `uname -r`.
  package var release: String
  /// `uname -m`.
  package var architecture: String
  /// Ticks of the kernel's clock in a second; nil where it cannot be told.
  package var hertz: Int?
  /// The time at which the run began, in seconds since 1970.
  package var time: Int64

  package init(release: String, architecture: String, hertz: Int?, time: Int64) {
    self.release = release
    self.architecture = architecture
    self.hertz = hertz
    self.time = time
  }
}
