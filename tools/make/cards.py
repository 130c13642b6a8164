"""The cards that chats and networks show for a link: one of the site, one of each definition, one of each case.

A card is drawn in Chromium, and carries inside it what it was drawn from, so that a stale one is known without a
browser.
"""

import hashlib
import io
import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from PIL import Image, PngImagePlugin

from tools.records import MARKS
from tools.site import Site

FOLDER = "docs/assets/cards"
#: Pixels of a card: what chats and networks show whole.
SIZE = (1200, 630)
#: What is said of a card that a change of colours or layout has made stale.
LOOK = "has another look than the style sheet and tools/make/cards.py give it now."
#: Colours of a card's palette: few, so that it is light.
COLOURS = 48


class Card(NamedTuple):
    """A card: its file from the project's root, its title, the lines below it, the letters of its marks."""

    file: str
    title: str
    lines: list[str]
    marks: str


def cards(site: Site) -> Iterator[Card]:
    """Every card that the site has: the default, each definition's, each case's."""
    config = site.config
    yield Card(f"{FOLDER}/default.png", config["site_name"], [config["site_description"]], "AB")
    for page in site.of("definition"):
        file = f"{FOLDER}/definitions-{page.slug}.png"
        yield Card(file, page.meta["title"], [page.meta["description"]], MARKS[page.slug])
    for page in site.of("case"):
        verdict = "; or ".join(page.meta["verdict"])
        marks = "".join(dict.fromkeys(mark for name, mark in MARKS.items() if name in verdict))
        lines = [f"Verdict: {verdict}. Outcome: {page.meta['outcome']}.", page.meta["teaches"]]
        yield Card(f"{FOLDER}/examples-{page.slug}.png", page.meta["title"], lines, marks)


def _style(site: Site) -> str:
    """What a card needs of the style sheet: the colours of the light scheme, the fonts, the marks.

    The rest of the sheet may change without making every card stale.
    """
    selectors = r"\[data-md-color-scheme\]|\[data-md-color-primary=\"custom\"\]|\.mark(?:-\w)?"
    found = re.findall(rf"^(?:{selectors}) \{{[^}}]*\}}", site.text("docs/assets/style.css"), re.M)
    assert found, "docs/assets/style.css: no colours for the cards"
    return "\n".join(found)


def html(site: Site, card: Card) -> str:
    """A page of the size of a card, in the site's own colours; text of up to 330 characters fits.

    All words stand in the square in its middle: some chats show no more.
    """
    badges = "".join(f'<span class="mark mark-{mark.lower()}">{mark}</span> ' for mark in card.marks)
    edge = card.marks[0].lower() if len(card.marks) == 1 else "link"
    sizes = (60 if len(card.title) < 36 else 44, 36 if len("".join(card.lines)) < 165 else 31)
    body = "".join(f"<p>{escape(line)}</p>" for line in card.lines)
    return f"""<!doctype html><html lang="en"><style>{_style(site)}
      body {{ background: var(--paper); border-top: 18px solid var(--{edge}); box-sizing: border-box; color: var(--ink);
        display: flex; flex-direction: column; font-family: var(--serif); height: {SIZE[1]}px; margin: 0;
        padding: 30px 300px 26px; text-align: center; }}
      h1 {{ font-size: {sizes[0]}px; line-height: 1.12; margin: 0 0 20px; text-wrap: balance; }}
      p {{ font-size: {sizes[1]}px; line-height: 1.27; margin: 0 0 12px; text-wrap: balance; }}
      p + p {{ color: var(--quiet); }}
      .mark {{ border-width: 5px; }}
      footer {{ color: var(--link); font: 600 32px var(--md-text-font-family); margin-top: auto; }}
    </style><body data-md-color-scheme="default" data-md-color-primary="custom">
    <h1>{badges}{escape(card.title)}</h1>{body}<footer>{escape(site.config["site_name"])}</footer></body></html>"""


def drawn_from(site: Site, card: Card) -> str:
    """The note inside a card: its text, and a mark of how it looks, which changes with the colours or the layout."""
    look = hashlib.sha256(" ".join(html(site, card).split()).encode()).hexdigest()[:12]
    return "\n".join([card.title, *card.lines, look])


def stale_cards(site: Site) -> list[tuple[str, str]]:
    """(file, what is wrong) of each card that is missing, of another size, or drawn from something else."""
    problems, wanted = [], {card.file: card for card in cards(site)}
    for file, card in wanted.items():
        try:
            with Image.open(io.BytesIO(site.bytes(file))) as picture:
                size, note = picture.size, picture.info.get("Description")
        except FileNotFoundError:
            problems.append((file, "there is no such card."))
            continue
        if size != SIZE:
            problems.append((file, f"is {size[0]} × {size[1]} pixels, not {SIZE[0]} × {SIZE[1]}."))
        elif note != drawn_from(site, card):
            same = note and note.rpartition("\n")[0] == drawn_from(site, card).rpartition("\n")[0]
            problems.append((file, LOOK if same else "shows other words than its record has now."))
    strays = [file for file in site.files if file.startswith(f"{FOLDER}/") and file not in wanted]
    return problems + [(file, "belongs to no record.") for file in strays]


def draw(site: Site, chromium: str, flags: list[str]) -> Iterator[str]:
    """Draw each stale card with the browser at `chromium`, delete each stray one, and yield what was done, a line each.

    Raises ValueError, at the end, with a line for each card that its text does not fit.
    """
    # Only who draws needs Playwright.
    from playwright.sync_api import sync_playwright

    wanted = {card.file: card for card in cards(site)}
    stale = [file for file, _ in stale_cards(site)]
    for file in set(stale) - set(wanted):
        (site.root / file).unlink()
        yield f"Deleted: {file}"
    if not set(stale) & set(wanted):
        return
    (site.root / FOLDER).mkdir(exist_ok=True)
    full: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        for file in (file for file in stale if file in wanted):
            page.set_content(html(site, wanted[file]))
            if page.evaluate("document.querySelector('footer').getBoundingClientRect().bottom") > SIZE[1]:
                full.append(f"{file}: the text does not fit the card. Shorten the record.")
                continue
            note = PngImagePlugin.PngInfo()
            note.add_text("Description", drawn_from(site, wanted[file]))
            picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB").quantize(COLOURS)
            picture.save(site.root / file, optimize=True, pnginfo=note)
            yield f"Drawn: {file}"
        browser.close()
    if full:
        raise ValueError("\n".join(full))
