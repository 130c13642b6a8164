"""Checks of pages as a real Chromium shows them: each opens an address of a browser and returns its problems.

tests/test_browser.py and tests/test_second_engine.py run them, and break each of them on purpose.
"""

import gzip
import json
import os
from functools import cache
from itertools import product
from urllib.parse import unquote, urlsplit

from axe_playwright_python.base import AXE_SCRIPT

from tools.records import CRITERIA, decision_table, verdicts

#: All settings: widths in CSS pixels, colour schemes.
ALL = list(product((320, 768, 1280), ("light", "dark")))
#: The settings in which every page is looked at.
GRID = [(320, "dark"), (1280, "light")]
#: A page without menu and footer, which are the same on all.
FRAMELESS = "{exclude: ['.md-sidebar--primary', '.md-footer']}"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: One page of each kind, which is looked at in every setting, with the search and the drawer open too.
SAMPLE = (
    "",
    "404.html",
    "definitions/",
    "definitions/core-kpo/",
    "definitions/published/",
    "compare/",
    "classify/?g=yes&e=yes&c=yes&t=no#form",
    "examples/",
    "examples/xo1/",
    "glossary/",
    "glossary/rpo/",
    "market/",
    "brief/",
    "sources/",
)
_pages = {}


def sweep(browser, jobs, work):
    """Run work(browser, *job) for each job, and return all problems."""
    assert jobs, "nothing to look at"
    return [problem for job in jobs for problem in work(browser, *job)]


def open_page(browser, **settings):
    """The worker's one page with these settings. A new page, or a new cache, for each visit would double the time."""
    key = json.dumps(settings, sort_keys=True)
    if key not in _pages:
        context = browser.new_context(**settings)
        if settings.get("java_script_enabled", True):
            context.add_init_script(AXE_SCRIPT)
            # Each visit is a first one: what a page stored decides nothing on the next.
            context.add_init_script("localStorage.clear()")
        _pages[key] = context.new_page()
    return _pages[key]


