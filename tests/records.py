"""What the records make: the indexes, the matrix, the neighbours, the machine-readable glossary, the feed of changes and the cards.

`make records` writes all of it into the project; test_content.py holds the project to it. Nothing runs when the site is built.
"""

import datetime
import io
import json
import re
import sys
import uuid
from itertools import product
from pathlib import Path

from markupsafe import escape
from model import ROOT, Page, Source

SCHEMA = json.loads((Path(__file__).parent / "schema.json").read_text("utf-8"))
CRITERIA = ("gate", "expertise", "core", "transform")
#: Pixels of a card: what chats and networks show whole.
CARD = (1200, 630)
#: The marks of docs/assets/style.css by what they stand for: the name of a definition, or a part of a verdict.
MARKS = {"core-kpo": "A", "transformational-bpo": "B", "bpo": "P", "core KPO": "A", "transformational BPO": "B", "plain BPO": "P"}


# -- The decision table ------------------------------------------------------------------------------------------------


def decision_table(source: Source) -> list[tuple[tuple[str, ...], str, str]]:
    """The decision table of classify.md: rows of ((G, E, C, T) each yes, no or any; verdict; what to say)."""
    page = source.pages["classify.md"]
    for _, rows, _ in page.tables():
        if rows[0][:4] == ["G", "E", "C", "T"]:
            return [(tuple(row[:4]), row[4].strip("*"), row[5]) for row in rows[1:]]
    raise AssertionError("docs/classify.md: no table with the columns G | E | C | T")


def verdicts(table, answers: tuple[str, ...]) -> list[str]:
    """All verdicts that four answers can lead to, in the table's order; 'disputed' is tried both ways."""
    tries = set(product(*(("yes", "no") if answer == "disputed" else (answer,) for answer in answers)))
    return [
        verdict
        for pattern, verdict, _ in table
        if any(all(want in ("any", have) for want, have in zip(pattern, have4)) for have4 in tries)
    ]


# -- Sections of pages -------------------------------------------------------------------------------------------------


def _by_title(pages: list[Page]) -> list[Page]:
    return sorted(pages, key=lambda page: page.meta["title"].lower())


def _entry(page: Page) -> str:
    """A link from the glossary's index to a term or a definition."""
    target = page.path.removeprefix("glossary/") if page.kind == "term" else f"../{page.path}"
    return f"[{page.meta['title']}]({target})"


def glossary_az(source: Source) -> str:
    """The A to Z of the glossary: links to the letters, then for each letter its terms with their definitions."""
    by_letter: dict[str, list[str]] = {}
    for page in _by_title(source.of("term", "definition")):
        by_letter.setdefault(page.meta["title"][0].upper(), []).append(f'{_entry(page)}\n:   \n    --8<-- "{page.path}:def"\n')
    jumps = " ".join(f"[{letter}](#letter-{letter.lower()})" for letter in by_letter)
    return f"{jumps}\n\n" + "\n".join(f"### {letter} {{#letter-{letter.lower()}}}\n\n" + "\n".join(e) for letter, e in by_letter.items()).strip()


def glossary_topics(source: Source) -> str:
    """The glossary by topic."""
    topics: dict[str, list[str]] = {topic: [] for topic in SCHEMA["$defs"]["topic"]["enum"]}
    for page in _by_title(source.of("term", "definition")):
        topics.setdefault(page.meta["topic"], []).append(_entry(page))
    return "\n\n".join(
        f"### {topic.capitalize()} {{#{topic.replace(' ', '-')}}}\n\n{', '.join(links)}." for topic, links in topics.items() if links
    )


def case_matrix(source: Source) -> str:
    """The matrix of all cases, in the table's order of verdicts, 'not outsourcing' last."""
    order = {verdict: n or 98 for n, (_, verdict, _) in enumerate(decision_table(source))}
    first = sorted(source.of("case"), key=lambda p: ([order.get(v, 99) for v in p.meta["verdict"]], p.meta["title"]))
    rows = ["| Case | Verdict | G | E | C | T | Outcome | Function | Place |", "|---|---|---|---|---|---|---|---|---|"]
    for page in first:
        meta = page.meta
        answers = " | ".join(meta["criteria"][name]["answer"] for name in CRITERIA)
        rows.append(
            f"| **[{meta['title'].split(':')[0]}]({page.slug}.md)** | {'; or '.join(meta['verdict'])} | {answers} "
            f"| {meta['outcome']} | {meta['function']} | {', '.join(meta['place'])} |"
        )
    return "\n".join(rows)


