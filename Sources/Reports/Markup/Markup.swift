import Documents

/// A piece of HTML or SVG. Text enters it only escaped, so no document can add an element of its own.
///
/// What is written is well-formed XML too: one check serves both.
struct Markup {
  private(set) var text: String

  private init(trusted: String) { text = trusted }

  /// Text, with everything that would mean something escaped.
  init(_ string: some StringProtocol) { text = escaped(string) }

  /// Pieces one after the other.
  init(_ pieces: [Markup]) { text = pieces.map(\.text).joined() }

  static let nothing = Markup(trusted: "")

  /// Pieces with a line feed before, between and after them: for elements that hold elements only.
  static func lines(_ pieces: [Markup]) -> Markup {
    Markup(trusted: pieces.map { "\n" + $0.text }.joined() + "\n")
  }

  /// A style sheet, which has rules of its own for what may stand in it: only ever the program's own.
  static func style(_ rules: StaticString) -> Markup { style(rules: rules.description) }
  static func style(rules: String) -> Markup {
    precondition(!rules.contains("<") && !rules.contains("&"), "a style sheet must need no escaping")
    return Markup(trusted: "<style>\n\(rules)\n</style>\n")
  }

  /// A script, which must need no escaping: only ever the program's own.
  static func script(_ text: StaticString) -> Markup {
    let text = text.description
    precondition(!text.contains("<") && !text.contains("&"), "a script must need no escaping")
    return Markup(trusted: "<script>\(text)</script>\n")
  }

  /// An element with what it contains.
  static func element(_ name: String, _ attributes: Attributes, _ content: [Markup]) -> Markup {
    let end = breaking.contains(name) ? "\n" : ""
    return Markup(trusted: "<\(name)\(written(attributes))>\(Markup(content).text)</\(name)>\(end)")
  }

  static func element(_ name: String, _ content: [Markup]) -> Markup { element(name, [:], content) }

  static func element(_ name: String, _ attributes: Attributes, _ text: some StringProtocol) -> Markup {
    element(name, attributes, [Markup(text)])
  }

  static func element(_ name: String, _ text: some StringProtocol) -> Markup {
    element(name, [:], [Markup(text)])
  }

  /// An element that never contains anything: a void one of HTML, or a shape of SVG.
  static func empty(_ name: String, _ attributes: Attributes = [:]) -> Markup {
    Markup(trusted: "<\(name)\(written(attributes))/>\(breaking.contains(name) ? "\n" : "")")
  }

  /// An attribute whose value is nil is left out.
  typealias Attributes = KeyValuePairs<String, String?>

  private static func written(_ attributes: Attributes) -> String {
    attributes.map { name, value in value.map { " \(name)=\"\(escaped($0))\"" } ?? "" }.joined()
  }

  /// Elements behind which a line ends, so that a person can read the source.
  private static let breaking: Set = [
    "article", "aside", "body", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "g",
    "h1",
    "h2", "h3", "h4", "head", "header", "html", "li", "link", "main", "meta", "nav", "ol", "p", "rect",
    "section",
    "summary", "svg", "table", "tbody", "thead", "title", "tr", "ul", "desc",
  ]
}

/// The text with all that HTML and XML give a meaning written as a reference, and control characters made visible.
func escaped(_ text: some StringProtocol) -> String {
  var result = ""
  for scalar in text.visible.unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    case "'": result += "&#39;"
    // XML has no way to write these.
    case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
