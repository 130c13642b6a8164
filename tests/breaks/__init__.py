"""Breaks: defects put into a copy of the site on purpose, one at least for each message of each rule.

One module a subject, as in tools/rules/; tests/test_rules.py applies them. The old text must be there, so that a break
cannot rot into one that changes nothing.
"""

from typing import NamedTuple

from tools.site import Site


class Edit(NamedTuple):
    """The first `old` in a file becomes `new`; with old '' the file is written whole, with new None it is deleted."""

    file: str
    old: str
    new: str | bytes | None


class Break(NamedTuple):
    """A defect: the rules that it must turn red (the one meant comes first), its edits, what the message must hold."""

    rules: str
    edits: list[Edit]
    says: str


def defect(rules: str, file: str, old: str, new: str | bytes | None, says: str) -> Break:
    """A break of one edit."""
    return Break(rules, [Edit(file, old, new)], says)


def broken(site: Site, edits: list[Edit]) -> Site:
    """The site with these edits; AssertionError where an old text is not there."""
    for file, old, new in edits:
        if old:
            text = site.text(file)
            stale = f"the break is stale: {old!r} is not in {file}. If that file is right, quote its new text"
            assert old in text, f"{stale} in tests/breaks/."
            assert isinstance(new, str)
            site = site.edited({file: text.replace(old, new, 1)})
        else:
            site = site.edited({file: new})
    return site
