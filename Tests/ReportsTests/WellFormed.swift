import Foundation
import FoundationXML

/// What a reader of XML finds in a page or a drawing: an independent witness that nothing in it is broken.
final class WellFormed: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
    /// The text in it, that of elements within included.
    var text: String
  }

  /// In the order in which they end.
  private(set) var elements: [Element] = []
  private var open: [Element] = []

  /// nil where the text is not well-formed; the error is printed.
  init?(_ text: String) {
    super.init()
    // A page's first line says which HTML it is, which is nothing to XML.
    let body = text.hasPrefix("<!DOCTYPE html>") ? String(text.dropFirst("<!DOCTYPE html>".count)) : text
    let parser = XMLParser(data: Data(body.utf8))
    parser.delegate = self
    guard parser.parse() else {
      print("line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "")")
      return nil
    }
  }

  func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }
  var ids: [String] { elements.compactMap { $0.attributes["id"] } }
  /// All text of the root element.
  var text: String { elements.last?.text ?? "" }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String]
  ) {
    open.append(Element(name: name, attributes: attributes, text: ""))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    for index in open.indices { open[index].text += string }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    if let element = open.popLast() { elements.append(element) }
  }
}
