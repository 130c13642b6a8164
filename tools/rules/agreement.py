"""Agreement: one source gives one figure; numbers, ranges and lists are what they say; reporters are cited."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from tools.make.numbers import NUMBER, value
from tools.prose import Text, blocks, documents, place, plain, texts
from tools.records import Source, cited_keys, sources
from tools.rules.cases import YEAR
from tools.rules.figures import CURRENCY, MONTH, UNITS, figures, sentences
from tools.rules.registry import Problem, rule
from tools.rules.sources import OWN, SAMPLE
from tools.site import LINK, Page, Site

#: Words that any two sentences share.
COMMON = set(
    "about after again against also among another because been before being both could does down each first from have "  # noqa: SIM905 -- words, not data
    "into less made make many more most much only other over read said same says seen some such than that their them "
    "then there these they this those through told under until very were what when where which while will with within "
    "without would year source report press inference reading".split()
)

# -- One source, one figure --------------------------------------------------------------------------------------------

Value = tuple[str, float]
#: How many content words two statements share at least, and what part of the shorter one, so that they speak of one
#: thing. Each figure that both give counts as two words, each year as one.
SHARED, PART = 3, 0.45


@dataclass(frozen=True, eq=False)
class Statement:
    """What a text says on the strength of one source: its figures and years as written, what it counts, its words."""

    file: str
    line: int
    key: str
    figures: dict[Value, str]
    years: frozenset[str]
    counts: dict[tuple[str, int], str]
    words: frozenset[str]


def _words(text: str) -> frozenset[str]:
    found = (re.sub(r"(?:ing|ed|es|s|ly|['’]s)$", "", word) for word in re.findall(r"[a-z][a-z&'’-]{3,}", text.lower()))
    return frozenset(found) - COMMON


def _with_units(text: str) -> str:
    """A text whose ranges carry their sign and unit at both ends: "30 to 34%" becomes "30% to 34%"."""
    text = re.sub(r"(?<![\w.,])(\d[\d.,]*)( to | and | or |[-–])(\d[\d.,]*)(%|bn\b|m\b)", r"\1\4\2\3\4", text)
    return re.sub(rf"({CURRENCY})(\d[\d.,]*)[-–](?=\d)", r"\1\2 to \1", text)


def _parts(text: str) -> Iterator[tuple[str, frozenset[str]]]:
    """(text, keys) of each piece of a sentence: what stands before a citation rests on it, a rest on the last."""
    start, keys = 0, frozenset[str]()
    for match in re.finditer(r"\((?:[^()]|\([^()]*\))*sources/[\w-]+\.md#(?:[^()]|\([^()]*\))*\)", text):
        keys = cited_keys(match[0])
        yield text[start : match.end()], keys
        start = match.end()
    rest = text[start:]
    if re.search(r"\w", rest):
        yield rest, cited_keys(rest) or keys


def _pieces(block: Text) -> list[tuple[str, frozenset[str]]]:
    """(text, keys) of each piece of a block; a sentence without a source rests on the next that has one."""
    if block.kind == "row":
        return [(block.text, cited_keys(block.text))]
    found = [part for sentence in sentences(block.text) for part in _parts(sentence)]
    keys = frozenset[str]()
    for at in range(len(found) - 1, -1, -1):
        keys = found[at][1] or keys
        found[at] = found[at][0], keys
    return found


COUNT = re.compile(rf"(?<![\w$£€#./,+-])(?P<n>{NUMBER}) (?:[a-z][\w-]+ )?(?P<noun>[a-z][\w-]+)\b", re.I)


def _statement(file: str, line: int, key: str, text: str) -> Statement | None:
    text = LINK.sub(lambda m: "" if "sources/" in m["target"] else m["text"], text)
    text = plain(re.sub(rf"\{{[^{{}}]*\}}|`[^`]*`|\b\d{{1,2}} (?={MONTH}\b)", " ", text))
    bare = YEAR.sub(" ", _with_units(text))
    given = {(one.kind, round(one.value, 6)): one.text for one in figures(bare)}
    counts = {(match["noun"].lower(), value(match["n"])): match["n"] for match in COUNT.finditer(bare)}
    # A year such as 2014-15 is two.
    years = frozenset(YEAR.findall(re.sub(r"\b((?:1[89]|20)\d)(\d)-(\d\d)\b", r"\1\2 20\3", text)))
    return Statement(file, line, key, given, years, counts, _words(text)) if given or years or counts else None


@cache
def _statements(page: Page) -> list[Statement]:
    """What a page says with figures on the strength of each source."""
    found = []
    for block in blocks(page):
        if block.kind == "heading" or "Sum: " in block.text:
            continue
        for text, keys in _pieces(block):
            found += [one for key in sorted(keys) if (one := _statement(page.file, block.line, key, text))]
    return found


def _slip(one: str, other: str) -> bool:
    """Whether two numbers or words of one length differ in one sign, or by two signs swapped."""
    differ = [at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    swapped = len(differ) == 2 and one[differ[0]] == other[differ[1]] and one[differ[1]] == other[differ[0]]
    return len(one) == len(other) and (len(differ) == 1 or swapped)


def _near(one: Value, other: Value) -> bool:
    """Whether one figure is the other with a slip: a digit, two swapped, a factor of ten, another currency."""
    (kind, a), (other_kind, b) = one, other
    if a == b:
        return kind != other_kind and "" not in (kind, other_kind)
    if kind != other_kind or not a or not b or (not kind and min(a, b) < 100):
        return False
    low, high = sorted((a, b))
    digits = [f"{number * (100 if kind == '%' else 1):.4f}" for number in (a, b)]
    return any(abs(high / low / factor - 1) < 1e-9 for factor in (10, 100, 1e3, 1e6)) or _slip(*digits)


def _speak_of_one(one: Statement, other: Statement, least: float = SHARED) -> bool:
    shared = len(one.words & other.words)
    more = 2 * len(one.figures.keys() & other.figures.keys()) + len(one.years & other.years)
    short = max(1, min(len(one.words), len(other.words)))
    return shared >= 2 and shared + more >= least and (shared + more) / short >= PART


def _has(known: set[Value], figure: Value) -> bool:
    """Whether a page gives a figure, or one that is it when rounded."""
    kind, number = figure
    scale = 100 if kind == "%" else 1
    return figure in known or any(
        kind == other and len(f"{round(wide * scale)}") > 1 and round(wide * scale) == round(number * scale, 4)
        for other, wide in known
    )


def _apart(one: Statement, other: Statement, known: dict[str, set[Value]]) -> Iterator[tuple[str, str]]:
    """The figures of two statements on one thing of which one is a slip of the other."""
    if _speak_of_one(one, other):
        for figure, text in one.figures.items():
            for second, other_text in other.figures.items():
                if _near(figure, second) and not any(
                    _has(given, figure) and _has(given, second) for given in known.values()
                ):
                    yield text, other_text
    if _speak_of_one(one, other, 5):
        here, there = one.years - other.years, other.years - one.years
        if len(here) == len(there) == 1 and _slip(*here, *there):
            yield next(iter(here)), next(iter(there))
        for (noun, number), text in one.counts.items():
            same = {n for counted, n in other.counts if counted == noun}
            if same and number not in same and not any(f == noun and n in same for f, n in one.counts):
                yield f"{text} … {noun}", f"{min(same)} … {noun}"


@cache
def _at_odds(group: tuple[Statement, ...]) -> list[tuple[Statement, Statement, str, str]]:
    """(statement, the other, figure, the other) of what statements on one source do not agree on."""
    known: dict[str, set[Value]] = {}
    years: dict[str, set[str]] = {}
    for one in group:
        known.setdefault(one.file, set()).update(one.figures)
        years.setdefault(one.file, set()).update(one.years)
    found = []
    for one, other in combinations(group, 2):
        if one.file == other.file:
            continue
        for text, second in _apart(one, other, known):
            # A page that gives both years tells two things.
            if not any({text, second} <= given for given in years.values()):
                found.append((one, other, text, second))
    return found


@rule
def source_figures_agree(site: Site) -> Iterator[Problem]:
    """What two pages say of one thing on the strength of one source differs in no figure by a slip."""
    groups: dict[str, list[Statement]] = {}
    for page in site.pages.values():
        if not page.lists_sources:
            for one in _statements(page):
                groups.setdefault(one.key, []).append(one)
    assert groups, "no page gives a figure with its source"
    for key, group in groups.items():
        for one, other, text, second in _at_odds(tuple(group)):
            what = f"{text!r} is {second!r} in {other.file}:{other.line}, by the same source, {key}."
            yield Problem(one.file, one.line, what, "Look into the source, and make both say the same.")


# -- How numbers are written -------------------------------------------------------------------------------------------

#: What stands before a number: no longer number, word, address, or name of a standard or a law.
START = r"(?<![\w.,/:§#&$£€₹-])(?<!ISO )(?<!IEC )(?<!FR )(?<!No\. )(?<!RFC )(?<!form )(?<!rule )"
HERE = r"(?<![\w.,/:§#-])"
#: A factor, the number of a version and what is multiplied by have three decimals and count nothing.
FACTOR = r"(?<!factor of )(?<!version )(?<!section )(?<!by )"
SPACE = "[ \u00a0\u2009\u202f]"
GROUPED, DECIMAL = "Thousands are parted by commas: 12,345.", "Decimals have a point, thousands a comma: 1.23, 1,234."
MISWRITTEN = [
    (re.compile(form), mend)
    for form, mend in (
        (rf"{HERE}{FACTOR}[1-9]\d{{0,2}}\.\d{{3}}(?: (?!times)(?=[a-z])|$)", GROUPED),
        (rf"{HERE}(?<!ISO )[1-9]\d{{0,2}}(?:{SPACE}\d{{3}})+(?![\w.,/-]?\w)(?= [a-z])", GROUPED),
        (rf"{HERE}\d+,\d{{1,2}}(?![\d,-])|(?<![\w.,/])\d{{1,2}}(?:,\d\d)+,\d{{3}}(?!\d)", DECIMAL),
        (r"(?<![\w.,/])(?:\d{1,3},\d{4,}|\d{4,},\d{3}(?!\d))", GROUPED),
        (rf"{START}[1-9]\d{{4,}}(?![\w/-]|,\d|\.\d{{3}})|[$£€₹][1-9]\d{{3,}}(?![\d,])", GROUPED),
        (rf"\d[ \u00a0-]?per ?cent\b(?! points?)|\d{SPACE}+%|\d ?(?:pct\b|p\.c\.)|%\d", "Write: 4%."),
    )
]


@cache
def _miswritten(page: Page) -> list[tuple[int, str, str]]:
    """(line, number, mend) of each number of a page that is not in the site's form."""
    found = []
    for line, kind, text in texts(page):
        if "Sum: " in text or (page.lists_sources and kind in ("label", "entry")) or not re.search(r"\d", text):
            continue
        found += [(line, m[0].strip(), mend) for form, mend in MISWRITTEN for m in form.finditer(text)]
    return found


