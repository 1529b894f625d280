extension BuiltInPages {
  /// Pages that change one thing in the course of a lesson: `--what-if` of its command. Each has two ladders, the usual
  /// course and the changed one.
  package static let whatIfs: [(lesson: String, pages: [BuiltInPage])] = [
    (
      "handshake",
      [
        page("syn-lost", PackageResources.syn_lost_md),
        page("third-segment-lost", PackageResources.third_segment_lost_md),
      ]
    ), ("data-transfer", [page("ack-lost", PackageResources.ack_lost_md)]),
    (
      "close-sequence",
      [
        page("last-ack-lost", PackageResources.last_ack_lost_md),
        page("fin-overtakes-data", PackageResources.fin_overtakes_data_md),
        page("server-never-closes", PackageResources.server_never_closes_md),
        page("both-close", PackageResources.both_close_md),
      ]
    ),
  ]

  /// The lesson that this page changes; nil where it is no such page.
  package static func lesson(changedBy id: String) -> String? {
    whatIfs.first { $0.pages.contains { $0.id == id } }?.lesson
  }

  /// The names of the pages that change this lesson, for a person: `syn-lost, third-segment-lost`.
  package static func changes(of lesson: String) -> String {
    whatIfs.first { $0.lesson == lesson }?.pages.map(\.id).joined(separator: ", ") ?? ""
  }

  private static func page(_ id: String, _ text: [UInt8]) -> BuiltInPage {
    BuiltInPage(
      id: id, original: "tcpprobe's page on a changed course", source: String(decoding: text, as: UTF8.self))
  }
}
