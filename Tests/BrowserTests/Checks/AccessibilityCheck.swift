/// The rules of axe-core, which people who cannot see, hear or point rely on: names, roles, contrast.
struct AccessibilityCheck: PageCheck {
  let claim = "axe-core finds nothing serious, in light and dark"

  let axe: String

  private struct Violation: Decodable {
    var id: String
    var help: String
    var targets: [String]
  }

  func findings(on page: BookPage, in browser: Browser) throws -> [String] {
    try Page.Scheme.allCases.flatMap { scheme in
      try browser.withPage { view in
        try view.setScheme(scheme)
        try view.open(page.url)
        try view.run("openDetails(); await scrollThrough();")
        try view.call("Runtime.evaluate", ["expression": .string(axe)])
        let violations: [Violation] = try view.value(
          of: """
            const report = await axe.run(document, { resultTypes: ["violations"] });
            return report.violations.filter((one) => ["serious", "critical"].includes(one.impact))
              .map((one) => ({
                id: one.id, help: one.help,
                targets: one.nodes.map((node) => node.target.join(" ")),
              }));
            """)
        return violations.map { one in
          let more = one.targets.count > 3 ? " and \(one.targets.count - 3) more" : ""
          return "\(scheme.rawValue): \(one.help) (\(one.id)): "
            + one.targets.prefix(3).joined(separator: ", ") + more
        }
      }
    }
  }
}
