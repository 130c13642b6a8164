"""Checks of pages as a real Chromium shows them: each opens an address of a browser and returns its problems.

tests/test_browser.py and tests/test_second_engine.py run them, and break each of them on purpose.
"""

import gzip
import json
from contextlib import suppress
from functools import cache
from itertools import product
from urllib.parse import unquote, urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import TimeoutError

from tests.built import BROKEN
from tools.records import CRITERIA, decision_table, verdicts

#: All settings: widths in CSS pixels, colour schemes.
WIDTHS, SCHEMES = (320, 768, 1280), ("light", "dark")
ALL = list(product(WIDTHS, SCHEMES))
#: The settings in which every page is looked at.
GRID = [(320, "dark"), (1280, "light")]
#: What is around every article.
FRAME = "[data-md-component=skip], .md-header, .md-tabs, .md-sidebar, .md-footer"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Pages that axe reads whole in every setting: header, tabs, menu and foot are alike on all pages.
WHOLE = ("", "definitions/core-kpo/", "examples/xo1/")
#: One page of each kind, which is looked at in every setting.
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
    "sources/deals/",
)
#: The map is laid out once it comes into view: at once, where its text is read.
LAY_OUT = "document.querySelectorAll('.map').forEach((map) => (map.style.contentVisibility = 'visible'));"
_contexts = {}
_pages = {}
_shells = {}


def sweep(browser, jobs, work):
    """Run work(browser, *job) for each job, and return all problems."""
    assert jobs, "nothing to look at"
    return [problem for job in jobs for problem in work(browser, *job)]


def new_page(browser, **settings):
    """A new page with these settings, to be closed; it shares its cache with the worker's others that have them.

    A cache of its own for each would take most of the time. What a page stored decides nothing on the next visit.
    """
    key = json.dumps(settings, sort_keys=True)
    if key not in _contexts:
        _contexts[key] = browser.new_context(**settings)
        if settings.get("java_script_enabled", True):
            _contexts[key].add_init_script("localStorage.clear()")
    return _contexts[key].new_page()


def open_page(browser, **settings):
    """The worker's one page with these settings: quicker still, for a check that listens to nothing."""
    key = json.dumps(settings, sort_keys=True)
    if key not in _pages:
        _pages[key] = new_page(browser, **settings)
    return _pages[key]


