extension BuiltInPages {
  /// Pages that change one thing in the course of a lesson: `--what-if` of its command. Each has two ladders, the usual
  /// course and the changed one.
  package static let whatIfs: [(lesson: String, pages: [BuiltInPage])] = [
    (
      "handshake",
      [
        BuiltInPage("syn-lost", PackageResources.syn_lost_md),
        BuiltInPage("third-segment-lost", PackageResources.third_segment_lost_md),
      ]
    ), ("data-transfer", [BuiltInPage("ack-lost", PackageResources.ack_lost_md)]),
    (
      "close-sequence",
      [
        BuiltInPage("last-ack-lost", PackageResources.last_ack_lost_md),
        BuiltInPage("fin-overtakes-data", PackageResources.fin_overtakes_data_md),
        BuiltInPage("server-never-closes", PackageResources.server_never_closes_md),
        BuiltInPage("both-close", PackageResources.both_close_md),
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
}
