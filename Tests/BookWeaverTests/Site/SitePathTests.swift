import Testing

@testable import BookWeaver

struct SitePathTests {
  @Test(arguments: [
    ("b.html", "a/b.html", nil), ("b.html#x", "a/b.html", "x"), ("#x", "a/p.html", "x"),
    ("../b.html", "b.html", nil), ("./c/b.html", "a/c/b.html", nil), ("/b.html", "b.html", nil),
    ("../", "index.html", nil), ("c/", "a/c/index.html", nil), ("b%20c.html", "a/b c.html", nil),
    ("b.html?q#x%C3%BC", "a/b.html", "xü"),
  ])
  func `a link leads from its page`(target: String, path: String, fragment: String?) throws {
    let resolved = try #require(SitePath.resolve(target, in: "a/p.html"))
    #expect(resolved.path == path)
    #expect(resolved.fragment == fragment)
  }

  @Test(arguments: ["../../b.html", "https://example.org", "//example.org/a", "mailto:a@b"])
  func `a link that leaves the book leads nowhere in it`(target: String) {
    #expect(SitePath.resolve(target, in: "a/p.html") == nil)
  }
}
