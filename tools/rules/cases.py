"""Cases: the verdict follows from the answers, the outcome and the figures are what the page says, everywhere."""

import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import dropwhile, product
from typing import NamedTuple

from tools.prose import plain
from tools.records import (
    CRITERIA,
    Source,
    answers,
    citations,
    cited_keys,
    decision_table,
    short_title,
    sources,
    verdicts,
)
from tools.rules.figures import MONTH, figures, sentences
from tools.rules.registry import Problem, rule
from tools.site import LINK, Page, Site

#: The keys of a case's record that hold a line of text.
LINES = ("title", "description", "buyer", "supplier", "process", "period", "outcome", "teaches")


@cache
def _is_whole(page: Page) -> bool:
    criteria = page.meta.get("criteria")
    return (
        all(isinstance(page.meta.get(key), str) for key in LINES)
        and all(isinstance(page.meta.get(key), list) for key in ("sources", "verdict"))
        and isinstance(criteria, dict)
        and all({"answer", "why"} <= set(criteria.get(name) or ()) for name in CRITERIA.values())
    )


def _whole(site: Site) -> list[Page]:
    """The cases whose records have what these rules read; the rules on records name the others."""
    return [page for page in site.of("case") if _is_whole(page)]


# -- Verdicts and outcomes ---------------------------------------------------------------------------------------------


@rule
def decision_table_is_complete(site: Site) -> Iterator[Problem]:
    """Each of the sixteen combinations of yes and no leads to exactly one row."""
    table, page = decision_table(site), site.pages["classify.md"]
    for one in product(("yes", "no"), repeat=len(CRITERIA)):
        found = verdicts(table, one)
        if len(found) != 1:
            given = ", ".join(f"{head} {answer}" for head, answer in zip(CRITERIA, one, strict=True))
            what = f"{given} leads to {' and to '.join(found) or 'no verdict'}, not to one verdict."
            yield Problem(page.file, page.at(f"| {' | '.join(CRITERIA)} |"), what, "Mend the rows that it meets.")


@cache
def _below(page: Page, anchor: str) -> list[tuple[int, str]]:
    """(line, text) of each line below the heading with this id, up to the next H2."""
    start = next((heading.line for heading in page.headings if heading.id == anchor), None)
    ends = (heading.line for heading in page.headings if start and heading.line > start and heading.level <= 2)
    end = next(ends, page.first_line + len(page.lines))
    return [(number, line) for number, line in page.lines if start and start < number < end]


@rule
def verdicts_follow_the_table(site: Site) -> Iterator[Problem]:
    """A case's verdicts are those of the table for its answers, and its test gives the same answers, step by step."""
    table = decision_table(site)
    for page in _whole(site):
        expected = verdicts(table, answers(page))
        if page.meta["verdict"] != expected:
            mend = f"Paste: verdict: {json.dumps(expected)}"
            yield Problem(page.file, page.key_line("verdict"), "the table gives its answers another verdict.", mend)
        for (head, name), answer in zip(CRITERIA.items(), answers(page), strict=True):
            step, start = f"- **{head} {answer.capitalize()}.** ", f"- **{head}"
            lines = _below(page, "test")
            if not any(line.startswith(step) for _, line in lines):
                line = next((number for number, line in lines if line.startswith(start)), page.at("{#test}"))
                what = f"the record answers {name} with {answer}, and no step of the test says so."
                yield Problem(page.file, line, what, f"Begin the step: {step}")


@cache
def _alternatives(page: Page) -> list[tuple[int, tuple[str, ...], str]]:
    """(line, the four answers, verdict) of each row of the page's tables that leads from some answers to one verdict.

    A question without a column, or a cell with more than yes or no, is 'disputed': both answers are tried.
    """
    found = []
    for line, rows, _ in page.tables:
        head = rows[0]
        if "Verdict" not in head or not set(head) & set(CRITERIA):
            continue
        for number, row in enumerate(rows[1:], line + 2):
            if len(row) == len(head):
                cell = dict(zip(head, row, strict=True))
                given = tuple(one if (one := cell.get(name)) in ("yes", "no") else "disputed" for name in CRITERIA)
                found.append((number, given, plain(cell["Verdict"])))
    return found


