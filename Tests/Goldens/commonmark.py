"""Makes commonmark.json: the examples of the CommonMark specification, Markdown and HTML.

The specification is by John MacFarlane, CC BY-SA 4.0 (https://spec.commonmark.org); the examples
stay under that licence. Its text is spec.txt of https://github.com/commonmark/commonmark-spec, also
in the source archive of markdown-it-py on PyPI (tests/test_cmark_spec/spec.md).

    python commonmark.py spec.txt > commonmark.json
"""

import json, re, sys

text = open(sys.argv[1], encoding="utf-8").read()
version = re.search(r"^version: '(.*)'$", text, re.M)[1]
body = text.split("<!-- END TESTS -->")[0]

examples, section = [], ""
fence = "`" * 32
pattern = re.compile(rf"^{fence} example\n(.*?)^\.\n(.*?)^{fence}$|^#{{1,6}} +([^\n]*)$", re.M | re.S)
for match in pattern.finditer(body):
    markdown, html, heading = match.groups()
    if heading:
        section = heading.strip()
        continue
    # The specification shows a tab as an arrow.
    examples.append(
        {
            "number": len(examples) + 1,
            "section": section,
            "markdown": markdown.replace("→", "\t"),
            "html": html.replace("→", "\t"),
        }
    )

passport = {
    "script": "Tests/Goldens/commonmark.py",
    "seed": 0,
    "dtype": "UTF-8 text",
    "specification": f"CommonMark {version}",
    "author": "John MacFarlane",
    "licence": "CC BY-SA 4.0, https://creativecommons.org/licenses/by-sa/4.0/",
    "source": "https://spec.commonmark.org",
}
lines = ",\n".join(json.dumps(example, ensure_ascii=False) for example in examples)
print(
    '{"passport": ' + json.dumps(passport, ensure_ascii=False) + ',\n"examples": [\n' + lines + "\n]}"
)
