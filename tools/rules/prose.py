"""Running text: its alphabet, its punctuation, its words and sentences, and that nothing is said twice."""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache
from pathlib import PurePosixPath

from tools.prose import blocks, documents, labels, place, plain, prose, texts
from tools.records import changes, short_title
from tools.rules.registry import Problem, rule
from tools.rules.structure import is_sound
from tools.site import LINK, Page, Site

# -- Plain words -------------------------------------------------------------------------------------------------------

#: What says nothing, and what does not tell a reader where a link leads.
FILLER = re.compile(
    r"\b(it is important to note|it should be noted|in today's|nowadays|crucial(?:ly)?|robust|leverag(?:e|es|ed|ing)"
    r"|delv(?:e|es|ing)|seamless(?:ly)?|cutting-edge|state-of-the-art|game.chang\w+|best-in-class|world-class"
    r"|holistic\w*|synerg\w+|in conclusion|needless to say|coming soon|lorem ipsum|click here|TODO|TBD)\b",
    re.I,
)
#: Words in a sentence, at most.
LONG = 45
#: Pages that are lists: of records, of sources.
GLOSSARY = "glossary/index.md"
LISTS = ("sources/", GLOSSARY)


@cache
def _not_plain(page: Page) -> list[Problem]:
    found = []
    for line, _, text in texts(page):
        mend = "Cut it, or say what is meant."
        found += [Problem(page.file, line, f"{m[0]!r} says nothing.", mend) for m in FILLER.finditer(text)]
    for line, text in prose(page):
        if re.search(r"[\w\")*]!", text):
            found.append(Problem(page.file, line, "an exclamation mark.", "End with a full stop."))
        for sentence in re.split(r"(?<=[.?:;]) +(?=[A-Z*\[])", re.sub(r"\([^()]*\)", "", text)):
            if (words := len(re.findall(r"[\w'%-]+", sentence))) > LONG:
                what = f"{words} words in a sentence, {LONG} are allowed: {sentence.strip()[:60]}…."
                found.append(Problem(page.file, line, what, "Make two sentences of it."))
    return found


@rule
def prose_is_plain(site: Site) -> Iterator[Problem]:
    """No filler, no exclamation mark, no sentence of more than 45 words."""
    for page in site.pages.values():
        if not page.path.startswith(LISTS):
            yield from _not_plain(page)


# -- The alphabet ------------------------------------------------------------------------------------------------------

#: What is written beside ASCII: the signs of sums, two currencies, and the letters of western names.
SIGNS = "£€−×÷"
WESTERN = {chr(n) for n in range(0xC0, 0x100)}
#: In the lists of sources titles and names keep their letters, whatever accents they carry.
LETTERS = "LATIN "
LOOK_ALIKE = "ıſǀɑɡ"
#: The search separates words at curly marks too, which a reader may type.
ALSO = {"mkdocs.yml": "“”", "CONTRIBUTING.md": "…", "README.md": "…"}
INSTEAD = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "´": "'", "′": "'",
    "–": "a comma, a colon, or 'to' between numbers", "—": "a comma, a colon or brackets", "…": "...",
    "‐": "-", "‑": "-", "‒": "-", "½": "a half", "¼": "a quarter", "¾": "three quarters", "\t": "spaces", "•": "-",
}  # fmt: skip
ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[a-zA-Z]\w*);")
ESCAPE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U(00(?:0[0-9a-f]|10)[0-9a-f]{4}))", re.I)


def _allowed(char: str, file: str) -> bool:
    if char == "\n" or " " <= char <= "~" or char in SIGNS or char in WESTERN or char in ALSO.get(file, ""):
        return True
    letter = unicodedata.name(char, "").startswith(LETTERS) and char.isalpha() and char not in LOOK_ALIKE
    return file.startswith("docs/sources/") and letter


