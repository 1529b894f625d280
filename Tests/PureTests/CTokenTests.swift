import ChangedKernels
import Kinds
import Testing

/// C source text as tokens and functions. The text is made up.
@Suite(.tags(.pure)) struct CTokenTests {
  private func texts(_ source: String) -> [String] { CToken.all(in: Array(source.utf8)).map(\.text) }

  @Test func commentsAndPreprocessorLinesAreNoTokens() {
    #expect(texts("a /* b < c */ d // e\n#if F /* g\n h */\n#define I \\\n  j\nk") == ["a", "d", "k"])
    #expect(texts("/* not ended") == [] && texts("#") == [] && texts("x #y") == ["x", "#", "y"])
  }

  @Test func operatorsAreWhole() {
    #expect(texts("a->b<=c<<=d&&e--") == ["a", "->", "b", "<=", "c", "<<=", "d", "&&", "e", "--"])
  }

  @Test func aTextInQuotesIsOneToken() {
    #expect(
      texts(#"f("if (a < \"b\")", '\'', 0x1fUL)"#) == [
        "f", "(", #""if (a < \"b\")""#, ",", #"'\''"#, ",", "0x1fUL", ")",
      ])
    #expect(texts("\"not ended") == ["\"not ended"])
  }

  @Test func aTokenKnowsItsPlace() {
    let tokens = CToken.all(in: Array("a\n\n  b\n/* \n */ c".utf8))
    #expect(tokens.map(\.line) == [1, 3, 5])
    #expect(tokens.map(\.beginsLine) == [true, false, false])
    #expect(tokens[1].range == 5..<6)
  }

  private static let file = """
    #include <x.h>
    static int count;
    struct pair {
    	int a;
    };

    static const struct pair pairs[] = {
    	{ .a = 1 },
    };
    EXPORT(pairs);

    /* first { */
    int first(int a)
    {
    	if (a) {
    		return 1;
    	}
    	return 0;
    }

    static void second(struct pair *p,
    		   int b)
    	__releases(lock)
    {
    #ifdef A
    	if (b) {
    #else
    	if (!b) {
    #endif
    		p->a = b;
    	}
    }

    void __init third(void)
    {
    }

    """

  @Test func functionsAreFoundByTheirBraces() {
    let functions = CFunction.all(in: Array(Self.file.utf8))
    #expect(functions.map(\.name) == ["first", "second", "third"])
    #expect(functions.map(\.line) == [14, 24, 35])
    #expect(functions.map(\.lineCount) == [6, 9, 2])
    #expect(functions.map(\.isOnlyOfBoot) == [false, false, true])
  }

  /// Nothing traps, whatever the text is.
  @Test func anyPartOfATextIsRead() {
    let bytes = Array(Self.file.utf8)
    for end in bytes.indices {
      _ = CFunction.all(in: Array(bytes[..<end]))
      _ = CFunction.all(in: Array(bytes[end...]))
    }
  }
}
