package import Claims
package import Documents

extension Assessment {
  /// The pages that a report tells from top to bottom: all but the articles, which a lesson cites.
  package var lessons: [Page] {
    let articles = Set(BuiltInPages.all.map(\.id))
    return pages.filter { !articles.contains($0.name) }
  }
}