def _stranger(file: str, line: int, char: str, written: str) -> Problem:
    name = unicodedata.name(char, "control character").lower()
    what = f"{name} (U+{ord(char):04X}){written} is not of this site's alphabet."
    base = unicodedata.normalize("NFKD", char)[0]
    if char in INSTEAD:
        mend = f"Write {INSTEAD[char]!r} instead." if len(INSTEAD[char]) < 4 else f"Write {INSTEAD[char]} instead."
    elif not char.isprintable() or unicodedata.category(char)[0] in "CMZ":
        mend = "It cannot be seen: delete it, or type a plain space or letter in its place."
    else:
        mend = f"Type {base!r} instead." if base.isascii() else "Type the Latin letter or the ASCII sign instead."
    return Problem(file, line, what, mend)


@cache
def _strangers(file: str, text: str) -> list[Problem]:
    found = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.isascii() or not line.isprintable():
            found += [_stranger(file, number, char, "") for char in dict.fromkeys(line) if not _allowed(char, file)]
        for match in ENTITY.finditer(line):
            char = html.unescape(match[0])
            if len(char) == 1 and not _allowed(char, file):
                found.append(_stranger(file, number, char, f", written {match[0]},"))
        for match in ESCAPE.finditer(line):
            char = chr(int(match[match.lastindex or 0], 16))
            if not _allowed(char, file):
                found.append(_stranger(file, number, char, f", written {match[0]},"))
    return found


@cache
def _strangers_of(page: Page) -> list[Problem]:
    return _strangers(page.file, f"---\n{page.front}\n---\n{page.body}")


@rule
def alphabet_is_closed(site: Site) -> Iterator[Problem]:
    """Only ASCII, some signs and the letters of names: no invisible, curly or look-alike character, however written."""
    for page in site.pages.values():
        yield from _strangers_of(page)
    others = sorted(file.relative_to(site.root).as_posix() for file in (site.root / "tools").glob("*.yml"))
    for file in [*others, "mkdocs.yml", "README.md", "CONTRIBUTING.md", "CITATION.cff"]:
        yield from _strangers(file, site.text(file))


# -- Punctuation -------------------------------------------------------------------------------------------------------

#: Names that begin in lower case.
LOWER = r"dunnhumby|eBay|eWEEK|eSCM|eFinancialCareers|domain-b|exchange4media|law\.com|wiseGEEK|iPhone|tBPO"
#: Full stops after which a sentence goes on.
SHORT = r"(?:\b(?:e\.g|i\.e|v|vs|c|n\.d|Inc|Co|Ltd|Corp|No|no|St|al|etc|approx|Mr|Ms|Dr|Messrs|p|pp|US|UK|\w)\.)"
FAULTS = [
    (r"\b(?P<at>([A-Za-z]+) \2)\b(?![-'])", "a word stands twice: {!r}.", "Delete one."),
    (r"\S(?P<at>  +)\S", "two spaces between words.", "Delete one."),
    (r"\S(?P<at> [,.;:?!)](?!\w))", "a space before {!r}.", "Delete the space."),
    (r"(?P<at>\( \S*)", "a space behind an opening bracket.", "Delete the space."),
    (r"(?P<at>[a-z]{2}[.?][A-Z][a-z])", "no space behind a full stop: {!r}.", "Add the space."),
    (r"(?P<at>[a-zA-Z)][,;][A-Za-z]\w)", "no space behind a comma: {!r}.", "Add the space."),
    (r"(?P<at>[a-z]{2}:[A-Za-z]{2})", "no space behind a colon: {!r}.", "Add the space."),
    (r"(?P<at>[a-z]\((?!s\)|es\))\w|\w\)[A-Za-z0-9])", "no space beside a bracket: {!r}.", "Add the space."),
    (r"(?P<at>(?<!\.)\.\.(?!\.)|,,|;;|::|[,;:]\.|,[;:]|\?\.(?!\w)|\.\?)", "two marks in a row: {!r}.", "Leave one."),
    (r"(?<!\w)(?P<at>'[A-Za-z][^'\"]*[A-Za-z.,]')(?!\w)", "single quotation marks: {!r}.", 'Write " instead.'),
    (r"(?P<at>''|``|\"\")", "a quotation mark of two signs: {!r}.", 'Write one ".'),
]  # fmt: skip
COMPILED = [(re.compile(pattern, re.I if "\\2" in pattern else 0), what, mend) for pattern, what, mend in FAULTS]
#: Words that may stand twice in a row.
TWICE = {"had had", "that that"}
NEW_SENTENCE = re.compile(r"(?P<before>\S+[.?]) +(?P<word>[a-z][\w.]*)")
#: A title that asks, within a sentence that goes on, as a link to it shows: "The figure in How big is KPO? is mended".
ASKING = re.compile(r"[\w,;] (?:How|Wh|Is|Are|Do|Can|Must|May|Should|Will)\w*\b[^.?!]*\?$")
ENDED = re.compile(r"[.?!:…][\"')]*$|`$")


