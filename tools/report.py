"""Print how hard each page is to read: `make report`.

A report, not a test: a formula knows neither terms nor readers.
"""

import re

from tools.prose import prose
from tools.site import Site


def measure(text: str) -> tuple[float, float, int]:
    """(automated readability index, words in a sentence, words) of a text.

    The index is 4.71 × letters in a word + 0.5 × words in a sentence − 21.43 (Smith and Senter 1967), meant as
    years of school.
    """
    words = re.findall(r"\w[\w'’-]*", text)
    sentences = max(1, len(re.findall(r"[.?](?:\s|$)", text)))
    per_sentence = len(words) / sentences
    return 4.71 * sum(map(len, words)) / max(1, len(words)) + 0.5 * per_sentence - 21.43, per_sentence, len(words)


def report() -> int:
    """Print one row for each page with running text, the hardest first, and the medians."""
    rows = []
    for page in Site().pages.values():
        years, per_sentence, words = measure(" ".join(line for _, line in prose(page)))
        if words > 50 and not page.path.startswith(("sources", "glossary/index.md")):
            rows.append((years, per_sentence, words, page.path))
    print(f"{'years':>6} {'w/sent':>7} {'words':>6}  page")
    for years, per_sentence, words, path in sorted(rows, reverse=True):
        print(f"{years:6.1f} {per_sentence:7.1f} {words:6}  {path}")
    middle = [sorted(column)[len(rows) // 2] for column in zip(*(row[:3] for row in rows), strict=True)]
    print(
        f"Medians of {len(rows)} pages: {middle[0]:.1f} years, {middle[1]:.1f} words in a sentence, {middle[2]} words."
    )
    return 0