@rule
def numbers_are_written_alike(site: Site) -> Iterator[Problem]:
    """Thousands have commas, decimals a point, and % stands directly behind its number."""
    for page in [*site.pages.values(), *documents(site)]:
        for line, number, mend in _miswritten(page):
            yield Problem(place(page), line, f"{number!r} is not written like the site's other numbers.", mend)


# -- Ranges ------------------------------------------------------------------------------------------------------------

_ONE = rf"(?:\d[\d,]*(?:\.\d+)?(?![\d,])|{NUMBER})"
RANGE = re.compile(
    rf"(?<![\w.,/$£€₹-])(?P<sign>{CURRENCY})?(?P<a>{_ONE})(?P<unit>%|bn|m)?(?P<mid> to | and |[-–])"
    rf"(?P<other>{CURRENCY})?(?P<b>{_ONE})(?P<second>%|bn|m)?(?![\w/]|-\w)",
    re.I,
)
#: Words of a sentence, before the numbers, that tell a change, a ratio or a vote.
CHANGE = re.compile(
    r"\b(?:from|f[ae]ll\w*|cut\w*|down|drop\w*|shr[aiu]nk\w*|lower\w*|reduc\w+|declin\w+|slip\w+|sank|shed|slash\w*|"
    r"mov\w+|chang\w+|went|rul\w+|vot\w+|beat\w*|odds|ratio|by|compared|add\w*|gave|sen[dt]\w*|pass\w*|reset|trim\w*)\b",
    re.I,
)