def _marks(text: str) -> Iterator[tuple[str, str]]:
    """(what, mend) for each fault within a piece of text, whatever its kind."""
    for pattern, what, mend in COMPILED:
        for match in pattern.finditer(text):
            if match["at"].lower() not in TWICE:
                yield what.format(match["at"]), mend
    opened = len(re.sub(r"(?<![\w(])\w{1,2}\)", "", text)) and text.count("(") - text.count(")")
    if opened and not re.match(r"\w{1,2}\) ", text):
        yield f"{'an opening' if opened > 0 else 'a closing'} bracket has no partner in: {text[:50]!r}.", "Add it."
    if text.count('"') % 2:
        yield f"a quotation mark has no partner in: {text[:50]!r}.", "Add it."


def _sentences(kind: str, text: str, key: str) -> Iterator[tuple[str, str]]:
    """(what, mend) for each sentence that does not begin or end as one."""
    for match in NEW_SENTENCE.finditer(text):
        goes_on = re.search(rf"(?:{SHORT}|\.\.\.)[\"')]*$", match["before"]) or ASKING.search(
            text[: match.end("before")]
        )
        if not goes_on and not re.match(LOWER, match["word"]):
            yield f"a sentence begins in lower case: {match[0]!r}.", f"Write {match['word'].capitalize()}."
    if kind == "paragraph" and re.match(r"[a-z]", text) and not re.match(LOWER, text):
        yield f"a paragraph begins in lower case: {text[:40]!r}.", f"Write {text.split(maxsplit=1)[0].capitalize()}."
    if re.fullmatch(r"(?:\w )+\w", text):
        # The letters of the glossary's index, each a link.
        return
    ends = ENDED.search(text) or (kind == "item" and re.search(r"[;,]$|\b(?:and|or)$", text))
    if not ends and (kind in ("paragraph", "item", "caption", "quote") or key):
        yield f"a sentence ends without a mark: {text[-40:]!r}.", "Add the full stop."


@cache
def _unpunctuated(page: Page) -> list[Problem]:
    found: list[Problem] = []
    if not is_sound(page):
        # What is read of a page in pieces has faults that are not its own.
        return found
    sentences = {str(page.meta.get(key)) for key in ("description", "teaches")}
    sentences |= {str(one.get("why")) for one in (page.meta.get("criteria") or {}).values() if isinstance(one, dict)}
    for line, kind, text in texts(page):
        faults = list(_marks(text)) if kind != "entry" else []
        if kind in ("paragraph", "item", "caption", "quote", "front"):
            faults += _sentences(kind, text, text if kind == "front" and text in sentences else "")
        found += [Problem(place(page), line, what, mend) for what, mend in faults]
    return found


@rule
def prose_is_punctuated(site: Site) -> Iterator[Problem]:
    """No word twice in a row, one space and one mark where one belongs, brackets in pairs, sentences with both ends."""
    for page in [*site.pages.values(), *documents(site)]:
        yield from _unpunctuated(page)
    for line, _, text in labels(site):
        for what, mend in _marks(text):
            yield Problem("mkdocs.yml", line, what, mend)


# -- Names -------------------------------------------------------------------------------------------------------------

#: A record as what its names need: its path, its names in lower case.
Named = tuple[str, tuple[str, ...]]
#: Lines that are made from records: they spell names out already.
MADE = re.compile(r"\s*(#|<|--8<--|Broader:|Related:|Not to be|In the cases)")


@cache
def _plain_lines(page: Page) -> list[tuple[int, str]]:
    return [(line, text) for line, text in page.lines if not MADE.match(text)]