def look(browser, base: str, url: str, width: int, scheme: str, toggle: str = "", folder=None) -> list[str]:
    """Open base + url at a width (CSS px) and scheme; return problems: console, requests, sideways scroll, axe.

    `toggle` is the id of the theme's switch that is put on first: __search or __drawer. With the built site's `folder`,
    what the page asked for is weighed too.
    """
    where, problems, asked = f"{url or 'home'} at {width} px, {scheme}{toggle and f', {toggle} open'}", [], set()
    # Without motion: what is fading in has too little contrast, and is no finding.
    page = open_page(browser, viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
    watch = {
        "console": lambda m: m.type == "error" and problems.append(f"{where}: console: {m.text}"),
        "pageerror": lambda error: problems.append(f"{where}: script error: {error}"),
        "request": lambda request: asked.add(request.url.partition("#")[0]),
    }
    for event, handler in watch.items():
        page.on(event, handler)
    page.goto(base + url, wait_until="load")
    if toggle:
        page.evaluate("(id) => document.getElementById(id).click()", toggle)
        page.wait_for_timeout(400)
    shown = page.evaluate("document.body.dataset.mdColorScheme")
    if shown != {"light": "default", "dark": "slate"}[scheme]:
        problems.append(f"{where}: shows the scheme {shown!r}.")
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if over > 0:
        problems.append(f"{where}: scrolls sideways by {over} px.")
    whole = toggle or url in SAMPLE or os.environ.get("KPO_GRID") == "full"
    # The elements are the same at every width: all of axe's rules read them once a page, and at each other setting of
    # GRID those alone that what is seen decides. Pages of each kind are read by all rules in all settings.
    rules = SEEN if not whole and (width, scheme) == GRID[0] else None
    for found in violations(page, "document" if whole else FRAMELESS, (base, width, scheme, toggle), rules):
        node = found["nodes"][0]
        html = " ".join(node["html"].split())[:160]
        problems.append(f"{where}: axe {found['id']} ({found['impact']}) × {len(found['nodes'])}: {html}")
    for event, handler in watch.items():
        page.remove_listener(event, handler)
    problems += [f"{where}: asks for {address}" for address in sorted(asked) if _elsewhere(address, base)]
    return problems + (overweight(url, asked, base, folder) if folder and not problems else [])


#: Most requests, and most bytes compressed, that the first view of a page may cost.
REQUESTS, BYTES = 10, 100 * 1024
#: Pages over it: all sources, and all questions with their sources, are one page each, so that each source and each
#: answer has one address for good.
HEAVY = {"sources/", "questions/"}


def overweight(url: str, asked: set[str], base: str, folder) -> list[str]:
    """Problems of a first view that asked for these addresses: too many, too many bytes, the search.

    Bytes are counted with each file compressed by gzip.
    """
    files = [folder / unquote(urlsplit(address).path.removeprefix(urlsplit(base).path)) for address in asked]
    files = [file / "index.html" if file.is_dir() else file for file in files]
    size = sum(compressed(file, file.stat().st_mtime_ns) for file in files)
    name = url or "home"
    problems = (
        [f"{name}: asks for the search before it is opened."]
        if any("search_index" in a or "/search/worker" in a for a in asked)
        else []
    )
    if len(asked) > REQUESTS:
        problems.append(f"{name}: {len(asked)} requests, {REQUESTS} are allowed: {sorted(asked)}")
    if size > BYTES and url not in HEAVY:
        problems.append(f"{name}: {size:,} bytes compressed, {BYTES:,} are allowed.")
    return problems


@cache
def compressed(file, changed: int) -> int:
    """Bytes of a file after gzip; `changed`, its time of change, keeps what is remembered true."""
    return len(gzip.compress(file.read_bytes(), 9))


#: Group what shows text by all that gives it its colours: the tags, classes and other attributes of the element, of its
#: elder sibling, and of everything around it. Ids and addresses colour nothing. Returns the groups' numbers.
GROUPS = """() => {
  const colours = (node) => node && node.tagName + [...node.attributes].map(({ name, value }) =>
    ["class", "style"].includes(name) ? `${name}=${value}` : name === "id" ? "" : name).sort();
  const known = new WeakMap(), groups = new Map();
  const group = (node) => {
    if (!node) return 0;
    if (!known.has(node)) {
      const text = [group(node.parentElement), colours(node.previousElementSibling), colours(node)].join();
      known.set(node, [...text].reduce((sum, sign) => (Math.imul(sum, 31) + sign.codePointAt()) | 0, 7));
    }
    return known.get(node);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) => node.data.trim() ? 1 : 2);
  const shows = [...document.querySelectorAll("input, select, textarea")];
  while (texts.nextNode()) shows.push(texts.currentNode.parentElement);
  for (const node of shows) if (!groups.has(group(node))) groups.set(group(node), node);
  window.textGroups = groups;
  return [...groups.keys()];
}"""
#: The rules of axe whose findings hang on what is seen: sizes, boxes that scroll, what is hidden. Colours stand below.
SEEN = ["target-size", "scrollable-region-focusable", "aria-hidden-focus", "region", "heading-order", "empty-heading"]
#: The rules of axe that judge colours.
COLOURED = ["color-contrast", "link-in-text-block"]
_contrasts: dict[tuple, set[int]] = {}


def violations(page, context: str = "document", seen: tuple = (), rules: list[str] | None = None) -> list[dict]:
    """Axe's findings on an open page, or on the part that `context` (JavaScript, as axe.run takes it) names.

    What colours decide, three quarters of axe's time, is looked at once for each group of texts that take their colours
    in the same way: `seen` names the site and the setting that share their groups; () shares with none. With `rules`,
    those of axe's other rules alone are run.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE_SCRIPT)
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": AXE_TAGS}
    options = {"runOnly": only, "resultTypes": ["violations"]}
    options["rules"] = {rule: {"enabled": False} for rule in COLOURED}
    found = page.evaluate(f"async (options) => (await axe.run({context}, options)).violations", options)
    known = _contrasts.setdefault(seen, set()) if seen else set()
    new = [group for group in page.evaluate(GROUPS) if group not in known]
    known.update(new)
    options = {"runOnly": {"type": "rule", "values": COLOURED}, "resultTypes": ["violations"]}
    nodes = "{include: groups.map((group) => textGroups.get(group))}"
    run = f"async ([groups, options]) => (await axe.run({nodes}, options)).violations"
    return found + (page.evaluate(run, [new, options]) if new else [])


def _elsewhere(url: str, base: str) -> bool:
    return url.startswith("http") and urlsplit(url).netloc != urlsplit(base).netloc


def silent_text(browser, base: str, url: str, expected: str) -> list[str]:
    """Open base + url with scripts off; return a problem if the article's visible text is not `expected`.

    White space is left out of the comparison: it depends on the layout.
    """
    page = open_page(browser, java_script_enabled=False)
    page.goto(base + url, wait_until="load")
    # Drawings say their text to a reader's eye and ear in other ways; rules on the sources hold them.
    page.evaluate("document.querySelectorAll('article svg').forEach((drawing) => drawing.remove())")
    # What is folded opens without scripts.
    page.evaluate("document.querySelectorAll('article details').forEach((folded) => (folded.open = true))")
    shown = "".join(page.locator("article").inner_text().replace("¶", "").split())
    want = "".join(expected.replace("¶", "").split())
    if shown == want:
        return []
    first = next((n for n, (a, b) in enumerate(zip(shown, want, strict=False)) if a != b), min(len(shown), len(want)))
    return [f"{url or 'home'} without scripts: not the page's text at …{want[max(0, first - 30) : first + 30]}…"]


#: The keys of the four answers in the address of a verdict: letters, from before the questions had names.
QUESTIONS = "gect"
ANSWERS = {"yes": "yes", "no": "no", "unsure": "disputed"}


def expected_verdict(found: list[str]) -> str:
    """What the form must say where these verdicts are possible."""
    return f"Verdict: {found[0]}." if len(found) == 1 else f"Still possible: {'; or '.join(found)}."


def answered(site) -> list[tuple[tuple[str, ...], str]]:
    """All 81 sets of answers (yes, no, unsure), and what the form must say, by the table as Python reads it."""
    table = decision_table(site)
    every = product(ANSWERS, repeat=len(CRITERIA))
    return [(one, expected_verdict(verdicts(table, tuple(ANSWERS[answer] for answer in one)))) for one in every]


def classified(browser, base: str, jobs: list[tuple[tuple[str, ...], str]]) -> list[str]:
    """Open the form with each set of four answers in the address; return a problem where it says otherwise."""
    problems, page = [], browser.new_page()
    page.goto(f"{base}classify/")
    page.locator("#classifier form").wait_for()
    for answers, want in jobs:
        query = "&".join(f"{key}={answer}" for key, answer in zip(QUESTIONS, answers, strict=True))
        # As the browser's own "back" does; whether a fresh page reads its address, a journey shows.
        move = "(query) => { history.replaceState(null, '', query); dispatchEvent(new PopStateEvent('popstate')); }"
        page.evaluate(move, f"?{query}")
        said = page.locator("#classifier .verdict strong").inner_text()
        ticked = tuple(
            page.locator(f"#classifier input[name={key}]:checked").get_attribute("value") for key in QUESTIONS
        )
        if said != want or ticked != answers:
            problems.append(f"classify/?{query}: says {said!r} for {ticked}, the table says {want!r}.")
    page.close()
    return problems


def verdict_in_sight(browser, base: str, query: str, clicks: list[str]) -> list[str]:
    """Open the form on a phone with answers in the address, tick these; return a problem unless the verdict is seen."""
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{base}classify/{query}")
    page.locator("#classifier form").wait_for()
    for click in clicks:
        page.locator(f"#classifier input{click}").check()
    place = page.evaluate("document.querySelector('.verdict strong')?.getBoundingClientRect().toJSON()")
    moot = page.locator("#classifier .moot").count()
    page.close()
    seen = place and place["top"] >= 0 and place["bottom"] <= 800
    return [] if seen else [f"classify/{query} {clicks}: the verdict is at {place}, {moot} questions recede."]


#: The words of tables' cells that stand on two lines, where they can be seen.
CUT = """() => {
  const cut = new Set();
  for (const cell of document.querySelectorAll("article :is(td, th)")) {
    const words = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (words.nextNode()) {
      const text = words.currentNode;
      if (text.parentElement.closest(".sign, thead") || !cell.clientWidth) continue;
      for (const { 0: word, index } of text.data.matchAll(/[\\p{L}\\p{N}]{4,}/gu)) {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top / 6)));
        if (lines.size > 1) cut.add(word);
      }
    }
  }
  return [...cut];
}"""


def cut_words(browser, base: str, url: str) -> list[str]:
    """Open base + url at 320 px; return a problem for each word that a cell of a table cuts in two."""
    page = open_page(browser, viewport={"width": 320, "height": 640})
    page.goto(base + url)
    return [f"{url or 'home'} at 320 px: {word} is cut in a cell." for word in page.evaluate(CUT)]


def form_state(page) -> tuple[int, str, str]:
    """(ticked answers, message, verdict) of the form on an open page."""
    page.locator("#classifier form").wait_for()
    return (
        page.locator("#classifier input:checked").count(),
        page.locator("#classifier > .message").first.inner_text(),
        page.locator("#classifier .verdict").inner_text().strip(),
    )
