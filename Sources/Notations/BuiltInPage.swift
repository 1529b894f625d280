package import Documents

extension BuiltInPage {
  /// The page, whose ladders and facts are all in tables of our own notation.
  package func read() throws(PageError) -> Page { try Page(written: source, name: id) }
}