def neighbours(source: Source, page: Page) -> str:
    """The neighbours section of a term or definition: its relations, and the cases that link to it."""
    lines = []
    for label, key in (("Broader", "broader"), ("Related", "related"), ("Not to be confused with", "confused_with")):
        links = []
        for slug in page.meta.get(key, []):
            other = source.records.get(slug)
            if other:
                here, there = page.path.split("/")[0], other.path.split("/")[0]
                links.append(f"[{other.meta['title']}]({'' if here == there else f'../{there}/'}{slug}.md)")
        if links:
            lines.append(f"{label}: {', '.join(links)}.")
    up = "../" * page.path.count("/")
    cases = [case for case in source.of("case") if any(t.split("#")[0] == f"{up}{page.path}" for _, _, t in case.links())]
    if cases:
        names = [f"[{case.meta['title'].split(':')[0]}]({up}{case.path})" for case in sorted(cases, key=lambda c: c.meta["title"])]
        lines.append(f"In the cases: {', '.join(names)}.")
    return "\n\n".join(lines)


def sections(source: Source):
    """Yield (page, heading id, text) of each section, or table at a section's head, that the records make."""
    yield source.pages["glossary/index.md"], "a-to-z", glossary_az(source)
    yield source.pages["glossary/index.md"], "topics", glossary_topics(source)
    yield source.pages["examples/index.md"], "matrix", case_matrix(source)
    for page in source.of("term", "definition"):
        yield page, "neighbours", neighbours(source, page)


def search_words(page: Page) -> list[str]:
    """The words of a record's names, once each: the `tags` that the search of the first engine ranks above all text.

    The search takes a tag for one word, so that names of several words are taken apart.
    """
    names = " ".join([page.meta.get("term", ""), page.meta.get("abbreviation", ""), *page.meta.get("aliases", [])])
    return list(dict.fromkeys(re.findall(r"[\w&]+", names.lower())))


# -- The machine-readable glossary -------------------------------------------------------------------------------------


def terms_json(source: Source) -> str:
    """glossary/terms.json: the records as SKOS in JSON-LD (https://www.w3.org/TR/skos-reference/).

    Addresses are relative to the file's own, so that they hold on any host.
    """

    def address(page):
        return f"../{page.url}" if page.kind == "definition" else page.url.removeprefix("glossary/")

    def links(page, key):
        return [{"@id": address(source.records[slug])} for slug in page.meta.get(key, []) if slug in source.records]

    concepts = []
    for page in _by_title(source.of("term", "definition")):
        meta = page.meta
        other = [*meta.get("aliases", []), *filter(None, [meta.get("abbreviation")])]
        concept = {
            "@id": address(page),
            "@type": "Concept",
            "inScheme": {"@id": "./"},
            "prefLabel": meta["title"],
            "altLabel": [name for name in other if name != meta["title"]],
            "definition": meta["description"],
            "broader": links(page, "broader"),
            "related": links(page, "related"),
            "scopeNote": [f"Not to be confused with: {source.records[s].meta['title']}" for s in meta.get("confused_with", []) if s in source.records],
            "exactMatch": [{"@id": url} for url in meta.get("same_as", [])],
            "source": [{"@id": f"../sources/#{key}"} for key in meta.get("sources", [])],
            "modified": str(meta.get("reviewed")),
        }
        concepts.append({key: value for key, value in concept.items() if value})
    skos, terms = "http://www.w3.org/2004/02/skos/core#", "http://purl.org/dc/terms/"
    text = {"@language": "en"}
    context = {name: {"@id": skos + name} for name in ("inScheme", "broader", "related", "exactMatch")}
    context |= {name: {"@id": skos + name, **text} for name in ("prefLabel", "altLabel", "definition", "scopeNote")}
    context |= {"Concept": skos + "Concept", "ConceptScheme": skos + "ConceptScheme"}
    context |= {name: terms + name for name in ("source", "license", "title")}
    context["modified"] = {"@id": terms + "modified", "@type": "http://www.w3.org/2001/XMLSchema#date"}
    scheme = {
        "@id": "./",
        "@type": "ConceptScheme",
        "title": "Glossary of KPO explained",
        "license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
    }
    return json.dumps({"@context": context, "@graph": [scheme, *concepts]}, indent=1, ensure_ascii=False) + "\n"


