"""Every word is spelt in one way, the British one with -ise; words.txt holds what the dictionary lacks."""

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from spylls.hunspell import Dictionary

from tools.prose import Text, documents, labels, place, texts
from tools.rules.registry import Problem, rule
from tools.site import ROOT, Page, Site

#: The dictionary, and the words that it lacks, one a line.
DICTIONARY = Path(__file__).parent.parent / "dictionary" / "en-GB"
WORDS = "tools/words.txt"
#: A word: letters with apostrophes inside, no part of an address, a file's name or a number.
LETTER = "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f]"
PIECE = f"{LETTER}+(?:'{LETTER}+)*"
WORD = re.compile(rf"(?<![\w./@&'-]){PIECE}(?:-{PIECE})*(?![\w@/&]|\.\w)")


#: What the dictionary answered in earlier runs: to load it takes longer than all that is asked of it.
ANSWERS = ROOT / ".cache" / "spelling.json"


@cache
def _dictionary() -> Dictionary:
    return Dictionary.from_files(str(DICTIONARY))


@cache
def _answers() -> tuple[str, dict[str, bool]]:
    """The state of the dictionary's files, and its answers so far by word; none where they are of another state."""
    files = (DICTIONARY.with_suffix(suffix).read_bytes() for suffix in (".aff", ".dic"))
    state = sha256(b"".join(files)).hexdigest()
    try:
        kept = json.loads(ANSWERS.read_text("utf-8"))
    except (OSError, ValueError):
        kept = {}
    return state, kept["answers"] if kept.get("state") == state else {}


def remember() -> None:
    """Keep what the dictionary answered for the next run; nothing is new where it was not even loaded."""
    if not _dictionary.cache_info().currsize:
        return
    state, answers = _answers()
    ANSWERS.parent.mkdir(exist_ok=True)
    beside = ANSWERS.with_suffix(f".{os.getpid()}")
    beside.write_text(json.dumps({"state": state, "answers": answers}), "utf-8")
    beside.replace(ANSWERS)


def _known(word: str) -> bool:
    """Whether the dictionary has a word; one with a capital first is looked up in small letters, too."""
    answers = _answers()[1]
    if word not in answers:
        answers[word] = _dictionary().lookup(word)
    return answers[word]


def _parts(word: str) -> list[str]:
    """What the dictionary is asked for a word: its parts between hyphens, without the 's of an owner."""
    parts = [re.sub(r"'s?$", "", part) if "'" in part else part for part in word.split("-")]
    # Single letters and abbreviations are no matter of spelling.
    return [part for part in parts if len(part) > 1 and not re.fullmatch(r"[A-Z][A-Z]+s?", part)]


class Unknown(NamedTuple):
    """A word that the dictionary lacks, or lacks a part of: the word, that part, the word before it, its line."""

    word: str
    part: str
    before: str
    line: int


class Words(NamedTuple):
    """The words of some texts with the line of the first of each, and those that the dictionary lacks."""

    lines: dict[str, int]
    unknown: list[Unknown]


@cache
def _lacks(word: str) -> list[str]:
    """The parts of a word that the dictionary lacks."""
    if _known(word):
        return []
    return [part for part in _parts(word) if not _known(part)]


def _read(some: list[Text]) -> Words:
    lines: dict[str, int] = {}
    unknown: dict[tuple[str, str, str], Unknown] = {}
    for line, kind, text in some:
        before = ""
        for match in WORD.finditer(text) if kind != "entry" else ():
            word = match[0]
            lines.setdefault(word, line)
            for part in _lacks(word):
                unknown.setdefault((word, part, before), Unknown(word, part, before, line))
            before = word
    return Words(lines, list(unknown.values()))


@cache
def _words(page: Page) -> Words:
    return _read(texts(page))