@rule
def tables_of_verdicts_follow_the_table(site: Site) -> Iterator[Problem]:
    """A row that leads from answers to a verdict, on whatever page, names a verdict that the decision table gives."""
    table, seen = decision_table(site), 0
    names = {row.verdict for row in table}
    for page in site.pages.values():
        if page.path == "classify.md":
            continue
        for line, given, verdict in _alternatives(page):
            found = verdicts(table, given)
            seen += verdict in names
            if verdict in names and verdict not in found:
                mend = f"Write {' or '.join(found)}; or mend the answers."
                yield Problem(page.file, line, f"the answers of the row do not lead to {verdict}.", mend)
    assert seen, "no page holds a table of verdicts"


@rule
def verdicts_are_told(site: Site) -> Iterator[Problem]:
    """The sentence of a case's test that leads to the table, with what follows in its paragraph, names the verdicts.

    It names those of the record, and no others; nor does the opening, but to say that it is not.
    """
    names = {row.verdict for row in decision_table(site)}
    # The longest first, since one name holds another.
    name = re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))
    for page in _whole(site):
        if page.meta["verdict"] != verdicts(decision_table(site), answers(page)):
            # The record comes first: its rule says what it should be.
            continue
        wanted = page.meta["verdict"]
        told = (
            (line, " ".join(dropwhile(lambda one: "classify.md#table)" not in one, sentences(text))))
            for line, text in _below(page, "test")
        )
        opening = page.body.partition("\n## ")[0]
        for said in dict.fromkeys(name.findall(page.meta["description"] + " " + opening)):
            if not any(said in one for one in wanted) and f"not {said}" not in opening:
                what = f"the opening says {said}, the record {' or '.join(wanted)}."
                yield Problem(page.file, page.at(said), what, "Mend the one that is wrong.")
        line, verdict = next((one for one in told if one[1]), (page.at("{#test}"), ""))
        if set(name.findall(verdict)) != set(wanted):
            mend = f"Write: By [the table of verdicts](../classify.md#table) this is {' or '.join(wanted)}."
            yield Problem(page.file, line, "the test does not end in the verdict of the record.", mend)


#: How prose says each outcome.
OUTCOMES = {
    "worked": r"\bwork(?:ed|s)\b|\bsuccess",
    "failed": r"\bfail",
    "mixed": r"\bmixed\b",
    "unknown": r"\bunknown\b|\bopen\b",
}
COUNTED = re.compile(
    r"\bwe (?:count|class|put|record|call|rate) [^.]*?(?:\bas\b|\bunder\b|: )[^.]*"
    r"|\bby our yardstick\b[^.:]*|\bthe outcome is\b[^.:]*|\bcount it as \w+"
    r"|\bthe (?:whole )?(?:deal|contract|case) (?:worked|failed)\b",
    re.I,
)


@rule
def outcomes_are_told(site: Site) -> Iterator[Problem]:
    """Below "What happened" a case says as what we count it, or what it is by a yardstick: its record's outcome."""
    cases = _whole(site)
    assert cases, "no case found"
    for page in cases:
        told = False
        for line, text in _below(page, "happened"):
            for match in COUNTED.finditer(text):
                sentence = match[0].partition(" because ")[0]
                said = [name for name, word in OUTCOMES.items() if re.search(word, sentence, re.I)]
                told |= bool(said)
                if said and page.meta["outcome"] not in said:
                    what = f'"{match[0]}" is not the outcome of the record, {page.meta["outcome"]}.'
                    yield Problem(page.file, line, what, f"Mend the sentence, or line {page.key_line('outcome')}.")
        if not told:
            what = f"does not say that its outcome is {page.meta['outcome']}."
            mend = 'Below "What happened" write: By our yardstick, …, it worked; or: We count the outcome as unknown.'
            yield Problem(page.file, page.key_line("outcome"), what, mend)


@rule
def failures_have_witnesses(site: Site) -> Iterator[Problem]:
    """A case that says that a deal failed cites a court, auditor, regulator, company filing or the press for it."""
    entries = sources(site)
    failed = [page for page in _whole(site) if page.meta["outcome"] == "failed"]
    assert failed, "no case failed"
    for page in failed:
        if not {entries[key].weight for key in page.meta["sources"] if key in entries} & {"official", "press"}:
            mend = "Cite an official source or the press."
            yield Problem(page.file, page.key_line("outcome"), "failed, by whom?", mend)


