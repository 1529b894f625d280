package import Documents

extension BuiltInPage {
  /// The page, read as any other is.
  package func read() throws(PageError) -> Page { try Page(reading: source, name: id) }
}