def _number(text: str, unit: str | None) -> float:
    digits = text.replace(",", "")
    return (float(digits) if digits[0].isdigit() else value(digits)) * UNITS.get(unit or "", 1)


def _falls(match: re.Match[str], before: str) -> bool:
    """Whether the two ends of what looks like a range fall."""
    joint, units = match["mid"], match["unit"] or match["second"]
    year = bool(re.fullmatch(r"(?:1[89]|20)\d\d", match["a"])) and not match["sign"] and not match["unit"]
    if year and (match["other"] or match["second"]):
        return False
    if joint == " and " and not re.search(r"\b[Bb]etween $", before):
        return False
    if joint in "-–" and not (year or units or match["sign"]):
        return False
    if year and joint in "-–" and re.fullmatch(r"\d\d", match["b"]):
        return (int(match["b"]) - int(match["a"])) % 100 > 30
    if year and not re.fullmatch(r"(?:1[89]|20)\d\d", match["b"]):
        return False
    first = _number(match["a"], match["unit"] or match["second"])
    last = _number(match["b"], match["second"] or (match["unit"] if match["unit"] == "%" else None))
    # "two to one" is a ratio; "600 to three" hands something over.
    apart = not units and not match["sign"] and not year and (last <= 1 or first > 4 * last)
    return first > last and not apart