# -- Cards -------------------------------------------------------------------------------------------------------------


def cards(source: Source):
    """Yield (file below docs/, title, lines, marks) of each card: the default, each definition, each case."""
    config = source.config
    yield "assets/cards/default.png", config["site_name"], [config["site_description"]], "AB"
    for page in source.of("definition"):
        yield f"assets/cards/definitions-{page.slug}.png", page.meta["title"], [page.meta["description"]], MARKS[page.slug]
    for page in source.of("case"):
        meta = page.meta
        verdict = "; or ".join(meta["verdict"])
        marks = "".join(dict.fromkeys(mark for name, mark in MARKS.items() if name in verdict))
        lines = [f"Verdict: {verdict}. Outcome: {meta['outcome']}.", meta["teaches"]]
        yield f"assets/cards/examples-{page.slug}.png", meta["title"], lines, marks


def card_text(title: str, lines: list[str]) -> str:
    """The text that a card shows, as it is written into the picture's own description."""
    return "\n".join([title, *lines])


def card_html(source: Source, title: str, lines: list[str], marks: str) -> str:
    """A page of the size of a card, in the site's own colours; text of up to 330 characters fits."""
    style = (source.root / "docs/assets/style.css").read_text("utf-8")
    badges = "".join(f'<span class="mark mark-{mark.lower()}">{mark}</span> ' for mark in marks)
    size = 46 if len("".join(lines)) < 170 else 40
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return f"""<!doctype html><html lang="en"><style>{style}
      body {{ background: var(--paper); border-top: 18px solid var(--{marks[0].lower() if len(marks) == 1 else "link"}); box-sizing: border-box; color: var(--ink);
        display: flex; flex-direction: column; font-family: var(--serif); height: {CARD[1]}px; margin: 0; padding: 44px 72px 36px; }}
      h1 {{ font-size: {64 if len(title) < 36 else 54}px; line-height: 1.12; margin: 0 0 26px; text-wrap: balance; }}
      p {{ font-size: {size}px; line-height: 1.27; margin: 0 0 16px; }}
      p + p {{ color: var(--quiet); }}
      .mark {{ border-width: 5px; }}
      footer {{ color: var(--link); font: 600 38px var(--md-text-font-family); margin-top: auto; }}
    </style><body data-md-color-scheme="default" data-md-color-primary="custom">
    <h1>{badges}{escape(title)}</h1>{body}<footer>{escape(source.config["site_name"])}</footer></body></html>"""


def stale_cards(source: Source) -> list[tuple[str, str]]:
    """(file below docs/, what is wrong) of each card that is missing, or is not what its record says."""
    from PIL import Image

    problems, wanted = [], set()
    for file, title, lines, _ in cards(source):
        path = source.root / "docs" / file
        wanted.add(path)
        if not path.is_file():
            problems.append((file, "is missing"))
            continue
        with Image.open(path) as picture:
            if picture.size != CARD:
                problems.append((file, f"is {picture.size[0]} × {picture.size[1]} pixels"))
            elif picture.info.get("Description") != card_text(title, lines):
                problems.append((file, "shows other words than its record"))
    for path in sorted(set((source.root / "docs/assets/cards").glob("*")) - wanted):
        problems.append((path.relative_to(source.root / "docs").as_posix(), "belongs to no record: delete it"))
    return problems


def write_cards(source: Source) -> None:
    """Draw each stale card in Chromium, and write it with few colours and with its text inside."""
    from browser import MEND, find_browser, flags
    from PIL import Image, PngImagePlugin
    from playwright.sync_api import sync_playwright

    stale = {file for file, _ in stale_cards(source)}
    if not stale:
        return
    chromium = find_browser() or sys.exit(MEND)
    (source.root / "docs/assets/cards").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags())
        page = browser.new_page(viewport=dict(zip(("width", "height"), CARD)))
        for file, title, lines, marks in cards(source):
            if file not in stale:
                continue
            page.set_content(card_html(source, title, lines, marks))
            if page.evaluate("document.querySelector('footer').getBoundingClientRect().bottom") > CARD[1]:
                sys.exit(f"docs/{file}: the text does not fit the card. Shorten the record.")
            note = PngImagePlugin.PngInfo()
            note.add_text("Description", card_text(title, lines))
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(48)
            picture.save(source.root / "docs" / file, optimize=True, pnginfo=note)
            print(f"Drawn: docs/{file}")
        browser.close()


