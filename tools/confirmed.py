"""What somebody has held against its source: the figures, the names and the words of force of every page.

No rule can know that a sum of 1,788 is 1,877 in truth. So a file keeps what each paragraph said when it was last
confirmed, and whatever has changed since is named, old beside new: a slip of the finger is put back, and a change that
is meant is held against its source, and then confirmed (`make confirm`).
"""

import re
import sys
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache

from tools.prose import MADE
from tools.records import changes
from tools.rules.registry import Problem
from tools.site import Page, Site

FILE = "tools/confirmed.txt"
#: Words that begin sentences, and name nobody.
OPENER = re.compile(
    r"A|About|After|All|Also|An|And|Another|As|Ask|At|Because|Before|Both|But|By|Call|Can|Do|Each|Even|Every|For|From|"
    r"Here|How|However|If|In|Is|It|Its|Let|Like|Many|Most|Name|No|Nobody|None|Nor|Not|Of|On|Once|One|Only|Or|Other|"
    r"Others|Our|Read|See|Since|So|Some|Still|Such|Than|That|The|Their|Then|There|These|They|This|Those|Though|To|"
    r"Under|Until|We|What|When|Where|Whether|Which|While|Who|Whoever|Whose|Why|With|Without|Write|Yes|Yet|You|Your"
)
#: A figure with its sign and unit; a number in words; a word that turns a statement or gives it its force; a name;
#: where a link leads.
SAID = re.compile(
    r"\]\((?P<link>[^)\s]+)\)|<(?:https?:[^>\s]+|!--.*?-->|/?[a-z][^>]*>)|"
    r"(?P<figure>[$£€₹]?\d(?:[\d,.:/–-]*\d)?%?(?:bn|m|k|px)?)|"
    r"(?<![\w-])(?P<word>(?:no|not|nor|never|none|nobody|nothing|only|without|all|every|each|both|some|many|most|more|"
    r"less|fewer|few|least|may|might|can|cannot|must|will|often|rarely|always|before|after|until|since|from|to|over|"
    r"under|above|below|up|down|rose|fell|first|last|second|third|half|quarter|twice|double|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|yes|disputed|core|plain|expert|"
    r"worked|failed|mixed|unknown)"
    r"(?:-[a-z]+)?)(?![\w])|"
    r"(?P<name>\b[A-Z][\w&’'.-]*\w|\b[A-Z]\b)"
)


def said(line: str) -> str:
    """The figures, names, words of force and targets of links of a line, in order, a space between them."""
    found = []
    for match in SAID.finditer(line):
        text = match[match.lastgroup] if match.lastgroup else ""
        if text and not (match.lastgroup == "name" and OPENER.fullmatch(text)):
            found.append(text)
    return " ".join(found)


@cache
def _paragraphs(page: Page) -> list[tuple[int, str]]:
    # What is made says again what was confirmed where it was written.
    body = re.sub(MADE, lambda match: "\n" * match[0].count("\n"), page.body, flags=re.S)
    lines = enumerate(f"{page.front}\n---\n{body}".split("\n"), 2)
    return [(number, text) for number, line in lines if (text := said(line))]


def _said(page: Page) -> list[str]:
    return [text for _, text in _paragraphs(page)]


def _written(pages: Mapping[str, list[str]]) -> str:
    return "".join(f"{path}\n" + "".join(f"\t{text}\n" for text in pages[path]) for path in sorted(pages))


def as_it_stands(site: Site) -> str:
    """What `FILE` holds when all pages are confirmed: each page's path, and below it a line for each paragraph."""
    return _written({path: _said(page) for path, page in site.pages.items()})


def _confirmed(site: Site) -> dict[str, list[str]]:
    pages: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in site.text(FILE).splitlines():
        if line.startswith("\t"):
            lines.append(line[1:])
        else:
            lines = pages.setdefault(line, [])
    return pages


def _short(words: list[str]) -> str:
    text = " ".join(words)
    return f"'{text}'" if len(text) <= 60 else f"'{text[:57]}…'"


