"""Counts: each number that counts a list of the site is bound to that list in tools/counts.yml."""

import re
from collections.abc import Iterator
from functools import cache

from tools.make.counts import FILE, Counts, Text, Unusable, all_stated, counted, read, rivals
from tools.make.numbers import BEFORE, NUMBER, value
from tools.rules.registry import Problem, rule
from tools.site import Site

#: Words that end what a number counts: "seven years after the date" counts no dates.
ENDS = "a|an|and|are|as|at|by|for|from|in|is|of|on|or|our|per|than|that|the|their|they|to|was|were|which|who|with"
#: How a sentence ends.
ENDINGS = (". ", "? ", "! ")
#: A number that may be part of a tally.
TALLY = re.compile(rf"{BEFORE}{NUMBER}(?!-\w| ?(?:per cent|percentage|years?|months?|weeks?|days?))", re.I)
#: A pair is named where it is spoken of ("two kinds: …"), so that only larger numbers are looked at.
LEAST = 3
#: From here on a number without a noun is taken for the list of that length.
LARGE = 40


def _files(site: Site) -> tuple[Text, ...]:
    """What every file states; nothing where counts.yml cannot be used, which one rule says."""
    try:
        return all_stated(site)
    except Unusable:
        return ()


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


@rule
def counts_can_be_counted(site: Site) -> Iterator[Problem]:
    """tools/counts.yml can be read, and each of its lists is where it says, the same in all places that hold it."""
    try:
        known = read(site)
    except Unusable as error:
        yield Problem(FILE, *error.args)
        return
    for name, why in counted(site)[1].items():
        mend = "Mend the list where it stands, or say under `count` where it stands now."
        yield Problem(FILE, known.lines[name], f"{name!r} cannot be counted: {why}.", mend)


@rule
def bound_phrases_are_used(site: Site) -> Iterator[Problem]:
    """Each phrase of tools/counts.yml stands somewhere, and no number is stated by phrases of two lists."""
    used, files = set(), _files(site)
    for file, _, text, stated, free in files:
        used |= {one.phrase for some in stated for one in some} | {phrase for *_, phrase in free}
        for some in stated:
            claims = {phrase.list: phrase.text for phrase in rivals(some)}
            if len(claims) > 1:
                said = " and ".join(f"{text!r} of {name!r}" for name, text in claims.items())
                mend = f"Make one of the phrases longer in {FILE}."
                yield Problem(file, _line(text, some[0].start), f"two lists claim one number: {said}.", mend)
    for phrase in (*read(site).phrases, *read(site).free) if files else ():
        if phrase not in used:
            where = phrase.file or "any file"
            mend = "Take the phrase out of the file, or write it as the page now does."
            yield Problem(FILE, phrase.line, f"{phrase.text!r} stands nowhere in {where}.", mend)


# -- Numbers that no phrase states -------------------------------------------------------------------------------------


@cache
def _counting(nouns: tuple[str, ...]) -> re.Pattern[str]:
    """A number, up to two words, and one of the nouns; or a number and a noun joined by a hyphen."""
    gap = rf"[*_\]\[]* [*_\[]*(?!(?:{ENDS})\b)"
    singular = "|".join(sorted({re.sub(r"ies$", "y", re.sub(r"(?<!ie)s$", "", noun)) for noun in nouns}))
    word = rf"(?!{NUMBER}\b)[\w'’-]+"
    return re.compile(
        rf"{BEFORE}(?P<n>{NUMBER})(?:(?:{gap}{word}){{0,2}}?{gap}(?:{'|'.join(nouns)})\b|-(?:{singular})\b)", re.I
    )


def _within(at: int, spans: tuple[tuple[int, int], ...]) -> bool:
    return any(start <= at < end for start, end in spans)


@cache
def _unbound(
    text: str, nouns: tuple[str, ...], covered: tuple[tuple[int, int], ...]
) -> tuple[tuple[int, str, str], ...]:
    """(offset, phrase, number) of each number before one of the nouns that no span covers."""
    return tuple(
        (match.start(), match[0], match["n"])
        for match in _counting(nouns).finditer(text)
        if value(match["n"]) >= LEAST and not _within(match.start("n"), covered)
    )