@cache
def _falling(page: Page) -> list[tuple[int, str]]:
    """(line, range) of each range of a page that falls, and that no word before it calls a change."""
    found = []
    for line, _, text in texts(page):
        for sentence in sentences(text) if "Sum: " not in text else ():
            for match in RANGE.finditer(sentence):
                before = sentence[: match.start()]
                told = re.split(r"[;:(]", before)[-1]
                changed = CHANGE.search(told) and not re.search(r"\b[Bb]etween $", before) and match["mid"] not in "-–"
                if not changed and _falls(match, before):
                    found.append((line, match[0]))
    return found


@rule
def ranges_rise(site: Site) -> Iterator[Problem]:
    """A range gives its lower end first, unless it tells a change."""
    for page in [*site.pages.values(), *documents(site)]:
        if not page.lists_sources:
            for line, text in _falling(page):
                mend = "Give the lower end first; of a change say from what it fell to what."
                yield Problem(place(page), line, f"{text!r} runs backwards.", mend)


# -- Lists that say their length ---------------------------------------------------------------------------------------

#: What is listed behind a colon; other counted things ("three years: …") are explained there.
THINGS = (
    "meanings senses kinds sorts types groups steps stages phases things reasons ways parts points questions tests "
    "errors mistakes practices forms names conditions signs depths marks models uses duties rules tasks areas fields "
    "definitions criteria functions countries examples measures traits roles schools causes risks effects limits "
    "layers levels elements components categories features pillars columns classes lists pages places weights "
    "outcomes options choices exceptions claims dangers benefits advantages lessons words terms routes items"
).replace(" ", "|")
LISTED = re.compile(
    rf"(?<![\w$£€#.,/-])(?P<n>{NUMBER}) (?:(?!(?:is|are|was|were|and|or|of)\b)[\w'’-]+ ){{0,2}}?(?:{THINGS})\b"
    r"(?: (?:in|of|for|met in|at)(?: (?!is|are|was|were)[\w'’-]+){1,4})?(?:: | ?[–—] |, namely )(?P<list>[^:]+)$",
    re.I,
)
#: How what merely explains an item begins.
EXPLAINS = re.compile(
    r"(?:the|a|an|its|their|which|who|where|when|that|met|mostly|also|often|not|as|such|with|or)\b", re.I
)


