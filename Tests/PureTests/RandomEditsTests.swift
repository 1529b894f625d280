import ChangedKernels
import Kinds
import Testing

/// The sequence of random changes, and fixes that are taken back, of a made-up file.
@Suite(.tags(.pure)) struct RandomEditsTests {
  private static let file = """
    int short_one(int a)
    {
    	return a < 1;
    }

    void __init of_boot(void)
    {
    	count = 7;
    }

    int long_one(int a)
    {
    	if (a > 2 && a < 9)
    		note(a);
    	state = TCP_CLOSE;
    	count = 3;
    	count += a;
    	return -EINVAL;
    }

    """

  private func edits(seed: UInt64, count: Int = 20) -> [RandomEdits.Numbered] {
    var edits = RandomEdits(of: [("f.c", Array(Self.file.utf8))], seed: seed)
    var all: [RandomEdits.Numbered] = []
    while all.count < count, let edit = edits.next() { all.append(edit) }
    return all
  }

  @Test func theSameSeedGivesTheSameChanges() {
    #expect(edits(seed: 1) == edits(seed: 1) && edits(seed: 1) != edits(seed: 2))
    #expect(edits(seed: 1).map(\.number) == Array(1...20))
    #expect(edits(seed: 1)[0].id.hasPrefix("s1-1-"))
  }

  @Test func noChangeOccursTwiceAndTheSequenceEnds() {
    let all = edits(seed: 1, count: 500)
    #expect(all.count < 500)
    #expect(Set(all.map { "\($0.edit.range) \($0.edit.replacement)" }).count == all.count)
    #expect(Set(all.map(\.id)).count == all.count)
  }

  @Test func longFunctionsAreChangedMoreOftenAndThoseOfBootNever() {
    let functions = edits(seed: 1, count: 40).map(\.edit.function)
    #expect(functions.count { $0 == "long_one" } > functions.count { $0 == "short_one" })
    #expect(!functions.contains("of_boot"))
  }

  private func fix(_ changes: (old: String, new: String)...) -> UndoneFix {
    var fix = UndoneFix("a", "b", in: "long_one", of: "f.c", fault: "c")
    fix.changes = changes
    return fix
  }

  @Test func aFixIsFoundByItsTokens() throws {
    let source = Array(Self.file.utf8)
    let edits = try #require(fix(("a>2&&a", "a"), ("count  = 3 ;", ";")).edits(in: source))
    let text = String(decoding: edits.applied(to: source), as: UTF8.self)
    #expect(text.contains("if (a < 9)") && text.contains("TCP_CLOSE;\n\t;\n\tcount += a;"))
  }

  /// Neither what is not there, nor what is there twice, nor what is in another function.
  @Test(arguments: ["a > 3", "count", "count = 7;"])
  func aPlaceThatIsNotOneIsNotInThisKernel(old: String) {
    #expect(fix((old, "")).edits(in: Array(Self.file.utf8)) == nil)
  }

  @Test func eachFixHasANameOfItsOwn() {
    #expect(Set(UndoneFix.all.map(\.name)).count == UndoneFix.all.count)
    #expect(UndoneFix.all.count >= 30)
  }
}