@cache
def _stems(page: Page) -> frozenset[str]:
    """The file names, without ending, to which a page links."""
    return frozenset(PurePosixPath(link.target.split("#")[0]).stem for link in page.links)


def _is_explained(page: Page, use: re.Pattern[str], short: str, records: tuple[Named, ...]) -> bool:
    text = "\n".join(line for _, line in _plain_lines(page)).lower()
    linked = " ".join(link.text for link in page.links if "sources/" not in link.target)
    names = {name for _, some in records for name in some} - {short.lower()}
    return (
        page.path in {path for path, _ in records}
        or bool(use.search(linked))
        or any(name in text for name in names)
        or any(PurePosixPath(path).stem in _stems(page) for path, _ in records)
    )


@cache
def _unexplained(page: Page, meanings: tuple[tuple[str, tuple[Named, ...]], ...]) -> list[Problem]:
    found = []
    for short, records in meanings:
        if short not in page.body:
            continue
        use = re.compile(rf"(?<![\w/#.-]){re.escape(short)}(?![\w-])")
        if _is_explained(page, use, short, records):
            continue
        line = next((line for line, text in _plain_lines(page) if use.search(LINK.sub("", text))), None)
        if line:
            what = f"{short} is not explained on this page."
            found.append(Problem(page.file, line, what, f"Spell it out, or link to docs/{records[0][0]}."))
    return found


#: Words of a name without a letter in its abbreviation.
SMALL = {"a", "an", "and", "as", "in", "of", "the"}
SPELT = re.compile(r"(?P<before>[\w' -]*) \((?P<short>\w+?)s?\)|\b(?P<first>\w+?)s? \((?P<after>[\w' -]+)\)")


@cache
def _words(name: str) -> tuple[str, ...]:
    """The words that an abbreviation shortens, in lower case and in the singular."""
    return tuple(word.removesuffix("s") for word in re.findall(r"[^\W_]+", name.lower()) if word not in SMALL)


@cache
def _misnamed(page: Page, meanings: tuple[tuple[str, tuple[Named, ...]], ...]) -> list[Problem]:
    """Words beside an abbreviation that begin with its letters, in any order, and are no name of a record of it."""
    found = []
    names = {short: [name for _, some in records for name in some] for short, records in meanings}
    for line, _, text in texts(page):
        for match in SPELT.finditer(text) if "(" in text else ():
            if (short := match["short"] or match["first"]) in names:
                letters = sorted(char.lower() for char in short if char.isupper())
                said = _words(match["after"]) if match["after"] else _words(match["before"])[-len(letters) :]
                known = map(_words, names[short])
                if sorted(word[:1] for word in said) == letters and said not in known:
                    what = f"{match[0].strip()!r} gives {short} a name that its record lacks."
                    (like,) = get_close_matches(" ".join(said), names[short], 1, 0)
                    found.append(Problem(page.file, line, what, f"Write: {like}"))
    return found


@rule
def abbreviations_are_explained(site: Site) -> Iterator[Problem]:
    """An abbreviation of the glossary is spelt out, by a name of its record, or linked where it is used.

    KPO and BPO are our own words: they need not be spelt out.
    """
    meanings: dict[str, list[Named]] = {}
    for page in site.of("term", "definition"):
        short = page.meta["abbreviation"]
        if len(short) > 1:
            names = tuple(name.lower() for name in (page.meta["term"], *page.meta["aliases"]))
            meanings.setdefault(short, []).append((page.path, names))
    assert meanings, "no record has an abbreviation"
    every = tuple((short, tuple(records)) for short, records in meanings.items())
    asked = tuple(one for one in every if one[0].isupper() and one[0] not in ("KPO", "BPO"))
    for page in site.pages.values():
        if not page.path.startswith(LISTS):
            yield from _unexplained(page, asked)
        if not page.path.startswith("sources/"):
            yield from _misnamed(page, every)