def _lengths(text: str) -> tuple[int, int]:
    """(fewest, most) items as which a list in a sentence can be read."""
    text = re.sub(r"\([^()]*\)", "", text)
    if ";" in text:
        items = len([item for item in text.split(";") if item.strip(" .")])
        return items, items
    commas = [part for part in re.split(r", (?:and |or )?", text) if part.strip(" .")]
    most = sum(len(re.split(r" (?:and|or) ", part)) for part in commas)
    # What explains an item may stand between commas, and a comma before "and" may part items that hold one.
    if ", " not in text or re.search(r", (?:and|or) ", text):
        return min(2, most), most
    if any(len(part.split()) > 6 or EXPLAINS.match(part) for part in commas[1:]):
        return min(2, most), most
    return most if most <= len(commas) + bool(re.search(r" (?:and|or) ", commas[-1])) else len(commas), most


def _right(number: int, text: str) -> bool:
    few, most = _lengths(text)
    return most < 2 or not 2 <= number <= 20 or few <= number <= most


BEFORE_LIST = re.compile(
    rf"(?<![\w$£€#.,/-])(?P<n>{NUMBER}) (?:(?!(?:of|and|or)\b)[\w'’-]+ ){{0,3}}?(?:{THINGS})\b[^.?!:;]{{0,60}}:$", re.I
)


def _lists(page: Page) -> Iterator[tuple[int, str, int]]:
    """(line, text before it, items) of each Markdown list that follows a colon."""
    lines = page.lines
    for at, (number, line) in enumerate(lines):
        if line.endswith(":") and not line.startswith((" ", "|", "#", "-")):
            items, rest = 0, lines[at + 1 :]
            for _, text in rest:
                if re.match(r"(?:[-*+]|\d+\.) ", text):
                    items += 1
                elif text and not text.startswith(" "):
                    break
            yield number, plain(line), items


def _running(page: Page) -> Iterator[tuple[int, str]]:
    """(line, text) of each text of a page; the words of a link are one item, whatever stands in them."""
    yield from ((line, text) for line, kind, text in texts(page) if kind in ("front", "drawing"))
    for line, kind, text in blocks(page):
        if kind not in ("heading", "row"):
            yield line, plain(LINK.sub(lambda m: re.sub(r"[ ,;]+", "_", m["text"]), text))


@cache
def _miscounted(page: Page) -> list[tuple[int, str, str]]:
    """(line, number and noun, how many follow) of each list of a page that has another length than it says."""
    found = []
    for line, text in _running(page):
        for sentence in sentences(text):
            match = LISTED.search(sentence)
            if match and not _right(value(match["n"]), match["list"]):
                few, most = _lengths(match["list"])
                said = sentence[match.start() : match.start("list")].strip(" :")
                found.append((line, said, f"{most}" if few == most else f"{few} to {most}"))
    for line, text, items in _lists(page):
        match = BEFORE_LIST.search(sentences(text)[-1])
        if match and items and value(match["n"]) <= 20 and value(match["n"]) != items:
            found.append((line, match[0].strip(" :"), f"{items}"))
    return found


@rule
def lists_have_the_length_they_say(site: Site) -> Iterator[Problem]:
    """A list that says how many things it holds holds as many."""
    for page in [*site.pages.values(), *documents(site)]:
        for line, said, items in _miscounted(page):
            what = f"{said!r} is followed by {items}."
            yield Problem(place(page), line, what, "Mend the number, or the list.")


# -- Reporters ---------------------------------------------------------------------------------------------------------

NAME = r"[A-Z][\w&'’.-]*(?: (?:and |of |& )?[A-Z][\w&'’.-]*){0,4}"
REPORTER = re.compile(
    rf"\b[Aa]s (?:the )?(?P<a>{NAME}) (?:reports?|reported|says?|said|writes?|wrote|puts? it|tells?|told|found|finds|"
    rf"counte?d?s?|has it|quotes|relays|notes|noted)\b|\b[Aa]ccording to (?:the )?(?P<b>{NAME})"
    rf"|(?:^|[,;] (?:and )?)(?:The )?(?P<c>{NAME}) (?:reports?|reported|writes|wrote)\b"
)


@cache
def _reported(page: Page) -> list[tuple[int, str, frozenset[str]]]:
    """(line, name, the sources of the sentence) of each name to which a page credits a report."""
    found = []
    for line, kind, text in blocks(page):
        for sentence in sentences(text) if kind not in ("row", "heading") else ():
            keys = cited_keys(sentence)
            if keys:
                found += [(line, m["a"] or m["b"] or m["c"], keys) for m in REPORTER.finditer(plain(sentence))]
    return found