#: A figure that is hardly met by chance: with a sign, a unit or a mark in it, or of four digits that are no year.
RARE = re.compile(r"[$£€₹]\d.*|\d[\d,.]*(?:%|bn|m)|\d+[.,]\d[\d,.]*|(?!19|20)\d{4,}")


def _elsewhere(site: Site, words: list[str]) -> str:
    """Where a figure that was changed still stands, as the end of a message; '' where nowhere.

    The list of changes is left out: it says what a figure was.
    """
    rare = {word for word in words if RARE.fullmatch(word)}
    if not rare:
        return ""
    told = {f"docs/about.md:{change.line}" for change in changes(site)}
    paragraphs = ((f"{page.file}:{line}", text) for page in site.pages.values() for line, text in _paragraphs(page))
    places = [place for place, text in paragraphs if place not in told and not rare.isdisjoint(text.split())]
    more = f" and {len(places) - 5} more" if len(places) > 5 else ""
    return f" The old one still stands in {', '.join(places[:5])}{more}." if places else ""


def _changes(site: Site, page: Page, old: list[str]) -> Iterator[Problem]:
    """What a page says otherwise than it was confirmed, each with its line, and where the old figure still stands."""
    new = _paragraphs(page)
    ends = [number for number, _ in new] or [page.first_line]
    for kind, a, b, c, d in SequenceMatcher(None, old, [text for _, text in new], autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        # Paragraphs that only changed stand beside each other; of the rest, one side has nothing.
        for i in range(max(b - a, d - c)):
            was = old[a + i].split() if a + i < b else []
            line, now = (new[c + i][0], new[c + i][1].split()) if c + i < d else (ends[min(c, len(ends) - 1)], [])
            for step, e, f, g, h in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
                if step == "replace":
                    what = f"says {_short(now[g:h])} where {_short(was[e:f])} was confirmed."
                    what += _elsewhere(site, was[e:f])
                elif step == "delete":
                    what = f"no longer says {_short(was[e:f])}, which was confirmed."
                elif step == "insert":
                    what = f"says {_short(now[g:h])}, which nobody has confirmed."
                else:
                    continue
                yield Problem(page.file, line, what, MEND)


#: From so many changes on, a page was rewritten, and is named once.
REWRITTEN = 12
MEND = "Put it back; or hold the change against its source, then run: make confirm"


def unconfirmed(site: Site) -> list[Problem]:
    """Each figure, name, word of force and link that is not as it was confirmed; a page with many of them once."""
    confirmed = _confirmed(site)
    found = []
    for path, page in site.pages.items():
        old = confirmed.get(path)
        if old is None:
            mend = "Hold it against its sources, better still let somebody else, then run: make confirm"
            found.append(Problem(page.file, 1, "nobody has confirmed this page, which is new.", mend))
        elif old != _said(page):
            changes = list(_changes(site, page, old))
            if len(changes) >= REWRITTEN:
                what = f"{len(changes)} figures, names or words of force are not as they were confirmed."
                changes = [Problem(page.file, changes[0].line, what, MEND)]
            found += changes
    gone = sorted(set(confirmed) - set(site.pages))
    return found + [Problem(FILE, 1, f"confirms {path}, which is gone.", MEND) for path in gone]


def carried(before: Site, after: Site, renamed: Mapping[str, str] = {}) -> str:
    """`FILE` once a command has changed pages: those that were as confirmed before it, are so after it.

    `renamed` are the pages that stand elsewhere now, {path before: path after}.
    """
    confirmed = _confirmed(before)
    for path, page in before.pages.items():
        if confirmed.get(path) == _said(page):
            del confirmed[path]
            confirmed[renamed.get(path, path)] = _said(after.pages[renamed.get(path, path)])
    return _written(confirmed)


def confirm() -> int:
    """Print each change since the pages were last confirmed, and confirm the pages as they are."""
    site = Site()
    for problem in unconfirmed(site):
        print(f"{problem.file}:{problem.line}: {problem.what}")
    site.save({FILE: as_it_stands(site)})
    print(f"{len(site.pages)} pages are confirmed as they stand.", file=sys.stderr)
    return 0
