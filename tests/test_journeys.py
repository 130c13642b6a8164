"""Whole journeys by keyboard, and pages under the reader's own settings.

The settings are forced colours, no motion, large text, zoom, paper.
Each check opens a page and returns its problems; the last part breaks each of them.
"""

import re
from contextlib import suppress

import pytest
from playwright.sync_api import TimeoutError

from tests.browser_checks import LAY_OUT, new_page, open_page, patience, unsaid

#: Pages with all that a reader's settings could spoil: marks, drawings, wide tables, forms, ways to cite.
PAGES = (
    "",
    "definitions/",
    "compare/",
    "classify/?g=yes&e=yes&c=yes&t=no#form",
    "examples/xo1/",
    "market/",
    "definitions/published/",
    "glossary/ito/",
)

FOCUS = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const label = node.getAttribute("aria-label") || node.labels?.[0]?.textContent;
  const name = (label || node.textContent || node.placeholder || "").trim().replace(/\\s+/g, " ");
  const box = node.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  // Of a link that runs over two lines, the middle of the first.
  const line = node.getClientRects()[0] ?? box;
  const x = Math.min(Math.max((line.left + line.right) / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max((Math.max(line.top, 0) + Math.min(line.bottom, innerHeight)) / 2, 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const style = getComputedStyle(node);
  return {
    name, inside, href: node.getAttribute("href"),
    // The menu's button lets the pointer through to what lies under it.
    covered: inside && style.pointerEvents !== "none" &&
      !(top && (node.contains(top) || top.contains(node) || top.closest("label")?.control === node)),
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
  };
}"""


def tab_to(page, name: str, problems: list[str], most: int = 150) -> dict | None:
    """Press Tab until the focus is on what is called `name`; note each stop that cannot be seen.

    None after `most` stops.
    """
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop and stop["covered"]:
            # The card of the link before goes a moment after the focus.
            with suppress(TimeoutError):
                page.wait_for_function(f"() => !({FOCUS})()?.covered", timeout=600)
            stop = page.evaluate(FOCUS)
        if stop is None:
            continue
        where = f"{page.url}: the focus on {stop['name'][:40]!r}"
        if not stop["inside"]:
            problems.append(f"{where} is out of sight.")
        elif stop["covered"]:
            problems.append(f"{where} is covered.")
        elif not stop["ring"]:
            problems.append(f"{where} has no outline.")
        if stop["name"] == name:
            return stop
    problems.append(f"{page.url}: {name!r} is not reached in {most} steps of the Tab key.")
    return None


def _screen(width: int, height: int) -> dict:
    """Settings of a screen (CSS pixels) without motion: a test is faster than what slides away."""
    return {"viewport": {"width": width, "height": height}, "reduced_motion": "reduce"}


def keyboard_to_copied_link(browser, base: str, size=(1280, 900)) -> list[str]:
    """Home, definition, copied link, by keyboard alone; return problems."""
    problems, page = [], new_page(browser, permissions=["clipboard-read", "clipboard-write"], **_screen(*size))
    page.goto(base)
    if tab_to(page, "Skip to content", problems, 1):
        page.keyboard.press("Enter")
    # As the site was built: a broken copy of it is served elsewhere.
    address = page.locator(".send code").first.inner_text()
    assert address.endswith("/kpo/"), address
    if tab_to(page, f"Copy: address {address}", problems, 20):
        page.keyboard.press("Enter")
        page.locator(".send button", has_text="Copied").first.wait_for()
        page.goto(f"{base}definitions/core-kpo/")
        if tab_to(page, "Ready to copy: link, plain text, Markdown, APA, BibTeX, CSL-JSON", problems):
            page.keyboard.press("Enter")
            if tab_to(page, "Copy: Permanent link", problems, 1):
                page.keyboard.press("Enter")
                page.get_by_text("Permanent link copied.").wait_for()
                if not page.evaluate("navigator.clipboard.readText()").endswith("/definitions/core-kpo/"):
                    problems.append("the clipboard does not hold the permanent link.")
    page.close()
    return problems


def keyboard_to_verdict(browser, base: str, size=(1280, 900)) -> list[str]:
    """Home, form, verdict, by keyboard alone; return problems."""
    problems, page = [], new_page(browser, **_screen(*size))
    page.goto(base)
    if tab_to(page, "Skip to content", problems, 1):
        page.keyboard.press("Enter")
    if tab_to(page, "Is my deal KPO? Four questions give a verdict.", problems, 60):
        page.keyboard.press("Enter")
        page.wait_for_url(f"{base}classify/")
        page.locator("#classifier form").wait_for()
        for n, answer in enumerate(("Yes", "Yes", "No", "Yes")):
            # One stop for each question; the arrow keys move between its answers.
            if not tab_to(page, "Yes", problems, 150 if n == 0 else 1):
                break
            page.keyboard.press("Space")
            if answer == "No":
                page.keyboard.press("ArrowRight")
        said = page.locator("#classifier .verdict").inner_text()
        if not said.startswith("Verdict: transformational BPO by experts."):
            problems.append(f"the form says {said!r}.")
        tab_to(page, "Copy link", problems, 12)
    page.close()
    return problems


def keyboard_to_term(browser, base: str) -> list[str]:
    """Search, term, by keyboard alone; return problems."""
    problems, page = [], new_page(browser, **_screen(1280, 900))
    page.goto(base)
    if tab_to(page, "Search", problems, 12):
        page.keyboard.type("tacit knowledge")
        page.locator(".md-search-result__item").first.wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(re.escape(f"{base}glossary/tacit-knowledge/")), timeout=5000)
    page.close()
    return problems


def keyboard_through_menu(browser, base: str) -> list[str]:
    """On a small screen: menu, page, by keyboard alone; return problems."""
    problems, page = [], new_page(browser, **_screen(320, 640))
    page.goto(f"{base}examples/xo1/")
    if tab_to(page, "Menu", problems, 6):
        page.keyboard.press("Enter")
        if tab_to(page, "NHS letters: forwarding mail", problems, 60):
            page.keyboard.press("Enter")
            page.wait_for_url(f"{base}examples/nhs-sbs/", timeout=5000)
    page.close()
    return problems


def menu_by_finger(browser, base: str) -> list[str]:
    """On a phone: menu, another part of the site, by finger alone; return problems."""
    problems, page = [], new_page(browser, has_touch=True, is_mobile=True, **_screen(390, 800))
    page.goto(f"{base}about/")
    page.locator(".md-header label[for=__drawer]").first.tap()
    try:
        page.locator(".md-nav--primary a", has_text="Real deals").first.tap(timeout=patience(base, 4000))
        page.wait_for_url(f"{base}examples/", timeout=patience(base, 4000))
    except TimeoutError:
        problems.append("a tap on another part in the menu does not lead there.")
    page.close()
    return problems


def forced_colours(browser, base: str, url: str, scheme: str) -> list[str]:
    """Open base + url with the system's own colours forced on it; return what is no longer seen."""
    page = open_page(browser, forced_colors="active", color_scheme=scheme, viewport={"width": 320, "height": 800})
    page.goto(base + url)
    problems = page.evaluate("""() => {
      const paint = (name) => {
        const probe = document.body.appendChild(document.createElement("i"));
        probe.style.color = name;
        const seen = getComputedStyle(probe).color;
        probe.remove();
        return seen;
      };
      const [ink, paper] = [paint("CanvasText"), paint("Canvas")];
      const found = [];
      for (const text of document.querySelectorAll(".drawing text")) {
        if (getComputedStyle(text).fill !== ink) found.push(`the text ${text.textContent} in a drawing`);
      }
      for (const shape of document.querySelectorAll(".drawing :is(circle, rect, path, ellipse, line, polygon)")) {
        const style = getComputedStyle(shape);
        const filled = style.fill !== "none" && style.fill !== paper;
        const drawn = style.stroke !== "none" && style.stroke === ink;
        if (!shape.matches(".claim") && filled) found.push(`a filled ${shape.tagName} under the text of a drawing`);
        if (!(drawn || (filled && style.fill === ink))) found.push(`a ${shape.tagName} of a drawing`);
      }
      for (const mark of document.querySelectorAll(".mark, .md-button, fieldset")) {
        const edge = parseFloat(getComputedStyle(mark).borderTopWidth);
        if (!(edge > 0)) found.push(`the edge of ${mark.textContent}`);
      }
      return [...new Set(found)];
    }""")
    return [f"{url or 'home'} in forced colours, {scheme}: lost: {lost}" for lost in problems]


def motion(browser, base: str, url: str) -> list[str]:
    """Open base + url for a reader who wants no motion; return the elements that still move, at most three."""
    page = open_page(browser, reduced_motion="reduce", viewport={"width": 1280, "height": 720})
    page.goto(base + url)
    moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter((node) =>
      ["", "::before", "::after"].some((part) => {
        const style = getComputedStyle(node, part || null);
        const lasts = (list) => list.split(", ").some((time) => parseFloat(time) > 0.01);
        return [style.transitionDuration, style.animationDuration].some(lasts) || style.scrollBehavior === "smooth";
      })
    ).map((node) => `${node.tagName.toLowerCase()}.${node.className.baseVal ?? node.className}`)""")
    return [f"{url or 'home'} without motion: {name} still moves." for name in sorted(set(moving))[:3]]


def magnified(browser, base: str, url: str, width: int, height: int, times: float) -> list[str]:
    """Open base + url at a size (CSS px), text `times` as large; return problems: sideways scroll, text cut off."""
    where = f"{url or 'home'} at {width} × {height} px, text × {times:g}"
    page = open_page(browser, viewport={"width": width, "height": height})
    page.goto(base + url)
    if times != 1:
        # The theme sizes everything by the root's font, as a browser does when its reader asks for larger text.
        page.evaluate(
            """(times) => {
              const root = document.documentElement;
              root.style.fontSize = `${parseFloat(getComputedStyle(root).fontSize) * times}px`;
            }""",
            times,
        )
    over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    problems = [f"{where}: scrolls sideways by {over} px."] if over > 0 else []
    cut = page.evaluate("""() => [...document.querySelectorAll("article *")].filter((node) => {
      const style = getComputedStyle(node);
      // What is there for the ear alone is cut on purpose.
      if (node.matches(".sign") || style.clipPath !== "none") return false;
      return node.clientWidth && ["hidden", "clip"].includes(style.overflowX) &&
        (node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1);
    }).map((node) => node.outerHTML.slice(0, 80))""")
    frame = page.evaluate("document.querySelector('.md-header').getBoundingClientRect().height / innerHeight")
    if frame > 0.34:
        problems.append(f"{where}: the header takes {frame:.0%} of the screen.")
    return problems + [f"{where}: text is cut off in {html}" for html in cut[:3]]


def paper(browser, base: str, url: str) -> list[str]:
    """Open base + url as it is printed; return problems: chrome left, text lost, an address not shown, no foot."""
    page = open_page(browser)
    page.emulate_media(media="screen")
    page.goto(base + url)
    if page.locator("#classifier").count():
        page.locator("#classifier form").wait_for()
    # White space is left out: it depends on the layout.
    words = "(() => document.querySelector('article').innerText.replace(/\\s+/g, ''))()"
    gone = ".headerlink, .correct, .actions, .classifier, #chooser, #rows, article button, .message"
    gone += ", #cite:has(+ details), details:has(> .cite)"
    drop = f"document.querySelectorAll('{gone}').forEach((node) => node.remove())"
    page.evaluate(drop)
    page.evaluate(LAY_OUT)
    screen = page.evaluate(words)
    page.emulate_media(media="print")
    problems = [
        f"{url or 'home'} on paper: {chrome} is printed."
        for chrome in (".md-header", ".md-sidebar", ".md-footer", ".md-search", ".md-top", ".md-skip")
        if page.locator(f"{chrome}:visible").count()
    ]
    printed = page.evaluate(words)
    if printed != screen:
        first = next(
            (n for n, (a, b) in enumerate(zip(screen, printed, strict=False)) if a != b), min(len(screen), len(printed))
        )
        problems.append(f"{url or 'home'} on paper: text is lost at …{screen[max(0, first - 30) : first + 30]}…")
    hidden = page.evaluate("""() => [...document.querySelectorAll("article a[href^=http]")]
      .filter((link) => !link.closest("dd, .reviewed, figure")
        && !getComputedStyle(link, "::after").content.includes("http")
        && !getComputedStyle(link, "::after").content.includes("attr(")).map((link) => link.href)""")
    problems += [f"{url or 'home'} on paper: the address {link} is not shown." for link in hidden[:3]]
    foot = page.locator(".reviewed").inner_text()
    if not (base + url.partition("?")[0] in foot and re.search(r"\d{4}-\d\d-\d\d", foot)):
        problems.append(f"{url or 'home'} on paper: no address or no date at the foot.")
    return problems


@pytest.mark.parametrize(
    "journey", [keyboard_to_copied_link, keyboard_to_term, keyboard_to_verdict, keyboard_through_menu]
)
def test_journey_by_keyboard(browser, base, built, journey):
    """Each journey can be made with the keyboard alone, and the focus is seen at every stop."""
    problems = journey(browser, base)
    assert not problems, "\n".join(problems)


def test_journey_by_finger(browser, base, built):
    """On a phone, the menu leads to each part of the site, the reader's own and the others."""
    problems = menu_by_finger(browser, base)
    assert not problems, "\n".join(problems)


def test_journey_at_400_percent(browser, base, built):
    """At a zoom of 400 % on a screen of 1280 × 1024, which is 320 × 256 CSS pixels, no stop of a journey is covered."""
    problems = keyboard_to_copied_link(browser, base, (320, 256))
    assert not problems, "\n".join(problems)


SETTINGS = [
    *((forced_colours, url, scheme) for url in PAGES for scheme in ("light", "dark")),
    *((motion, url) for url in PAGES),
    *((magnified, url, *size) for url in PAGES for size in ((1280, 900, 2), (320, 256, 1))),
    *((paper, url) for url in (*PAGES, "definitions/core-kpo/", "sources/deals/", "brief/")),
]


@pytest.mark.parametrize(("check", "arguments"), [(one[0], one[1:]) for one in SETTINGS])
def test_readers_settings_lose_nothing(browser, base, built, check, arguments):
    """Forced colours, no motion, text at 200 %, zoom at 400 %, paper: on a page of each kind nothing is lost."""
    problems = check(browser, base, *arguments)
    assert not problems, "\n".join(problems)


# -- Breaks ------------------------------------------------------------------------------------------------------------

STYLE, MENU = "assets/style.css", ".md-nav--primary .md-nav__item--nested > .md-nav"
#: (check, its arguments after the address, the defects: file, old text, new text, what the message must hold)
BREAKS = [
    (
        menu_by_finger,
        (),
        [(STYLE, ":not(.md-nav__item--pruned) > .md-nav__link", " > .md-nav__link", "does not lead there")],
    ),
    (
        keyboard_to_copied_link,
        (),
        [
            (STYLE, ":focus-visible {", ":focus-visible { outline: none !important;", "has no outline"),
            (
                "definitions/core-kpo/index.html",
                "<dt>Permanent link</dt>",
                "<dt>Link</dt>",
                "'Copy: Permanent link' is not reached",
            ),
        ],
    ),
    (
        keyboard_to_term,
        (),
        [
            (
                "index.html",
                'class="md-search__input"',
                'class="md-search__input" tabindex="-1"',
                "'Search' is not reached",
            )
        ],
    ),
    (
        keyboard_to_verdict,
        (),
        [
            ("index.html", "<strong>Is my deal KPO?", "<strong>My deal", "'Is my deal KPO? Four questions give a"),
            (STYLE, ".send code {", ".send code { z-index: 1; margin-right: -9rem; padding-right: 9rem;", "is covered"),
            (
                STYLE,
                ".send::after {",
                "article p a:focus { position: fixed; left: -99em; } .send::after {",
                "out of sight",
            ),
        ],
    ),
    (keyboard_through_menu, (), [("assets/site.js", "menu.hidden = false;", "", "'Menu' is not reached")]),
    (
        keyboard_through_menu,
        (),
        [(STYLE, MENU, MENU.replace("> .md-nav", "> .none"), "'NHS letters: forwarding mail' is not reached")],
    ),
    (
        forced_colours,
        ("market/", "dark"),
        [(STYLE, "(forced-colors: active)", "(forced-colors: none)", "lost: the text $167bn")],
    ),
    (
        motion,
        ("about/",),
        [(STYLE, ":focus-visible {", "p { transition: color 1s !important; } :focus-visible {", "p. still moves")],
    ),
    (
        magnified,
        ("about/", 320, 256, 1),
        [
            ("about/index.html", "<p>", '<p style="white-space:nowrap">', "scrolls sideways"),
            (STYLE, ":focus-visible {", ".md-header { height: 9rem; } :focus-visible {", "the header takes"),
        ],
    ),
    (
        magnified,
        ("about/", 1280, 900, 2),
        [("about/index.html", "<p>", '<p style="height:1em;overflow:hidden">', "text is cut off")],
    ),
    (
        paper,
        ("about/",),
        [
            (STYLE, ".md-skip", ".md-skipped", ".md-skip is printed"),
            (STYLE, 'content: " (" attr(href) ")"', "content: none", "is not shown"),
            (STYLE, "@media print {", "@media print { .md-content p { display: none; }", "text is lost"),
        ],
    ),
    (paper, ("about/",), [("about/index.html", "<time", '<time hidden=""', "no address or no date")]),
]


@pytest.mark.parametrize(("check", "arguments", "defects"), BREAKS, ids=[b[2][0][-1] for b in BREAKS])
def test_breaks_are_seen(browser, broken, check, arguments, defects):
    """Each defect in a page, a style or a script is seen by the check; those that do not meet are tried at once."""
    assert not unsaid(browser, broken, check, arguments, defects)
