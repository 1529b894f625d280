/// The pages that come with the program: what two documents teach about TCP, told again in words of our own.
package enum BuiltInPages {
  package static let all = [
    BuiltInPage(
      "three-steps", original: "a 2019 page on the three phases of TCP", PackageResources.three_steps_md),
    BuiltInPage(
      "two-handshakes", original: "a 2023 article on the two handshakes of TCP",
      PackageResources.two_handshakes_md),
  ]

  /// Pages of our own, which a command of the same name runs: what people most want to see.
  package static let demonstrations = [
    BuiltInPage("handshake", PackageResources.handshake_md),
    BuiltInPage("data-transfer", PackageResources.data_transfer_md),
    BuiltInPage("close-sequence", PackageResources.close_sequence_md),
    BuiltInPage("time-wait", PackageResources.time_wait_md),
    BuiltInPage("close-wait", PackageResources.close_wait_md),
    BuiltInPage("reset", PackageResources.reset_md),
    BuiltInPage("timers", PackageResources.timers_md),
    BuiltInPage("sockets", PackageResources.sockets_md),
  ]

  /// The reason for the kernel's behaviour in a claim of these pages, with the sections of the standards; nil for a claim that
  /// no built-in page makes.
  package static func reason(for claim: String) -> String? {
    let source = String(decoding: PackageResources.reasons_md, as: UTF8.self)
    return item(claim, in: source.split(separator: "\n").map(String.init))
  }

  /// The pages that a record has: articles and demonstrations.
  package static var recorded: [BuiltInPage] { all + demonstrations }

  /// The pages whose values are those of Linux; an article restates whatever its original says.
  package static var ofLinux: [BuiltInPage] { demonstrations + whatIfs.flatMap(\.pages) }

  /// Every page that comes with the program.
  package static var everyPage: [BuiltInPage] { recorded + whatIfs.flatMap(\.pages) }

  /// The page of this id, or nil.
  package static func page(_ id: String) -> BuiltInPage? { everyPage.first { $0.id == id } }
}

/// A page that comes with the program, as the Markdown that it is.
package struct BuiltInPage: Sendable {
  package var id: String
  /// The original that an article restates, whose citation stands in the page; nil for a page of ours.
  package var original: String?
  package var source: String

  init(_ id: String, original: String? = nil, _ source: [UInt8]) {
    self.id = id
    self.original = original
    self.source = String(decoding: source, as: UTF8.self)
  }
}
