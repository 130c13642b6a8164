"""Breaks: defects put into a copy of the site on purpose, one at least for each message of each rule.

One module a subject, as in tools/rules/; tests/test_rules.py applies them. The old text must be there, so that a break
cannot rot into one that changes nothing.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import cycle
from typing import NamedTuple, TypeVar

from tools.site import ROOT, Site

T = TypeVar("T")


class Edit(NamedTuple):
    """The first `old` in a file becomes `new`; with old '' the file is written whole, with new None it is deleted."""

    file: str
    old: str
    new: str | bytes | None


class Break(NamedTuple):
    """A defect: the rules that it must turn red (the one meant comes first), its edits, what the message must hold.

    {line} in the message is the number of the line where the old text of the first edit begins, line ends apart.
    """

    rules: str
    edits: list[Edit]
    says: str

    def message(self, site: Site) -> str:
        """What the message must hold, if this site is the one that is broken."""
        file, old, _ = self.edits[0]
        if not old:
            return self.says
        before = site.text(file).partition(old)[0] + old[: len(old) - len(old.lstrip("\n"))]
        return self.says.replace("{line}", str(before.count("\n") + 1))


def defect(rules: str, file: str, old: str, new: str | bytes | None, says: str) -> Break:
    """A break of one edit."""
    return Break(rules, [Edit(file, old, new)], says)


def stands(file: str, pattern: str) -> str:
    """The first text of a file that fits a pattern, or the pattern, which is then stale: see `broken`.

    For what changes with each case or figure that is added, so that the break need not be changed, too.
    """
    found = re.search(pattern, (ROOT / file).read_text("utf-8"))
    return found[0] if found else pattern


def _wrong(match: re.Match[str]) -> str:
    """What a pattern has found, with another number in its group: another last digit, or another word."""
    number = match[1]
    if number[-1].isdigit():
        other = number[:-1] + str((int(number[-1]) + 1) % 10)
    else:
        other = "three" if number.lower() == "two" else "two"
        other = other.capitalize() if number[0].isupper() else other
    return match[0].replace(number, other, 1)


def mistyped(rules: str, file: str, pattern: str, says: str) -> Break:
    """A break of a number, in digits or as a word, which is the group of a pattern."""
    old = stands(file, pattern)
    return defect(rules, file, old, re.sub(pattern, _wrong, old), says)


def added(rules: str, text: str, says: str, file: str = "docs/compare.md") -> Break:
    """A break by a paragraph above the first section of a page."""
    return defect(rules, file, "\n## ", f"\n{text}\n\n## ", says)


def on_about(rules: str, text: str, says: str) -> Break:
    """A text put on about.md, where nothing else speaks of figures, and whose record names no source."""
    cites = " sources_and_citations_match" if "sources/" in text else ""
    return added(rules + cites, text, says, "docs/about.md")


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


def grouped(every: Iterable[T], touched: Callable[[T], Iterable[str]]) -> list[list[T]]:
    """Breaks in groups that one site can bear at once: no two of a group touch the same (files, rules)."""
    groups: list[tuple[set[str], list[T]]] = []
    for one in every:
        taken = set(touched(one))
        room = next((group for group in groups if group[0].isdisjoint(taken)), None)
        if room:
            room[0].update(taken)
            room[1].append(one)
        else:
            groups.append((taken, [one]))
    return [some for _, some in groups]


def unseen(said: dict[str, list[str]], some: list[tuple[str, str, str, T]]) -> list[str]:
    """What is wrong where `some` breaks stand in one site: a rule red for none of them, or blind to its own.

    `said` holds the messages of each red rule; a break is given by the rules it must turn red, the file that is named
    ('' for any), what the first of its rules must say, and itself, to be shown. Where a rule is the first of two, its
    message must name the file, too: so one cannot pass for the other.
    """
    wanted = {name for rules, *_ in some for name in rules.split()}
    firsts = Counter(rules.split()[0] for rules, *_ in some)
    wrong = [f"{name} is red: {said[name]}" for name in said if name not in wanted]
    wrong += [f"{name} is not red for {[one for *_, one in some]}" for name in wanted - set(said)]
    for rules, file, says, one in some:
        first = rules.split()[0]
        named = file if firsts[first] > 1 else ""
        if not any(says in text and named in text for text in said.get(first, [])):
            wrong.append(f"{says!r} is not said of {one}, but {said.get(first, [])}")
    return wrong


def halved(some: list[T], wrong: Callable[[list[T]], list[str]]) -> list[str]:
    """What is wrong with a group of breaks, or with one of its halves: what two do to one another is no fault."""
    found = wrong(some)
    if not found or len(some) == 1:
        return found
    middle = len(some) // 2
    return halved(some[:middle], wrong) + halved(some[middle:], wrong)


#: Where a defect stands that any page can bear, and the pages that bear it in turn, so that many stand in one site.
ANYWHERE = ("docs/compare.md", "\n## ")
BEARERS = [f"docs/{name}.md" for name in ("compare", "post", "evolution", "practice", "accessibility", "questions")]


def spread(breaks: Iterable[Break]) -> list[Break]:
    """The breaks, with those that any page can bear put into one page after another."""
    pages, found = cycle(BEARERS), []
    for one in breaks:
        edit = one.edits[0]
        if len(one.edits) == 1 and (edit.file, edit.old) == ANYWHERE and "compare.md" not in str(edit.new):
            page = next(pages)
            found.append(one._replace(edits=[edit._replace(file=page)], says=one.says.replace(ANYWHERE[0], page)))
        else:
            found.append(one)
    return found
