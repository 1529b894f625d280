/// The pages that come with the program: what two documents teach about TCP, told again in words of our own.
package enum BuiltInPages {
  package static let all = [
    BuiltInPage(
      id: "three-steps", original: "a 2019 page on the three phases of TCP",
      source: String(decoding: PackageResources.three_steps_md, as: UTF8.self)),
    BuiltInPage(
      id: "two-handshakes", original: "a 2023 article on the two handshakes of TCP",
      source: String(decoding: PackageResources.two_handshakes_md, as: UTF8.self)),
  ]

  /// Pages of our own, which a command of the same name runs: what people most want to see.
  package static let demonstrations = [
    BuiltInPage(
      id: "handshake", original: "tcpprobe's page on the handshake",
      source: String(decoding: PackageResources.handshake_md, as: UTF8.self)),
    BuiltInPage(
      id: "data-transfer", original: "tcpprobe's page on data and ACKs",
      source: String(decoding: PackageResources.data_transfer_md, as: UTF8.self)),
    BuiltInPage(
      id: "close-sequence", original: "tcpprobe's page on the close",
      source: String(decoding: PackageResources.close_sequence_md, as: UTF8.self)),
    BuiltInPage(
      id: "time-wait", original: "tcpprobe's page on TIME_WAIT",
      source: String(decoding: PackageResources.time_wait_md, as: UTF8.self)),
    BuiltInPage(
      id: "close-wait", original: "tcpprobe's page on CLOSE_WAIT",
      source: String(decoding: PackageResources.close_wait_md, as: UTF8.self)),
    BuiltInPage(
      id: "reset", original: "tcpprobe's page on RST",
      source: String(decoding: PackageResources.reset_md, as: UTF8.self)),
    BuiltInPage(
      id: "timers", original: "tcpprobe's page on TCP timers",
      source: String(decoding: PackageResources.timers_md, as: UTF8.self)),
    BuiltInPage(
      id: "sockets", original: "tcpprobe's page on calls and socket states",
      source: String(decoding: PackageResources.sockets_md, as: UTF8.self)),
  ]

  /// The reason for the kernel's behaviour in a claim of these pages, with the sections of the standards; nil for a claim that
  /// no built-in page makes.
  package static func reason(for claim: String) -> String? {
    let source = String(decoding: PackageResources.reasons_md, as: UTF8.self)
    return item(claim, in: source.split(separator: "\n").map(String.init))
  }

  /// The pages that a record has: articles and demonstrations.
  package static var recorded: [BuiltInPage] { all + demonstrations }

  /// Every page that comes with the program.
  package static var everyPage: [BuiltInPage] { recorded + whatIfs.flatMap(\.pages) }

  /// The page of this id, or nil.
  package static func page(_ id: String) -> BuiltInPage? { everyPage.first { $0.id == id } }
}

/// A page that comes with the program, as the Markdown that it is.
package struct BuiltInPage: Sendable {
  package var id: String
  /// The original that the page restates; its citation stands in the page.
  package var original: String
  package var source: String
}
