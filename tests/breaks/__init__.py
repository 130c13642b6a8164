"""Breaks: defects put into a copy of the site on purpose, one at least for each message of each rule.

One module a subject, as in tools/rules/; tests/test_rules.py applies them. The old text must be there, so that a break
cannot rot into one that changes nothing.
"""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from tools.site import Site

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


def unseen(said: dict[str, str], some: list[tuple[str, str, T]]) -> list[str]:
    """What is wrong where `some` breaks stand in one site: a rule red for none of them, or blind to its own.

    `said` is what each red rule says; a break is given by the rules it must turn red, what the first of them must say,
    and itself, to be shown.
    """
    wanted = {name for rules, _, _ in some for name in rules.split()}
    wrong = [f"{name} is red: {said[name]}" for name in said if name not in wanted]
    wrong += [f"{name} is not red for {[one for *_, one in some]}" for name in wanted - set(said)]
    firsts = [(one, says, said.get(rules.split()[0], "")) for rules, says, one in some]
    return wrong + [f"{says!r} is not said of {one}, but {text}" for one, says, text in firsts if says not in text]
