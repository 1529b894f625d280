/// A piece of a label: a word, a number or a sign.
struct LabelToken: Equatable {
  enum Kind: Equatable {
    /// Latin letters, digits behind them, and underscores.
    case word
    /// Letters of another script.
    case foreign
    case number(UInt64)
    case sign
  }
  var kind: Kind
  var text: String
  /// Tells whether a blank stands before it.
  var isSpaced: Bool
  /// The place of its first and behind its last scalar in the plain text.
  var range: Range<Int>

  func isSign(_ sign: Character) -> Bool { kind == .sign && text == String(sign) }
  var isWord: Bool { kind == .word }
}

/// A label in plain signs, taken apart.
struct LabelText {
  private(set) var scalars: [Unicode.Scalar] = []
  private(set) var tokens: [LabelToken] = []

  /// A longer text is no label.
  static let longest = 2000

  init(_ text: String) {
    scalars = Self.plain(text)
    tokenize()
  }

  /// The part of the plain text between two places.
  func text(_ range: Range<Int>) -> String {
    var part = String.UnicodeScalarView()
    part.append(contentsOf: scalars[range])
    return String(part)
  }

  func lowercased(_ range: Range<Int>) -> String { text(range).lowercased() }

  /// The wide, curved and long forms of signs as plain ones; no markup; each arrow is `→`.
  private static func plain(_ text: String) -> [Unicode.Scalar] {
    var plain: [Unicode.Scalar] = []
    var rest = Array(text.unicodeScalars.prefix(longest))[...]
    while let scalar = rest.popFirst() {
      switch scalar.value {
      case 0x200B...0x200F, 0x2060, 0xFE00...0xFE0F, 0xFEFF: break
      case 0x00A0, 0x2000...0x200A, 0x202F, 0x3000, 0x09: plain.append(" ")
      case 0x2018, 0x2019, 0x00B4: plain.append("'")
      case 0x201C, 0x201D, 0x300C, 0x300D: plain.append("\"")
      case 0x2010...0x2015, 0x2212: plain.append("-")
      case 0x2192, 0x21D2, 0x27F6, 0x279C, 0x27A1, 0x21A6: plain.append("→")
      case 0x3001: plain.append(",")
      case 0x3002: plain.append(".")
      case 0x3010, 0x3014: plain.append("[")
      case 0x3011, 0x3015: plain.append("]")
      case 0xFF01...0xFF5E:
        if let narrow = Unicode.Scalar(scalar.value - 0xFEE0) { plain.append(narrow) }
      case 0x60: break
      case 0x2A:
        // Between two letters or digits it multiplies; else it is emphasis.
        if let last = plain.last, last.isDigit || last.isLatin, let first = rest.first,
          first.isDigit || first.isLatin
        {
          plain.append(scalar)
        }
      case 0x3C:
        // A tag of HTML; but `<SEQ=1>` is a field.
        if let end = rest.prefix(40).firstIndex(of: ">"), let first = rest.first,
          first == "/" || first.properties.isAlphabetic,
          !rest[..<end].contains("=") || rest[..<end].contains("\""),
          rest[..<end].allSatisfy({ $0.isASCII && ($0.properties.isLowercase || !$0.properties.isAlphabetic) }
          )
        {
          plain.append(" ")
          rest = rest[(end + 1)...]
        } else {
          plain.append(scalar)
        }
      case 0x2D, 0x3D:
        let run = rest.prefix { $0 == scalar }
        if rest.dropFirst(run.count).first == ">" {
          plain.append("→")
          rest = rest.dropFirst(run.count + 1)
        } else {
          plain.append(scalar)
        }
      case 0x26:
        var name = String.UnicodeScalarView()
        name.append(contentsOf: rest.prefix(10).prefix { $0 != ";" })
        if rest.dropFirst(name.count).first == ";",
          let character = Entities.character(Substring(String(name)))
        {
          plain += character.unicodeScalars
          rest = rest.dropFirst(name.count + 1)
        } else {
          plain.append(scalar)
        }
      default: plain.append(scalar)
      }
    }
    return plain
  }

  private mutating func tokenize() {
    var place = 0
    var isSpaced = true
    while place < scalars.count {
      let begin = place
      let scalar = scalars[place]
      func run(_ isMeant: (Unicode.Scalar) -> Bool) -> Int {
        scalars[place...].firstIndex { !isMeant($0) } ?? scalars.count
      }
      var kind = LabelToken.Kind.sign
      if scalar == " " || scalar == "\n" || scalar == "\r" {
        isSpaced = true
        place += 1
        continue
      } else if scalar.isDigit {
        place = run(\.isDigit)
        var value: UInt64 = 0
        for digit in scalars[begin..<place] where value <= UInt32.max {
          value = value * 10 + UInt64(digit.value - 0x30)
        }
        kind = .number(value)
      } else if scalar.isLatin {
        place = run { $0.isLatin || $0.isDigit || $0 == "_" }
        kind = .word
      } else if scalar.properties.isAlphabetic {
        place = run { $0.properties.isAlphabetic && !$0.isLatin }
        kind = .foreign
      } else {
        place += 1
      }
      var text = String.UnicodeScalarView()
      text.append(contentsOf: scalars[begin..<place])
      tokens.append(
        LabelToken(kind: kind, text: String(text), isSpaced: isSpaced, range: begin..<place))
      isSpaced = false
    }
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { 0x30...0x39 ~= value }
  /// A letter of the Latin script, accents included.
  fileprivate var isLatin: Bool {
    switch value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x24F: true
    default: false
    }
  }
}
