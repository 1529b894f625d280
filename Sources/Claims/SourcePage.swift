package import Documents
import Notations
package import Traces

extension Page {
  /// The page of this text; of its sentences, those that state what the scenarios measure are facts.
  package init(of source: Run.Source, by catalogue: Catalogue) throws(PageError) {
    if let page = BuiltInPages.page(source.name), page.source == source.text {
      self = try page.read()
    } else {
      try self.init(reading: source.text, name: source.name, figures: catalogue.spokenFigures)
    }
  }
}
