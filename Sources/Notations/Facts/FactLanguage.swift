/// The words by which people state a figure's value in one language, in small letters.
///
/// A sentence is read only where it has no other words than these, so a word that weakens, denies or limits what it says
/// must not stand among those of a sentence. A language is added by a row.
struct FactLanguage: Sendable {
  /// Words between a figure and its value.
  var states: [String]
  /// Words between a sysctl and the figure that it sets; and those of a figure that is set by one.
  var sets: [String]
  var isSetBy: [String]
  /// Words that change nothing of what a sentence says.
  var plain: [String]
  /// The same, but never right before a value: "enters TIME_WAIT in 4 minutes" says when, and not for how long.
  var inside: [String] = []
  /// The openings of a remark that says what something is good for.
  var reasons: [String] = []
  /// Words of a section that is not about the behaviour of Linux: about a standard, an error, a question.
  var doubts: [String]
  /// Words beside a sentence that may make it conditional, vague, or a thing of the past.
  var conditions: [String]
  /// Words by which the sentence behind it, or before it, may deny it.
  var denials: [String]
  /// Words beside a sentence whose value is one that somebody has set or should set.
  var changes: [String]
  /// Headers of a table's columns: of figures, of their values, and of remarks on them.
  var figureHeaders: [String]
  var valueHeaders: [String]
  var remarkHeaders: [String]
}
