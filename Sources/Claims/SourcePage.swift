package import Documents
import Notations
package import Traces

extension Page {
  /// The page of this text; of its sentences, those that state what the scenarios measure are facts.
  package init(of source: Run.Source, by catalogue: Catalogue) throws(PageError) {
    // The built-in pages have a table for each of their facts; their sentences only say the same again.
    let isBuiltIn = BuiltInPages.page(source.name)?.source == source.text
    try self.init(
      reading: source.text, name: source.name, figures: isBuiltIn ? .none : catalogue.spokenFigures)
  }
}