@rule
def cases_have_two_sources(site: Site) -> Iterator[Problem]:
    """A case cites two sources or more, one of them neither a party's nor weak."""
    entries = sources(site)
    for page in _whole(site):
        weights = [entries[key].weight for key in page.meta["sources"] if key in entries]
        if len(page.meta["sources"]) < 2:
            mend = "Cite a second source, or leave the case out."
            yield Problem(page.file, page.key_line("sources"), "a case that rests on one source.", mend)
        elif weights and not set(weights) - {"party", "weak"}:
            mend = "Cite somebody else: official, scholarly or press."
            yield Problem(page.file, page.key_line("sources"), "its sources are all parties' own, or weak.", mend)


# -- Parties and period ------------------------------------------------------------------------------------------------

#: Words with a capital that name no party.
COMMON = set(
    "A An And At Tier-one From In Of On The To With Makers Firms Nobody Contract Tier Services Service Group "  # noqa: SIM905 -- words, not data
    "Company Business Research Systems Technology Consulting Consultancy Outsourcing Shared State National "
    "Investments Savings International Global Manufacturing Financial HR IT US UK British Britain England European "
    "Europe American America Australian Australia Indian India Swedish United States Kingdom North South Sea New "
    "York London California Houston Hyderabad Mysore Bangalore Mumbai Cambridge San Mateo One Will".split()
)
#: The title of this case names the suppliers first, since the case asks who the client of whom is.
SUPPLIER_FIRST = {"smithdehn"}


@cache
def _names(text: str) -> frozenset[str]:
    """The words of a buyer, a supplier or a title that name it; without a capital, its long words."""
    words = [re.sub(r"['’]s$", "", word) for word in re.findall(r"[\w&][\w&'’-]*", text)]
    named = {word for word in words if re.search(r"[A-Z]|\d{3}", word)} - COMMON
    return frozenset(named or {word.lower() for word in words if len(word) > 4})


def _abbreviations(party: str, title: str) -> set[str]:
    """The words of a title that abbreviate a party: NS&I, of National Savings and Investments."""
    initials = "".join(re.findall(r"\b[A-Z]", party.partition(",")[0]))
    return {word for word in title.split() if len(initials) > 2 and re.sub(r"\W", "", word) == initials}


def _place(names: frozenset[str], text: str) -> int:
    """Where the first of these names stands in a text; -1 where none does."""
    near = (name for name in names if name in text)
    places = [m.start() for name in near if (m := re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))]
    return min(places, default=-1)


@cache
def _parties(page: Page) -> list[tuple[str, str, str]]:
    """(key, what is wrong, the mend) of what a case's record says of its parties."""
    found = []
    title = short_title(page)
    parties = {key: page.meta[key] for key in ("buyer", "supplier")}
    names = {key: _names(party) | _abbreviations(party, title) for key, party in parties.items()}
    for key, some in names.items():
        if _place(frozenset(name.lower() for name in some), page.body.lower()) < 0:
            found.append(
                (key, f"the {key}, {page.meta[key]}, is not named on the page.", "Name it, or mend the record.")
            )
    both = names["buyer"] & names["supplier"]
    buyer, supplier = (_place(names[key] - both, title) for key in ("buyer", "supplier"))
    if 0 <= supplier < buyer and page.slug not in SUPPLIER_FIRST:
        what = f"the title names the supplier, {page.meta['supplier']}, before the buyer."
        found.append(("title", what, "Name the buyer first, or mend the two lines of the record."))
    return found


@rule
def parties_in_order(site: Site) -> Iterator[Problem]:
    """A case names its buyer and its supplier on the page; in a title with both, the buyer stands first."""
    for page in _whole(site):
        for key, what, mend in _parties(page):
            yield Problem(page.file, page.key_line(key), what, mend)


# -- Figures -----------------------------------------------------------------------------------------------------------

