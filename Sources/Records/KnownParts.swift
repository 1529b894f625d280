/// Parts of records that were read: what many records say alike is read once.
struct KnownParts {
  /// By their hashes.
  private var parts: [UInt64: [(text: ArraySlice<UInt8>, reader: RecordReader)]] = [:]

  /// The record that this text holds in the current form; nil where its parts do not make one. Then
  /// ``Record/init(reading:name:)`` says why.
  mutating func record(_ text: [UInt8]) -> Record? {
    let parts = Self.parts(of: text)
    guard let first = parts.first, let top = Self.reader(of: first, in: ""), top.isMarked else { return nil }
    var record = top.record
    var promised: Int?
    for part in parts.dropFirst() {
      guard let reader = known(part) else { return nil }
      record.environment.settings += reader.record.environment.settings
      record.sections += reader.record.sections
      promised = reader.promised?.count ?? promised
    }
    return promised == record.count ? record : nil
  }

  private mutating func known(_ part: ArraySlice<UInt8>) -> RecordReader? {
    let hash = fnv1a(part)
    if let found = parts[hash]?.first(where: { $0.text == part }) { return found.reader }
    // Settings begin with the heading of their chapter.
    guard let reader = Self.reader(of: part, in: Record.Heading.behaviour) else { return nil }
    // A copy: a slice would keep the whole text.
    parts[hash, default: []].append((Array(part)[...], reader))
    return reader
  }

  private static func reader(of part: ArraySlice<UInt8>, in chapter: String) -> RecordReader? {
    RecordReader(part: String(decoding: part, as: UTF8.self), of: chapter)
  }

  /// The text above the settings, the settings, and each section of the behaviour from its heading on.
  private static func parts(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    guard let settings = text.place(ofHeading: Record.Heading.settings, from: 0),
      let behaviour = text.place(ofHeading: Record.Heading.behaviour, from: settings)
    else { return [] }
    let beginning = Array("\n### ".utf8)
    var starts = [0, settings]
    var place = behaviour
    while let next = text[place...].firstIndex(of: beginning[0]) {
      if text[next...].starts(with: beginning) { starts.append(next) }
      place = next + 1
    }
    return zip(starts, starts.dropFirst() + [text.count]).map { text[$0..<$1] }
  }
}