@cache
def _names(cited: tuple[Source, ...]) -> frozenset[str]:
    return frozenset(word for one in cited for word in re.findall(r"[^\W_]{2,}", f"{one.label} {one.record}".lower()))


@rule
def reporters_are_cited(site: Site) -> Iterator[Problem]:
    """Whoever is named as reporting something stands in the record of a source that the sentence cites."""
    entries = sources(site)
    publishers = _names(tuple(entries.values()))
    for page in site.pages.values():
        for line, name, keys in _reported(page) if not page.lists_sources else ():
            words = {word for word in re.findall(r"[^\W_]{2,}", name.lower()) if word not in ("of", "and", "the")}
            cited = _names(tuple(entries[key] for key in sorted(keys) if key in entries))
            if words & publishers and not words & cited:
                what = f"{name} is said to report this, and the source cited is {' and '.join(sorted(keys))}."
                yield Problem(page.file, line, what, "Name who reports it, or cite the source meant.")


# -- No source knows what came after it --------------------------------------------------------------------------------

#: Words of a sentence that speaks of what is to come.
TO_COME = re.compile(
    r"\b(by|forecasts?|will|expect\w*|until|project\w*|predict\w*|plan\w*|target\w*|due|later|since|may|perhaps)\b"
    r"|to [$£€]"
)


@rule
def sources_know_no_future(site: Site) -> Iterator[Problem]:
    """A sentence that rests on one source names no year after the source's own, unless it speaks of what is to come."""
    entries = sources(site)
    for page in site.pages.values():
        for line, sentence, keys in _cited(page):
            label = entries[keys[0]].label if len(keys) == 1 and keys[0] in entries else ""
            dated = re.search(YEAR, label) if " c. " not in label else None
            told = re.sub(r"\[[^\]]*\]\([^)]*\)", " ", sentence)
            late = [year for year in re.findall(r"\b(?:19|20)\d\d\b", told) if dated and year > dated[0]]
            if late and not TO_COME.search(told):
                what = f"{late[0]}, on the word of {label!r}."
                yield Problem(page.file, line, what, "Mend the year, or cite what came later.")


@cache
def _cited(page: Page) -> tuple[tuple[int, str, tuple[str, ...]], ...]:
    """(line, sentence, keys) of each sentence of running text that cites."""
    running = ((number, line) for number, line in page.lines if not re.match(r" *(?:[|<#]|Sum: )", line))
    every = ((number, sentence) for number, line in running for sentence in sentences(line))
    return tuple((n, s, tuple(sorted(cited_keys(s)))) for n, s in every if cited_keys(s))


# -- One person, one name ----------------------------------------------------------------------------------------------

#: A first name and a surname, or two words of a firm's name.
PAIR = re.compile(r"(?<![\w.-])([A-Z][a-z]{3,}) ([A-Z][a-z]{3,})(?![\w-])")


@cache
def _full_names(page: Page) -> list[tuple[int, str, str]]:
    """(line, first word, second word) of each two words with capitals that stand side by side."""
    lines = ((number, LINK.sub(r"\g<text>", line)) for number, line in page.lines)
    return [(number, match[1], match[2]) for number, line in lines for match in PAIR.finditer(line)]


def _one_slip(one: str, two: str) -> bool:
    """Whether two words differ in one letter, a plural's s apart, or in two that changed places."""
    if len(one) == len(two):
        return _slip(one, two)
    if any(a.endswith("y") and b == f"{a[:-1]}ies" for a, b in ((one, two), (two, one))):
        return True
    long, short = (one, two) if len(one) > len(two) else (two, one)
    return (
        len(long) - len(short) == 1
        and long != f"{short}s"
        and any(long[:n] + long[n + 1 :] == short for n in range(len(long)))
    )