SMALL = (  # noqa: SIM905 -- words, not data
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
NUMBERS = {word: value for value, word in enumerate(SMALL)} | {
    word: 10 * value
    for value, word in enumerate(["thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 3)
}
#: Numbers up to this one are words like others: "one of two", "the first".
PLAIN = 2
#: Shares and distances in words, which are no counts: "two in three", "three quarters", "25 years later".
SHARES = re.compile(
    r"\b(?:\w+ (?:\w+ )?in (?:two|three|four|five|six|ten|twenty)|(?:two|three|four) (?:third|quarter|fifth|tenth)s)\b"
    r"|\b\w+ years (?:later|earlier)",
    re.I,
)
YEAR = re.compile(r"(?<![\w,.£$€])(?:1[89]|20)\d\d(?![\d%]|[,.]\d)")


class Told(NamedTuple):
    """What a text states: (kind, value) of each figure, with the words for it; each year."""

    figures: dict[tuple[str, float], str]
    years: frozenset[str]


@cache
def _told(text: str) -> Told:
    """The figures and years of a text as written, without those of its citations and the days of its dates."""
    text = LINK.sub(lambda m: "" if "sources/" in m["target"] else m["text"], text)
    text = re.sub(rf"<[^<>]*>|\{{[^{{}}\n]*\}}|`[^`\n]*`|\b\d{{1,2}} (?={MONTH}\b)", " ", SHARES.sub(" ", text))
    years = {f"{match[0]}" for match in YEAR.finditer(text)}
    years |= {f"{match[1]}{match[2]}" for match in re.finditer(r"\b(1[89]|20)\d\d-(\d\d)\b", text)}
    text = YEAR.sub(" ", text)
    found = {(figure.kind, round(figure.value, 6)): figure.text for figure in figures(text)}
    for word in re.findall(r"\b[a-z]+\b", text.lower()):
        if NUMBERS.get(word, 0) > PLAIN:
            found.setdefault(("", float(NUMBERS[word])), word)
    return Told(found, frozenset(years))


class Case(NamedTuple):
    """What a case states on its page; the keys that it cites; those of them that name one of its parties."""

    page: Page
    figures: frozenset[tuple[str, float]]
    years: frozenset[str]
    keys: frozenset[str]
    own: frozenset[str]


@cache
def _case(page: Page, cited: tuple[Source, ...]) -> Case:
    """A case, read with the entries that it cites."""
    # Without its title, which is to be compared with it.
    told = _told(re.sub(r"(?m)^# .*$", "", page.body, count=1))
    parties = _names(f"{short_title(page)} {page.meta['buyer']} {page.meta['supplier']}")
    labels = {year for source in cited for year in YEAR.findall(source.label)}
    own = {source.key for source in cited if _place(parties, f"{source.label} {source.record}") >= 0}
    keys = frozenset(source.key for source in cited)
    return Case(page, frozenset(told.figures), told.years | labels, keys, frozenset(own))


def _cases(site: Site) -> tuple[Case, ...]:
    entries = sources(site)
    cited = ((page, [citation.key for citation in citations(page)]) for page in _whole(site))
    return tuple(
        _case(page, tuple(entries[key] for key in dict.fromkeys(keys) if key in entries)) for page, keys in cited
    )


class Statement(NamedTuple):
    """A sentence or a row: its line, its text, the cases that it links, the keys that it cites, its line's cases."""

    line: int
    text: str
    cases: frozenset[str]
    keys: frozenset[str]
    around: frozenset[str]


def _linked(page: Page, text: str) -> frozenset[str]:
    """The paths of the pages below examples/ to which a text links, in Markdown, HTML or a drawing."""
    links = (match["target"] for match in LINK.finditer(text) if "sources/" not in match["target"])
    targets = page.paths(links)
    targets |= {f"examples/{slug}.md" for slug in re.findall(r"(?:href=\"[^\"]*examples/|data-case=\")([\w-]+)", text)}
    return frozenset(target for target in targets if target.startswith("examples/")) - {page.path, "examples/index.md"}


@cache
def _statements(page: Page) -> list[Statement]:
    """Every sentence and row of a page with figures; of a row with several cases, each cell."""
    found = []
    for number, whole in page.lines:
        if "](" not in whole and "=" not in whole:
            continue
        # The day of a change is none of its case.
        line = re.sub(r"^- \d{1,2} [A-Z][a-z]+ \d{4}: ", "", whole)
        around = _linked(page, line)
        if line.lstrip().startswith("|"):
            parts = [line] if len(around) < 2 else line.split("|")
        elif "<text" in line:
            parts = line.split("</text>")
        else:
            parts = list(sentences(line))
        for text in parts:
            keys = cited_keys(text)
            cases = _linked(page, text) if around else around
            if (cases or keys) and any(_told(text)):
                found.append(Statement(number, text, cases, keys, around))
    return found


def _about(one: Statement, cases: tuple[Case, ...], home: Page) -> list[Case]:
    """The cases on one of which a statement can rest: the one to which it links, else those whose sources it cites."""
    citing = [case for case in cases if one.keys <= case.keys]
    if one.cases:
        # With a source of its own, a sentence compares the case with something else.
        return [case for case in citing if one.cases == {case.page.path}]
    if home in [case.page for case in citing]:
        return []
    # A case also cites what merely surrounds it: such a source counts where the case is named beside it.
    return [case for case in citing if case.page.path in one.around or one.keys <= case.own]


@cache
def _at_odds(page: Page, cases: tuple[Case, ...]) -> tuple[list[tuple[int, str, str]], int]:
    """((line, figure, files that lack it) of each figure at odds with its case; how many figures were compared)."""
    found, seen = [], 0
    for one in _statements(page):
        about = _about(one, cases, page)
        if about:
            told = _told(one.text)
            seen += len(told.figures)
            wrong = [text for figure, text in told.figures.items() if not any(figure in case.figures for case in about)]
            wrong += sorted(year for year in told.years if not any(year in case.years for case in about))
            files = " or ".join(case.page.file for case in about)
            found += [(one.line, text, files) for text in wrong]
    return found, seen


@rule
def case_figures_agree(site: Site) -> Iterator[Problem]:
    """A figure or year said of one case, on any page, stands on that case's page."""
    cases, compared = _cases(site), 0
    for page in site.pages.values():
        if page.lists_sources:
            continue
        found, seen = _at_odds(page, cases)
        compared += seen
        for line, text, files in found:
            mend = "Mend the one that is wrong, or state it there too, with its citation."
            yield Problem(page.file, line, f"{text!r} is said of a case, and does not stand in {files}.", mend)
    assert compared, "no page states a figure of a case"


@cache
def _period(case: Case) -> list[tuple[str, str, str]]:
    """(key, what is wrong, the mend) of the figures and years in the front matter of a case."""
    page, found = case.page, []
    for key in ("title", "description", "process", "period", "teaches", "buyer", "supplier", "criteria"):
        value = page.meta[key]
        text = " ".join(one["why"] for one in value.values()) if isinstance(value, dict) else str(value)
        told = _told(text)
        wrong = [shown for figure, shown in told.figures.items() if figure not in case.figures]
        mend = "Mend it, or state it below with its source."
        found += [
            (key, f"{key} says {shown}, the page below does not.", mend)
            for shown in [*wrong, *sorted(told.years - case.years)]
        ]
        years = [int(year) for year in YEAR.findall(text)]
        if key == "period" and years != sorted(years):
            found.append((key, f"the period {text!r} runs backwards.", "Write the first year first."))
    span = [int(year) for year in YEAR.findall(str(page.meta["period"]))]
    for key in ("title", "description", "teaches"):
        found += [
            (key, f"{year} lies outside the period, {page.meta['period']}.", "Mend the year or the period.")
            for year in map(int, YEAR.findall(str(page.meta[key])))
            if span and not min(span) <= year <= (max(span) if len(span) > 1 else year)
        ]
    return found


#: What a page may call a country, or somebody from it, if this does not begin with the name in a case's record.
COUNTRIES = {
    "United Kingdom": r"United Kingdom|UK\b|Brit|Engl|Scot|Wales|Welsh|London|NHS",
    "United States": r"United States|USA?\b|America",
    "India": r"Indian?s?\b",
    "China": r"China\b|Chinese",
    "France": r"France|French",
    "Finland": r"Finland|Finn",
    "Sweden": r"Swed",
    "Germany": r"German",
    "Canada": r"Canada|Canadian",
    "Philippines": r"Philippine|Filipin",
}


def _unplaced(page: Page) -> list[str]:
    """The countries of a case's record that neither its page nor the rest of its record names."""
    told = "\n".join([page.body, *(str(page.meta[key]) for key in LINES)])
    return [one for one in page.meta["place"] if not re.search(rf"\b(?:{COUNTRIES.get(one, one)})", told)]


@rule
def case_records_repeat_the_page(site: Site) -> Iterator[Problem]:
    """Figures, years and countries of a case's front matter stand on its page; its period holds the years, in order."""
    for case in _cases(site):
        for key, what, mend in _period(case):
            yield Problem(case.page.file, case.page.key_line(key), what, mend)
        for country in _unplaced(case.page):
            what = f"place says {country}, and the page names nobody and nothing of that country."
            mend = "Mend the place, or say on the page what is done there."
            yield Problem(case.page.file, case.page.key_line("place"), what, mend)