def show(page, width: int, scheme: str) -> None:
    """Give a page a width (CSS px) and its system a colour scheme: one that is open follows, as tests of both show."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)


#: Milliseconds within which what must come does so in a copy where nothing is broken: tests/test_access.py shows it.
SOON = 2000


def patience(base: str, most: int) -> int:
    """How long to wait for what must come within `most` milliseconds: not for long where it was broken on purpose."""
    return min(most, SOON) if f"/{BROKEN}" in base else most


def unsaid(browser, broken, check, arguments: tuple, defects: list[tuple[str, str, str, str]]) -> str:
    """Put defects, (file, old, new, what must be said), into one site; return what the check does not say of them.

    Each must be said in a line of its own, so that none passes for another. True among the arguments stands for the
    site.
    """
    site, address = broken(*[defect[:3] for defect in defects])
    found = check(browser, address, *(site if one is True else one for one in arguments))
    left, missing = list(found), []
    for *_, says in defects:
        line = next((line for line in left if says in line), None)
        if line is None:
            missing.append(says)
        else:
            left.remove(line)
    return f"not said: {missing}, but {found}" if missing else ""


def look(
    browser, base: str, url: str, settings: list[tuple[int, str]], toggle: str = "", site=None, whole: bool = True
) -> list[str]:
    """Open base + url at the first (width in CSS px, scheme), look at it at each; return problems.

    Console, requests, sideways scroll, words cut in a cell, axe. `toggle` is the id of the theme's switch that is put
    on first: __search or __drawer. With the built `site`, what the page asked for is weighed too. Unless it is
    to be read `whole`, axe reads what the page shows without its frame, in pages that stay open: there it is quick.
    """
    name, problems, asked = f"{url or 'home'}{toggle and f', {toggle} open'}", [], set()
    # Without motion: what is fading in has too little contrast, and is no finding.
    page = open_page(browser, reduced_motion="reduce")
    watch = {
        "console": lambda m: m.type == "error" and problems.append(f"{name}: console: {m.text}"),
        "pageerror": lambda error: problems.append(f"{name}: script error: {error}"),
        "request": lambda request: asked.add(request.url.partition("#")[0]),
    }
    for event, handler in watch.items():
        page.on(event, handler)
    show(page, *settings[0])
    page.goto(base + url, wait_until="load")
    if toggle:
        page.evaluate("(id) => document.getElementById(id).click()", toggle)
        page.wait_for_timeout(400)
    # The first view ends here; what the page asked for as it ended is still to be told. The icon comes at any time.
    if site:
        asked.update(page.evaluate(ENDED))
    weight = overweight(url, asked, base, site) if site else []
    problems += [f"{name} {at(*settings[0])}: {fault}" for fault in seen_faults(page, *settings[0])]
    main = "" if whole else page.evaluate(UNFRAMED, FRAME)
    # The elements are the same at every width: all of axe's rules read them once a page, and at each other setting
    # those alone that what is seen decides. Pages of each kind are read by all rules in all settings.
    every = whole or url in SAMPLE
    for setting in settings:
        open_at = page if whole else shell(browser, base, page.url, *setting)
        if whole:
            show(page, *setting)
        else:
            open_at.evaluate(INSTEAD, main)
        if setting != settings[0]:
            problems += [f"{name} {at(*setting)}: {fault}" for fault in seen_faults(open_at, *setting)]
        rules = None if every or setting == settings[-1] else SEEN
        for found in violations(open_at, (base, *setting, toggle), rules, sheets=whole):
            node = found["nodes"][0]
            html = " ".join(node["html"].split())[:160]
            what = f"axe {found['id']} ({found['impact']}) × {len(found['nodes'])}: {html}"
            problems.append(f"{name} {at(*setting)}: {what}")
    for event, handler in watch.items():
        page.remove_listener(event, handler)
    problems += [f"{name}: asks for {address}" for address in sorted(asked) if _elsewhere(address, base)]
    return problems or weight


#: Wait until a page has nothing to do; return the addresses of its icons.
ENDED = """() => new Promise((done) => requestIdleCallback(() =>
  done([...document.querySelectorAll("link[rel=icon]")].map((link) => link.href))))"""


#: What a page shows between header and foot, as its scripts left it, with nothing in its menus.
UNFRAMED = """(frame) => {
  const main = document.querySelector(".md-main").cloneNode(true);
  main.querySelectorAll(frame).forEach((node) => node.replaceChildren());
  return main.outerHTML;
}"""


#: Put what another page of the site has between header and foot into the open one.
INSTEAD = """(html) => {
  const other = new DOMParser().parseFromString(html, "text/html");
  document.querySelector(".md-main").replaceWith(document.adoptNode(other.querySelector(".md-main")));
}"""


def shell(browser, base: str, url: str, width: int, scheme: str):
    """A page of the site that stays open at a width (CSS px) and scheme, with nothing in its frame: a place for others.

    The first that is asked for opens `url`.
    """
    key = (base, width, scheme)
    if key not in _shells:
        page = _shells[key] = new_page(browser, reduced_motion="reduce")
        show(page, width, scheme)
        page.goto(url, wait_until="load")
        page.evaluate("(frame) => document.querySelectorAll(frame).forEach((node) => node.replaceChildren())", FRAME)
    return _shells[key]


def at(width: int, scheme: str) -> str:
    """How a message names a setting."""
    return f"at {width} px, {scheme}"


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
#: The colour scheme of a page, by how many pixels it scrolls sideways, and, where asked, the words that are cut.
SEEN_FAULTS = f"""(narrow) => ({{
  scheme: document.body.dataset.mdColorScheme,
  over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  cut: narrow ? ({CUT})() : [],
}})"""

#: Whether a page has taken a colour scheme, and scrolls down alone.
SETTLED = f"(want) => {{ const seen = ({SEEN_FAULTS})(); return seen.scheme === want && seen.over <= 0; }}"


def seen_faults(page, width: int, scheme: str) -> list[str]:
    """What an open page shows otherwise than it should at a width and scheme: colours, sideways scroll, cut words."""
    found, want = [], {"light": "default", "dark": "slate"}[scheme]
    seen = page.evaluate(SEEN_FAULTS, width == min(WIDTHS))
    if seen["scheme"] != want or seen["over"] > 0:
        # A busy machine takes its time: what lasts is a fault.
        with suppress(TimeoutError):
            page.wait_for_function(SETTLED, arg=want, timeout=2000)
        seen = page.evaluate(SEEN_FAULTS, width == min(WIDTHS))
    if seen["scheme"] != want:
        found.append(f"shows the scheme {seen['scheme']!r}.")
    if seen["over"] > 0:
        found.append(f"scrolls sideways by {seen['over']} px.")
    return found + [f"{word} is cut in a cell." for word in seen["cut"]]


#: Most requests, and most bytes compressed, that the first view of a page may cost.
REQUESTS, BYTES = 10, 100 * 1024


def overweight(url: str, asked: set[str], base: str, site) -> list[str]:
    """Problems of a first view that asked for these addresses: too many, too many bytes, the search.

    Bytes are counted with each file compressed by gzip.
    """
    files = [unquote(urlsplit(address).path.removeprefix(urlsplit(base).path)) for address in asked]
    size = sum(
        compressed(site.bytes(f"{file}index.html" if file.endswith("/") or not file else file)) for file in files
    )
    name = url or "home"
    problems = (
        [f"{name}: asks for the search before it is opened."]
        if any("search_index" in a or "/search/worker" in a for a in asked)
        else []
    )
    if len(asked) > REQUESTS:
        problems.append(f"{name}: {len(asked)} requests, {REQUESTS} are allowed: {sorted(asked)}")
    if size > BYTES:
        problems.append(f"{name}: {size:,} bytes compressed, {BYTES:,} are allowed.")
    return problems


@cache
def compressed(content: bytes) -> int:
    """Bytes of a file after gzip."""
    return len(gzip.compress(content, 9))


#: Run axe: its rules `only`, without those that judge colours, and these on what shows text. That is grouped by how the
#: browser draws it and its parent, and by all that lies behind it; what is taken out of the flow counts by its classes,
#: too, since it may lie over something else. Groups whose numbers are `known` are left out. Returns the findings and
#: the numbers of the other groups; null where axe is not in the page yet.
RUN_AXE = """async ([options, only, coloured, known]) => {
  if (typeof axe !== "object") return null;
  const off = Object.fromEntries(coloured.map((rule) => [rule, { enabled: false }]));
  const { violations } = await axe.run(document, { ...options, runOnly: only, rules: off });
  const number = (...parts) =>
    [...parts.join()].reduce((sum, sign) => (Math.imul(sum, 31) + sign.codePointAt()) | 0, 7);
  const placed = (style) => style.position !== "static" || style.float !== "none" || style.transform !== "none";
  const numbers = new WeakMap(), groups = new Map(), old = new Set(known);
  const behind = (node) => {
    if (!node) return 0;
    if (!numbers.has(node)) {
      const style = getComputedStyle(node), below = behind(node.parentElement);
      const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter, style.mixBlendMode];
      const place = placed(style) || node.ownerSVGElement ? node.tagName + node.getAttribute("class") : "";
      const clear = place + own === "rgba(0, 0, 0, 0),none,1,none,normal";
      numbers.set(node, clear ? below : number(below, place, own));
    }
    return numbers.get(node);
  };
  const look = (node) => {
    const style = getComputedStyle(node);
    return [node.tagName === "A", style.color, style.fontSize, style.fontWeight, style.textShadow, style.display,
      style.textDecorationLine, style.borderBottomStyle, style.fill];
  };
  const group = (node) => {
    const parent = node.parentElement, alone = parent.textContent.trim() === node.textContent.trim();
    return number(behind(node), look(node), look(parent), alone);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) => node.data.trim() ? 1 : 2);
  const shows = new Set(document.querySelectorAll("input, select, textarea"));
  while (texts.nextNode()) shows.add(texts.currentNode.parentElement);
  for (const node of shows) {
    const its = group(node);
    if (!old.has(its) && !groups.has(its)) groups.set(its, node);
  }
  if (groups.size) {
    const judged = { ...options, preload: false, runOnly: { type: "rule", values: coloured } };
    violations.push(...(await axe.run({ include: [...groups.values()] }, judged)).violations);
  }
  return [violations, [...groups.keys()]];
}"""
#: The rules of axe whose findings hang on what is seen: sizes, boxes that scroll, what is hidden. Colours stand below.
SEEN = ["target-size", "scrollable-region-focusable", "aria-hidden-focus", "region", "heading-order", "empty-heading"]
#: The rules of axe that judge colours.
COLOURED = ["color-contrast", "link-in-text-block"]
_contrasts: dict[tuple, set[int]] = {}


def violations(page, seen: tuple = (), rules: list[str] | None = None, sheets: bool = True) -> list[dict]:
    """Axe's findings on an open page.

    What colours decide, three quarters of axe's time, is looked at once for each group of texts that take their colours
    in the same way: `seen` names the site and the setting that share their groups; () shares with none. With `rules`,
    those of axe's other rules alone are run; without `sheets`, the one that reads style sheets is not.
    """
    known = _contrasts.setdefault(seen, set()) if seen else set()
    # Messages quote the element, and need no selector that finds it.
    options = {"resultTypes": ["violations"], "preload": sheets, "selectors": False}
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": AXE_TAGS}
    asked = [options, only, COLOURED, list(known)]
    answer = page.evaluate(RUN_AXE, asked)
    if answer is None:
        page.evaluate(AXE_SCRIPT)
        answer = page.evaluate(RUN_AXE, asked)
    found, groups = answer
    known.update(groups)
    return found


def _elsewhere(url: str, base: str) -> bool:
    return url.startswith("http") and urlsplit(url).netloc != urlsplit(base).netloc


#: The text of a page's article, or of that in `html`, put into the page. Drawings say their text to a reader's eye and
#: ear in other ways, which rules on the sources hold; what is folded opens without scripts.
SILENT = f"""(html) => {{
  if (html) ({INSTEAD})(html);
  {LAY_OUT}
  document.querySelectorAll("article svg").forEach((drawing) => drawing.remove());
  document.querySelectorAll("article details").forEach((folded) => (folded.open = true));
  return document.querySelector("article").innerText;
}}"""


def silent_text(browser, base: str, url: str, expected: str, html: str = "") -> list[str]:
    """Open base + url with scripts off; return a problem if the article's visible text is not `expected`.

    With the page's own `html`, it is not opened, but put into one that stays open: that is quicker. White space is left
    out of the comparison: it depends on the layout.
    """
    page = open_page(browser, java_script_enabled=False)
    if not (html and page.url.startswith(base)):
        page.goto(base + url, wait_until="load")
        html = ""
    shown = page.evaluate(SILENT, html)
    shown = "".join(shown.replace("¶", "").split())
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


#: Put each query into the address, as the browser's own "back" does (whether a fresh page reads its address, a journey
#: shows); return what the form then says, and what is ticked.
ANSWER = """(queries) => queries.map((query) => {
  history.replaceState(null, "", `?${query}`);
  dispatchEvent(new PopStateEvent("popstate"));
  const ticked = [...document.querySelectorAll("#classifier input:checked")].map((input) => input.value);
  return [document.querySelector("#classifier .verdict strong")?.textContent, ticked];
})"""


def classified(browser, base: str, jobs: list[tuple[tuple[str, ...], str]]) -> list[str]:
    """Open the form with each set of four answers in the address; return a problem where it says otherwise."""
    queries = ["&".join(map("=".join, zip(QUESTIONS, answers, strict=True))) for answers, _ in jobs]
    page = new_page(browser)
    page.goto(f"{base}classify/")
    page.locator("#classifier form").wait_for()
    found = page.evaluate(ANSWER, queries)
    page.close()
    return [
        f"classify/?{query}: says {said!r} for {ticked}, the table says {want!r}."
        for query, (said, ticked), (answers, want) in zip(queries, found, jobs, strict=True)
        if said != want or tuple(ticked) != answers
    ]


def verdict_in_sight(browser, base: str, query: str, clicks: list[str]) -> list[str]:
    """Open the form on a phone with answers in the address, tick these; return a problem unless the verdict is seen."""
    page = new_page(browser, viewport={"width": 390, "height": 800})
    page.goto(f"{base}classify/{query}")
    page.locator("#classifier form").wait_for()
    for click in clicks:
        page.locator(f"#classifier input{click}").check()
    place = page.evaluate("document.querySelector('.verdict strong')?.getBoundingClientRect().toJSON()")
    moot = page.locator("#classifier .moot").count()
    page.close()
    seen = place and place["top"] >= 0 and place["bottom"] <= 800
    return [] if seen else [f"classify/{query} {clicks}: the verdict is at {place}, {moot} questions recede."]


def form_state(page) -> tuple[int, str, str]:
    """(ticked answers, message, verdict) of the form on an open page."""
    page.locator("#classifier form").wait_for()
    return (
        page.locator("#classifier input:checked").count(),
        page.locator("#classifier > .message").first.inner_text(),
        page.locator("#classifier .verdict").inner_text().strip(),
    )