@rule
def names_are_written_alike(site: Site) -> Iterator[Problem]:
    """A name of two words is spelt in one way: none differs from another in a letter of one word."""
    places: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for page in site.pages.values():
        for line, first, second in _full_names(page):
            places.setdefault((first, second), []).append((page.file, line))
    by_word: dict[str, set[tuple[str, str]]] = {}
    for pair in places:
        for word in pair:
            by_word.setdefault(word, set()).add(pair)
    for one, here in places.items():
        for two in by_word[one[0]] | by_word[one[1]]:
            pairs = [(a, b) for a, b in zip(one, two, strict=True) if a != b]
            rarer = (len(here), two) < (len(places[two]), one)
            if len(pairs) == 1 and rarer and _one_slip(*pairs[0]):
                file, line = here[0]
                what = f"{' '.join(one)!r}, while {places[two][0][0]} has {' '.join(two)!r}."
                yield Problem(file, line, what, "Spell one name in one way.")


# -- Models ------------------------------------------------------------------------------------------------------------


@rule
def models_repeat_the_page(site: Site) -> Iterator[Problem]:
    """A figure in a text that a section offers as a model stands elsewhere on its page, perhaps less rounded."""
    for path, anchor in sorted(OWN):
        page = site.pages[path]
        section = page.section(anchor)
        rest = {figure.value for figure in figures(page.body.replace(section, ""))}
        for line in section.split("\n"):
            for quotation in re.findall(r'"([^"]+)"', line):
                for figure in figures(quotation):
                    if not any(abs(figure.value - value) <= 0.005 * value for value in rest):
                        what = f"{figure.text!r} in a model text stands nowhere else on this page."
                        yield Problem(page.file, page.at(line), what, "Repeat a figure of the page.")


# -- What points at something on the page ------------------------------------------------------------------------------

POINTER = re.compile(r"\btable (?:(above)|(below))\b")


@cache
def _lost_pointers(page: Page) -> list[tuple[int, str]]:
    """(line, "above" or "below") of each pointer to a table that does not stand on that side of it."""
    at = [line for line, _, _ in page.tables]
    return [
        (line, way)
        for line, kind, text in blocks(page)
        if kind not in ("row", "caption")
        for match in POINTER.finditer(plain(text))
        for way in [match[1] or match[2]]
        if not any(one < line if way == "above" else one > line for one in at)
    ]


@rule
def pointers_show_the_right_way(site: Site) -> Iterator[Problem]:
    """A table above or below stands above or below."""
    for page in site.pages.values():
        for line, way in _lost_pointers(page):
            yield Problem(page.file, line, f"no table stands {way}.", "Mend the direction, or name the table in words.")


#: The names of one party in a sample clause: a clause uses one of each line.
PARTIES = ("Buyer Client Customer", "Supplier Provider Vendor Contractor")
SCHEDULE = re.compile(r"Schedule \[\w+\]")


@cache
def _clauses(page: Page) -> list[str]:
    return [line for _, line in page.lines if SAMPLE.match(line)]


@cache
def _at_odds_with_clauses(page: Page) -> list[tuple[int, str, str]]:
    """(line, what is wrong, the mend) of what a sample clause, and what is said of it, call by two names or by none."""
    found = []
    quoted = " ".join(line for _, line in page.lines if line.startswith(">"))
    schedules = set(SCHEDULE.findall(quoted))
    for line, text in page.lines:
        if SAMPLE.match(text):
            for names in map(str.split, PARTIES):
                used = [name for name in names if re.search(rf"\b{name}\b", text)]
                if len(used) > 1:
                    what = f"the clause calls a party {' and '.join(used)}."
                    found.append((line, what, "Call it by one name."))
        elif quoted and not text.startswith(">"):
            for one in dict.fromkeys(SCHEDULE.findall(text)):
                if one not in schedules:
                    what = f"{one} stands in no clause of the page."
                    mend = f"Write {' or '.join(sorted(schedules)) or 'no number'}, or put it into the clause."
                    found.append((line, what, mend))
    return found


@rule
def clauses_keep_their_names(site: Site) -> Iterator[Problem]:
    """A sample clause calls each party by one name, and what is said of its schedules names those that it has."""
    assert any(_clauses(page) for page in site.pages.values()), "no page holds a sample clause"
    for page in site.pages.values():
        for line, what, mend in _at_odds_with_clauses(page):
            yield Problem(page.file, line, what, mend)