def changes(source: Source) -> list[tuple[int, datetime.date | None, str]]:
    """The list under Changes on about.md: (line number, day, what changed); the day is None where a line is not "- 1 May 2026: text"."""
    page, found, inside = source.pages["about.md"], [], False
    for number, line in page.lines():
        if line.startswith("#"):
            inside = line.endswith("{#changes}")
        elif inside and line.startswith(("-", "*")):
            match = re.fullmatch(r"- (\d{1,2} \w+ \d{4}): (\S.*)", line)
            try:
                day = datetime.datetime.strptime(match[1], "%d %B %Y").date() if match else None
            except ValueError:
                day = None
            found.append((number, day, match[2] if match else line))
    return found


def feed(source: Source) -> str:
    """docs/feed.xml: the changes on about.md as an Atom feed (RFC 4287), the newest first; links are relative to the feed."""
    entries = [
        (f"{day.isoformat()}T00:00:00Z", text, uuid.uuid5(uuid.NAMESPACE_OID, f"{day.day} {day:%B %Y}: {text}"))
        for _, day, text in changes(source)
        if day
    ]
    name = escape(source.config["site_name"])
    rows = "".join(
        f"  <entry>\n    <id>urn:uuid:{key}</id>\n    <title>{escape(text)}</title>\n    <updated>{stamp}</updated>\n"
        f'    <link href="about/#changes"/>\n    <content>{escape(text)}</content>\n  </entry>\n'
        for stamp, text, key in entries
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">\n'
        f"  <id>urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, source.config['site_name'])}</id>\n  <title>{name}: changes</title>\n"
        f'  <updated>{max(entries, default=("",))[0]}</updated>\n  <author><name>{name}</name></author>\n  <link href="."/>\n{rows}</feed>\n'
    )


# -- Writing -----------------------------------------------------------------------------------------------------------


def write(root: Path, path: str, text: str) -> None:
    """Write docs/<path> below `root` if it differs, and say so."""
    file = root / "docs" / path
    if not file.exists() or file.read_text("utf-8") != text:
        file.write_text(text, "utf-8")
        print(f"Written: docs/{path}")


def write_sections(root: Path) -> None:
    """Put the words for the search into each record, and each section that the records make below its heading, and write the two exports.

    A table replaces the table below the heading, else the whole section is replaced.
    """
    for page in Source(root).of("term", "definition"):
        front = re.sub(r"^tags: .*\n", "", page.front + "\n", flags=re.M) + f"tags: [{', '.join(map(json.dumps, search_words(page)))}]"
        write(root, page.path, f"---\n{front}\n---\n{page.body}")
    for page, anchor, text in sections(Source(root)):
        head, mark, rest = (root / "docs" / page.path).read_text("utf-8").partition(f"{{#{anchor}}}\n")
        if text.startswith("|"):
            body = re.sub(r"\A\s*(?:\|.*\n)*", "", rest)
        else:
            later = re.search(r"^## ", rest, re.M)
            body = "\n" + rest[later.start() :] if later else ""
        write(root, page.path, f"{head}{mark}\n{text}\n{body}".rstrip() + "\n")
    write(root, "glossary/terms.json", terms_json(Source(root)))
    write(root, "feed.xml", feed(Source(root)))


def write_addresses(root: Path) -> None:
    """Append the addresses and anchors that are new to tests/urls.txt, as a strict build has them."""
    import tempfile

    from model import build, copy_site
    from test_urls import FROZEN, addresses

    with tempfile.TemporaryDirectory() as folder:
        code, site = build(copy_site(Path(folder) / "site", root), "mkdocs", "http://localhost/")
        if code:
            sys.exit(site.log)
        frozen = FROZEN.read_text("utf-8").split()
        new = sorted(set(addresses(site)) - set(frozen))
    with FROZEN.open("a", encoding="utf-8") as file:
        file.writelines(f"{address}\n" for address in new)
    print(f"tests/urls.txt: {len(new)} new addresses.")


if __name__ == "__main__":
    from model import Unreadable
    from test_content import records_are_valid

    try:
        problems = records_are_valid(Source(ROOT))
    except Unreadable as unreadable:
        problems = [str(unreadable)]
    if problems:
        sys.exit("\n".join([*problems, "Nothing was written."]))
    write_sections(ROOT)
    write_cards(Source(ROOT))
    write_addresses(ROOT)