@cache
def _beside(text: str, whole: int, covered: tuple[tuple[int, int], ...]) -> tuple[tuple[int, str], ...]:
    """(offset, number) of each number that no span covers beside one at `whole`.

    In digits all of its paragraph is looked at, in words its sentence: a tally is seldom told otherwise.
    """
    start, end = text.rfind("\n", 0, whole) + 1, (text + "\n").find("\n", whole)
    if text.startswith("Sum:", start):
        return ()
    first = max(start, *(text.rfind(mark, start, whole) for mark in ENDINGS))
    last = min([end, *(at for mark in ENDINGS if (at := text.find(mark, whole, end)) >= 0)])
    paragraph = re.sub(r"\([^()]*\)", lambda match: " " * len(match[0]), text[start:end])
    found = ((start + match.start(), match[0]) for match in TALLY.finditer(paragraph))
    return tuple(
        (at, number)
        for at, number in found
        if (number.isdigit() or first <= at < last) and value(number) >= LEAST and not _within(at, covered)
    )


def _bare(text: str, whole: int, covered: tuple[tuple[int, int], ...]) -> Iterator[tuple[int, str]]:
    """(offset, number) of each place that no span covers where a text has the number of a tallied list: "one in 47"."""
    # Most texts lack the number, which this finds out sooner than the pattern.
    if str(whole) not in text:
        return
    for match in re.finditer(rf"\b(?:in|of|all|the|our|these) (?P<n>{whole})(?![\w%-]|[.,]\d)", text):
        if not _within(match.start("n"), covered):
            yield match.start("n"), match["n"]


def _paste(numbers: dict[str, int], said: str, written: str, file: str) -> str:
    """What to add to counts.yml: to a list that has this number, best one that shares a word with it, or to none."""
    fits = [name for name, number in numbers.items() if number == value(written)]
    fits = [name for name in fits if set(name.lower().split()) & set(said.lower().split())] or fits[:4]
    line = f"{file.removeprefix('docs/')}: ['{said.replace(written, '{n}', 1)}']"
    bind = f"If it counts {' or '.join(map(repr, fits))}, add to that list, under `on`,  {line}  " if fits else ""
    return f"In {FILE}: {bind}If it counts a list that is missing there, add that. Else add  - '{said}'  below `free`."


def _tallied(known: Counts) -> set[str]:
    """The lists that are all rows of a table some of whose rows are counted too, as a tally."""
    rows = {name: how for name, how in known.lists.items() if isinstance(how, dict) and "rows" in how}
    parted = {how["rows"] for how in rows.values() if "where" in how}
    return {name for name, how in rows.items() if how.keys() == {"rows"} and how["rows"] in parted}


@rule
def counts_are_bound(site: Site) -> Iterator[Problem]:
    """A number before a noun of the site's own lists, or beside the number of a tallied list, is bound or free."""
    files = _files(site)
    if not files:
        return
    known, numbers = read(site), counted(site)[0]
    assert any(stated for *_, stated, _ in files), "no count found"
    wholes = _tallied(known)
    for file, _, text, stated, free in files:
        covered = tuple((some[0].start, some[0].end) for some in stated)
        covered += tuple((start, end) for start, end, _ in free)
        for at, said, written in _unbound(text, known.nouns, covered):
            mend = _paste(numbers, said, written, file)
            yield Problem(file, _line(text, at), f"nothing says what {said!r} counts.", mend)
        tallied = [some[0].start for some in stated if some[0].phrase.list in wholes]
        beside = {found for whole in tallied for found in _beside(text, whole, covered)}
        for name in wholes & numbers.keys():
            beside |= set(_bare(text, numbers[name], covered)) if numbers[name] >= LARGE else set()
        for at, written in beside:
            said = " ".join(re.split(r"[,;:()\n]|\. ", text[at : at + 60])[0].split()[:4])
            what = f"nothing says what {said!r} counts, a list that is tallied or a part of one."
            yield Problem(file, _line(text, at), what, _paste(numbers, said, written, file))