@cache
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b({'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})s?\b", re.I)


@cache
def _named(page: Page, names: tuple[str, ...]) -> list[tuple[int, str, str]]:
    """(line, name as written, its line of prose) of each name outside links."""
    lines, found, low = page.body.split("\n"), [], page.body.lower()
    here = [name for name in names if name in low]
    for line, text in prose(page) if here else ():
        raw = LINK.sub("", lines[line - page.first_line])
        if any(name in raw.lower() for name in here):
            found += [(line, match[1], text) for match in _pattern(names).finditer(raw)]
    return found


@rule
def named_terms_are_linked(site: Site) -> Iterator[Problem]:
    """A page that names a record in two or more words links to it.

    Definitions stand free of links, and the fact strip of a case links to the definition that its verdict names.
    """
    owners = {
        name.lower(): record
        for record in site.of("term", "definition")
        for name in (record.meta["term"], *record.meta["aliases"])
        if " " in name
    }
    key = tuple(owners)
    # The list of changes carries no links: the feed repeats it.
    dated = {change.line for change in changes(site)}
    for page in site.pages.values():
        if page.path.startswith(LISTS):
            continue
        done = set(_stems(page))
        for line, name, text in _named(page, key):
            record = owners[name.lower()]
            strip = page.kind == "case" and record.kind == "definition"
            free = text == page.meta["description"] or (page.path == "about.md" and line in dated)
            if not (record is page or strip or free or record.slug in done):
                done.add(record.slug)
                what = f"{name!r} is linked nowhere on this page."
                yield Problem(page.file, line, what, f"Link it here, to docs/{record.path}.")


#: Link texts that rightly lead to several places: the test or one of its questions; whichever abbreviation is meant.
SHARED_TEXTS = {"our test", "on the page of the abbreviation"}


@cache
def _inner_links(page: Page) -> list[tuple[int, str, str, str]]:
    """(line, text, path, anchor) of each link of a page to a page, citations left out."""
    found = []
    for link in page.links:
        goal = page.resolve(link.target)
        if goal and goal[0].endswith(".md") and not goal[0].startswith("sources/"):
            found.append((link.line, plain(link.text).strip().lower(), *goal))
    return found


def _owners(site: Site) -> dict[str, set[str]]:
    """The paths to which each name of a record or case, in lower case, may lead."""
    owners: dict[str, set[str]] = {}
    for page in site.of("term", "definition", "case"):
        names = {page.meta["title"], page.meta.get("term"), page.meta.get("abbreviation")}
        names |= {*page.meta.get("aliases", []), *([short_title(page)] if page.kind == "case" else [])}
        for name in filter(None, names):
            owners.setdefault(name.lower(), set()).add(page.path)
    for label, path in site.nav:
        if label and path in site.pages and site.pages[path].kind != "page":
            owners.setdefault(label.lower(), set()).add(path)
    return owners


def _stray_names(site: Site) -> Iterator[Problem]:
    """Links whose text is the name of one record and whose target is another's page."""
    owners = _owners(site)
    assert owners
    for page in site.pages.values():
        # What is made of the records follows them: its links are mended there.
        own_lines = {line for line, _ in _plain_lines(page)} if page.path != GLOSSARY else set()
        for line, text, path, _ in _inner_links(page):
            if line not in own_lines:
                continue
            own = owners.get(text) or owners.get(text.removesuffix("s")) or set()
            # The page of an abbreviation leads to its meanings; a jump within a page is no link to a record.
            same = {site.pages[one].meta.get("abbreviation") or one for one in own}
            short = site.pages[path].meta.get("abbreviation") if path in site.pages else None
            if own and path not in own and path != page.path and short not in same:
                what = f"the link [{text}] leads to docs/{path}, but that is the name of docs/{min(own)}."
                yield Problem(page.file, line, what, "Mend the target, or the text.")


def _clash(one: tuple[str, str], other: tuple[str, str], local: bool) -> bool:
    """Two places that one text may not lead to; a page and a part of it go together."""
    if one[0] != other[0]:
        return not local
    return bool(one[1] and other[1]) and one[1] != other[1]


@rule
def link_texts_are_steady(site: Site) -> Iterator[Problem]:
    """One text of links leads to one place across the site, and a record's name to that record."""
    yield from _stray_names(site)
    names = _owners(site)
    uses: dict[str, list[tuple[Page, int, tuple[str, str]]]] = {}
    for page in site.pages.values():
        for line, text, path, anchor in _inner_links(page):
            # Single letters lead through the glossary's index; names were looked at.
            if len(text) > 1 and text not in SHARED_TEXTS and not {text, text.removesuffix("s")} & names.keys():
                uses.setdefault(text, []).append((page, line, (path, anchor)))
    for text, some in uses.items():
        goals = Counter(goal for page, _, goal in some if goal[0] != page.path) or Counter(goal for *_, goal in some)
        if len(goals) == 1 and len(some) == goals.total():
            continue
        usual = goals.most_common(1)[0][0]
        for page, line, goal in some:
            if _clash(goal, usual, local=goal[0] == page.path):
                there = f"docs/{usual[0]}{'#' if usual[1] else ''}{usual[1]}"
                what = f"the link [{text}] leads to docs/{'#'.join(filter(None, goal))}, elsewhere to {there}."
                yield Problem(page.file, line, what, "Give both one target, or this one another text.")


# -- Copies ------------------------------------------------------------------------------------------------------------

#: Words in a run, the share of a text's runs that another may have too, and the fewest runs of a text that counts:
#: shorter ones are formulas, and rows of a table that was coded by one scheme.
RUN, SHARE, FEWEST = 6, 0.6, 16
#: The page to print repeats the home page's examples and the four questions on purpose.
REPEATS = ({"brief.md", "index.md"}, {"brief.md", "classify.md"})
#: Sentences with which every page of a kind says the same, and those that are made of another page's record.
FORMULA = re.compile(
    r"The address of this page is permanent\.|By the table of verdicts (it|this) is "
    r"|In the deal above the answers? on "
)


@cache
def _runs(page: Page) -> list[tuple[int, str, frozenset[int]]]:
    """(line, text, its runs of six words as numbers) of each longer paragraph, item, row and caption."""
    found = []
    for line, kind, text in blocks(page):
        if kind in ("heading", "label", "entry") or MADE.match(text) or text.startswith("Also called"):
            continue
        if FORMULA.match(plain(text)):
            continue
        words = re.findall(r"[\w']+", plain(text).lower())
        runs = frozenset(hash(tuple(words[n : n + RUN])) for n in range(len(words) - RUN + 1))
        if len(runs) >= FEWEST:
            found.append((line, text, runs))
    return found


@cache
def _all_runs(page: Page) -> tuple[frozenset[int], frozenset[int]]:
    """(every run of a page, those that stand in two of its texts)."""
    once: set[int] = set()
    twice: set[int] = set()
    for _, _, runs in _runs(page):
        twice |= once & runs
        once |= runs
    return frozenset(once), frozenset(twice)


def _alike(site: Site, page: Page, line: int, runs: frozenset[int]) -> Iterator[tuple[Page, int, float]]:
    """(page, line, share of the runs) of each other text that repeats most of a text."""
    for other in site.pages.values():
        if {page.path, other.path} in REPEATS or _all_runs(other)[0].isdisjoint(runs):
            continue
        for there, _, others in _runs(other):
            share = len(runs & others) / min(len(runs), len(others))
            if share > SHARE and (other, there) != (page, line):
                yield other, there, share


@rule
def paragraphs_are_not_copied(site: Site) -> Iterator[Problem]:
    """No two paragraphs, items, rows or captions of the site share more than 60% of their runs of six words."""
    seen: set[int] = set()
    shared: set[int] = set()
    for page in site.pages.values():
        once, twice = _all_runs(page)
        shared |= twice | (seen & once)
        seen |= once
    assert seen
    told = set()
    for page in site.pages.values():
        if _all_runs(page)[0].isdisjoint(shared):
            continue
        for line, text, runs in _runs(page):
            if len(runs & shared) <= SHARE * len(runs):
                continue
            for other, there, share in _alike(site, page, line, runs):
                pair = frozenset([(page.file, line), (other.file, there)])
                if pair not in told:
                    told.add(pair)
                    what = f"shares {share:.0%} of its words with {other.file}:{there}: {plain(text)[:50]!r}…."
                    yield Problem(page.file, line, what, "Say it once and link there, or carry it as a snippet.")