@cache
def _allowed(text: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of words.txt, and its lines that the dictionary makes needless or that stand out of order."""
    lines = text.split("\n")
    return frozenset(filter(None, lines)), tuple(lines)


def _needless(site: Site, used: set[str]) -> Iterator[Problem]:
    _, lines = _allowed(site.text(WORDS))
    before = ""
    for number, word in enumerate(lines, 1):
        if not word and number < len(lines):
            yield Problem(WORDS, number, "an empty line.", "Delete it.")
        elif word and word in used and (word.lower(), word) <= (before.lower(), before):
            yield Problem(WORDS, number, f"{word} stands below {before}.", "Keep the alphabet, each word once.")
        elif word and word not in used:
            why = "the dictionary has it" if not any(map(_lacks, word.split())) else "no page uses it"
            yield Problem(WORDS, number, f"{word} is needless: {why}.", "Delete the line.")
        before = word


@rule
def words_are_spelt(site: Site) -> Iterator[Problem]:
    """Every word, name and label is in the British dictionary or in words.txt, which holds no word in vain."""
    words, _ = _allowed(site.text(WORDS))
    used: set[str] = set()
    readings = [(place(page), _words(page)) for page in [*site.pages.values(), *documents(site)]]
    for file, read in [*readings, ("mkdocs.yml", _read(labels(site)))]:
        for word, part, before, line in read.unknown:
            # A name of two words, such as Outsourcing Center, allows its second in that name alone.
            forms = (word, part, part[0].lower() + part[1:], f"{before} {word}")
            if one := next((form for form in forms if form in words), None):
                used.add(one)
            else:
                above = max((one for one in words if one.lower() < part.lower()), key=str.lower, default="")
                below = f", below {above}" if above else ""
                what = f"{part}: not in the British dictionary{'' if part == word else f' (in {word})'}."
                yield Problem(file, line, what, f"Mend it, or, if it is right, add a line {part} to {WORDS}{below}.")
    yield from _needless(site, used)


#: What the dictionary takes and this site does not write: words of another variety, by their use.
VARIETY = [
    (r"\bgotten\b", "got"),
    (r"\b(?:toward|afterward|upward of)\b", "towards, afterwards"),
    (r"\b(?:percent)\b", "per cent, or %"),
    (r"\bdialogs?\b", "dialogue"),
    (r"\b(?:alright|anymore)\b", "all right, any more"),
    (r"\b(?:whilst|amongst)\b", "while, among"),
    (r"\bmeters\b(?= (?:long|high|wide|deep|away|above|below))|\b(?:square|cubic) meters?\b", "metres"),
    # As a verb it has an object, in a word of its own or in the plural.
    (r"\b(?:an?|the|its|their|any|no|each|every|this|that|per|under) licenses?\b"
     r"|\blicenses?\b(?! (?:an?|the|it|its|them|their|his|her|this|that|these|those|to|out|\w+s)\b)", "licence"),
    (r"\b(?:to|will|would|must|may|can|cannot|should|not) licence (?=\w)", "license, where it is done"),
    (r"\b(?:a|the|best|good|common|in|its|their|our|this|daily|law|legal|medical) practise\b", "practice"),
    (r"\b(?:will|would|must|may|can|cannot|should|who|they|we|you) practice\b|\bto practice (?:law|it|as|medicine)\b",
     "practise, where it is done"),
    (r"\b(?:\w+ing|aid|change|pilot|loyalty|research|development|clinical|government|transformation|reform) programs?\b"
     r"|\bprograms? (?:of|for)\b", "programme"),
]  # fmt: skip
#: Without these letters in a text there is no need to look for the patterns one by one.
NEAR = re.compile("gotten|ward|percent|dialog|alright|anymore|whilst|amongst|meter|licen|practi|program", re.I)
FOREIGN = [(re.compile(pattern, re.I), instead) for pattern, instead in VARIETY]


@cache
def _foreign(some: tuple[Text, ...], file: str) -> list[Problem]:
    return [
        Problem(file, line, f"{match[0]!r} is not the British spelling of this site.", f"Write: {instead}.")
        for line, kind, text in some
        if kind != "entry" and NEAR.search(text)
        for pattern, instead in FOREIGN
        for match in pattern.finditer(text)
    ]


@cache
def _foreign_words(page: Page) -> list[Problem]:
    return _foreign(tuple(texts(page)), place(page))


@rule
def one_variety_is_written(site: Site) -> Iterator[Problem]:
    """Where the dictionary takes two varieties, or a noun for its verb, the British one of this site stands."""
    for page in [*site.pages.values(), *documents(site)]:
        yield from _foreign_words(page)
    yield from _foreign(tuple(labels(site)), "mkdocs.yml")


#: Pairs of which each has its own meaning: the verb and the noun.
BOTH = {"hand over": "handover", "team works": "teamworks"}


@cache
def _small(page: Page) -> frozenset[str]:
    """The words of a page in small letters, without the s of a plural."""
    return frozenset(word.lower().removesuffix("s") for word in _words(page).lines)


@cache
def _pairs(page: Page) -> dict[str, tuple[str, int]]:
    """Two words that stand side by side or with a hyphen, as one word: how they are written, the line."""
    found: dict[str, tuple[str, int]] = {}
    for line, kind, text in texts(page):
        if kind != "entry":
            for match in re.finditer(r"(?<![\w'-])(?=(([a-z]{4,}) ([a-z]{4,}))(?![\w'-]))", text):
                if BOTH.get(match[1]) != match[2] + match[3]:
                    found.setdefault((match[2] + match[3]).removesuffix("s"), (match[1], line))
    for word, line in _words(page).lines.items():
        if "-" in word:
            found.setdefault(word.lower().replace("-", "").removesuffix("s"), (word, line))
    return found


@cache
def _joined(page: Page) -> frozenset[str]:
    return frozenset(_pairs(page))


@rule
def compounds_agree(site: Site) -> Iterator[Problem]:
    """A compound is written in one way across the site: solid, or with its hyphen."""
    pages = [*site.pages.values(), *documents(site)]
    solid = frozenset().union(*map(_small, pages))
    both = solid & frozenset().union(*map(_joined, pages))
    for word in both:
        some, others = [p for p in pages if word in _small(p)], [p for p in pages if word in _pairs(p)]
        written = _pairs(others[0])[word][0]
        if len(some) >= len(others):
            for page in others:
                form, line = _pairs(page)[word]
                yield Problem(
                    place(page), line, f"{form!r}, elsewhere {word!r}.", f"Write {word}, as {place(some[0])}."
                )
        else:
            for page in some:
                line = next(n for form, n in _words(page).lines.items() if form.lower().removesuffix("s") == word)
                yield Problem(
                    place(page), line, f"{word!r}, elsewhere {written!r}.", f"Write {written}, as {place(others[0])}."
                )
