import ChangedKernels
import Kinds
import Testing

/// The changes of a made-up function.
@Suite(.tags(.pure)) struct EditSitesTests {
  private func sites(_ body: String) throws -> (sites: EditSites, source: [UInt8]) {
    let source = Array("static int f(struct s *s, int n)\n{\n\(body)\n}\n".utf8)
    let function = try #require(CFunction.all(in: source).first)
    return (EditSites(of: function, in: "f.c", source: source), source)
  }

  /// The bodies that come of all changes of a kind.
  private func changed(_ body: String, by kind: EditKind) throws -> [String] {
    let (sites, source) = try sites(body)
    return (sites.sites[kind] ?? []).joined().map { edit in
      let text = String(decoding: edit.applied(to: source), as: UTF8.self)
      return String(text.dropFirst("static int f(struct s *s, int n)\n{\n".count).dropLast(3))
    }
  }

  @Test func relationsAreFlippedOrMadeWeaker() throws {
    #expect(try changed("return s->a < n;", by: .relation) == ["return s->a <= n;", "return s->a >= n;"])
    #expect(try changed("return n == 1 << 2;", by: .relation) == ["return n != 1 << 2;"])
    #expect(try changed("return before(n, s->a);", by: .relation) == ["return after(n, s->a);"])
    #expect(try changed("return s->max;", by: .relation) == [])
  }

  @Test func conditionsAreNegatedOrJoinedOtherwise() throws {
    #expect(
      try changed("if (n && s->a)\n\treturn 1;", by: .condition) == [
        "if (!(n && s->a))\n\treturn 1;", "if (n || s->a)\n\treturn 1;",
      ])
  }

  @Test func callsAndAssignmentsAreDropped() throws {
    #expect(
      try changed("s->a = n;\nif (n)\n\tg(s,\n\t  n);\nreturn 0;", by: .dropped) == [
        ";\nif (n)\n\tg(s,\n\t  n);\nreturn 0;", "s->a = n;\nif (n)\n\t;\n\nreturn 0;",
      ])
  }

  @Test func aDeclarationIsNotDroppedNorALock() throws {
    let body = "struct s *t = s;\nu32 m = n;\nfoo *p = s;\nspin_lock(&s->lock);\nreturn n ? g(n) : h(n);"
    #expect(try changed(body, by: .dropped) == [])
  }

  @Test func whatStandsBehindALabelIsDropped() throws {
    let start = "\tswitch (n) {\n\tcase A:\n\t\t"
    let middle = "\n\t}\nout:\n\t"
    #expect(
      try changed(start + "g(n);" + middle + "h(s);", by: .dropped) == [
        start + ";" + middle + "h(s);", start + "g(n);" + middle + ";",
      ])
  }

  @Test func constantsAreChanged() throws {
    #expect(
      try changed("return 10;", by: .constant) == ["return 9;", "return 11;", "return 20;"])
    #expect(
      try changed("return 0x1fUL;", by: .constant) == ["return 0x1eUL;", "return 0x20UL;", "return 0x3eUL;"])
    #expect(try changed("return 0;", by: .constant) == ["return 1;"])
  }

  @Test func namesOfOneKindStandForEachOther() throws {
    #expect(try changed("s->ok = true;", by: .exchanged) == ["s->ok = false;"])
    let states = try changed("s->state = TCP_CLOSE;", by: .exchanged)
    #expect(states.contains("s->state = TCP_LISTEN;") && !states.contains("s->state = TCP_CLOSE;"))
    #expect(try changed("return -EINVAL;", by: .exchanged).contains("return -EAGAIN;"))
  }

  @Test func nothingIsChangedInsideOfAWarning() throws {
    let (sites, _) = try sites("WARN_ON(n < 1 && s->a == 2);\ntrace_it(s, n + 1);")
    #expect(sites.isEmpty)
  }

  /// Else a warning behind the place would tell another line, and so its machine code would be another.
  @Test func noChangeMovesALine() throws {
    let (sites, source) = try sites("g(s,\n  n);\nif (n ||\n    s->a)\n\treturn 1;")
    for edit in sites.sites.values.joined().joined() {
      let lines = edit.applied(to: source).count { $0 == UInt8(ascii: "\n") }
      #expect(lines == source.count { $0 == UInt8(ascii: "\n") }, "\(edit.what)")
    }
  }
}
