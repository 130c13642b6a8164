"""What WCAG asks and axe cannot see, what a browser does to a page, and the way back to its authors.

Each check opens a page and returns its problems; the last part breaks each of them. docs/accessibility.md tells readers
what these tests, and a look by hand, found.
"""

import re
import string
from itertools import product
from urllib.parse import unquote, urlsplit

import pytest
from jinja2 import Environment, FileSystemLoader
from playwright.sync_api import TimeoutError

from tests.browser_checks import QUESTIONS, form_state, new_page, open_page, patience, unsaid
from tools.engine import build, copy_site
from tools.site import ROOT

#: Keys that print a sign, as the keyboard event names them.
SIGNS = [*string.ascii_lowercase, *string.digits, *"/?.,;'[]-=\\`"]


def single_keys(browser, base: str, url: str, focus: str) -> list[str]:
    """Press each key that prints a sign, with the focus on a part of base + url; return those that do something."""
    problems, page = [], new_page(browser)
    page.goto(base + url)
    state = "[location.href, scrollY, document.querySelectorAll('.md-toggle:checked').length, " + (
        "document.activeElement.outerHTML]"
    )
    page.locator(focus).first.focus()
    before = page.evaluate(state)
    for key in SIGNS:
        page.keyboard.press(key)
        try:
            after = page.evaluate(state)
        except Exception as error:
            after = str(error)
        if after != before:
            problems.append(f"{url}: the key {key} alone acts, with the focus on {focus}.")
            break
    page.close()
    return problems


#: A link to a term, and a citation.
CARDS = ("article p a[data-preview]", "article p .footnote-ref")


def card(browser, base: str, url: str, link: str, reach: str) -> list[str]:
    """Hover over a link, or focus it; return how its card fails to be tied, to stay, to be reached and to go."""
    problems, page = [], new_page(browser, viewport={"width": 1280, "height": 900})
    page.goto(base + url)
    shown, node = page.locator(".md-tooltip2--active:visible"), page.locator(link).first
    where = f"{url}: the card of {link} on {reach}"
    getattr(node, reach)()
    try:
        shown.wait_for(timeout=patience(base, 3000))
    except TimeoutError:
        page.close()
        return [f"{where} does not come."]
    # It must stay for as long as the reader does.
    page.wait_for_timeout(400)
    if node.get_attribute("aria-describedby") != shown.get_attribute("id") or node.get_attribute("aria-haspopup"):
        problems.append(f"{where} is not tied to its link.")
    if reach == "hover":
        start, end = node.bounding_box(), shown.locator(".md-tooltip2__inner").bounding_box()
        edge, step = (start["y"], -1) if end["y"] < start["y"] else (start["y"] + start["height"], 1)
        # A slow hand: 24 pixels in some 1.3 seconds; the theme takes a card away after half a second.
        for n in range(25):
            page.mouse.move(start["x"] + 5, edge + step * n)
            page.wait_for_timeout(55)
    page.wait_for_timeout(400)
    if not shown.count():
        problems.append(f"{where} is gone before the pointer is on it.")
    page.keyboard.press("Escape")
    if shown.count():
        problems.append(f"{where} stays after Escape.")
    if reach == "focus" and not node.evaluate("(node) => node === document.activeElement"):
        problems.append(f"{where} takes the focus away with it.")
    page.close()
    return problems


def announced(browser, base: str) -> list[str]:
    """Search; return a problem if the number of results is told to the eye alone."""
    page = new_page(browser)
    page.goto(f"{base}about/")
    page.locator("input[name=query]").press_sequentially("kpo")
    told = page.locator(":is([role=status], [aria-live=polite])", has_text=re.compile(r"\d+ (page|result)"))
    try:
        told.first.wait_for(timeout=patience(base, 5000))
        problems = []
    except TimeoutError:
        problems = ["search: the number of results is not announced."]
    page.close()
    return problems


def permalinks(browser, base: str, url: str) -> list[str]:
    """Open base + url on a phone; return headings, entries and rows with an id that show no link to be tapped."""
    page = open_page(browser, has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    page.goto(base + url)
    bare = page.evaluate("""() => [...document.querySelectorAll(
      "article :is(h2, h3, h4)[id], article dt[id], article th:has(> a[id])")].filter((node) => {
        const link = node.querySelector(":scope > .headerlink");
        const box = link?.getBoundingClientRect();
        return !link || getComputedStyle(link).opacity !== "1" || box.width < 24 || box.height < 21;
      }).map((node) => node.textContent.trim())""")
    return [f"{url}: no link to {len(bare)} parts on a screen for fingers: {bare[0][:40]} …"] if bare else []


def unreachable(browser, base: str, url: str) -> list[str]:
    """Open base + url; return the headings to which neither the contents nor a link of their own leads by keyboard."""
    page = open_page(browser, viewport={"width": 1280, "height": 900})
    page.goto(base + url)
    lost = page.evaluate("""() => [...document.querySelectorAll("article :is(h2, h3)[id]")].filter(({ id }) => {
      const links = [...document.querySelectorAll(`a[href$="#${id}"]`)];
      return !links.some((link) => link.tabIndex >= 0 && link.checkVisibility());
    }).map(({ id }) => id)""")
    return [f"{url}: no keyboard reaches the address of #{one}." for one in lost[:3]]


def scheme(browser, base: str) -> list[str]:
    """Change the system's colours under an open page, then choose by keyboard; return what does not follow."""
    context = browser.new_context(color_scheme="light")
    page, problems = context.new_page(), []
    page.goto(f"{base}about/")
    page.wait_for_load_state("networkidle")
    ticked = "document.querySelector('[name=__palette]:checked')"

    def shows(want: str, when: str):
        try:
            page.wait_for_function("(want) => document.body.dataset.mdColorScheme === want", arg=want, timeout=2000)
        except TimeoutError:
            problems.append(f"the colours are not {want!r} {when}.")

    for system, want in (("dark", "slate"), ("light", "default"), ("dark", "slate")):
        page.emulate_media(color_scheme=system)
        shows(want, f"once the system turned {system}")
        if problems:
            break
    if not problems and not page.evaluate(f"{ticked}?.nextElementSibling.hidden === false"):
        problems.append("the choice of colours that is ticked is not the one that is shown.")
    if not problems:
        page.evaluate(f"{ticked}.focus()")
        page.keyboard.press("ArrowRight")
        name = page.evaluate("document.activeElement.getAttribute('aria-label')")
        shows("default" if name == "Light colours" else "slate", f"after {name!r} was chosen")
        page.reload()
        shows("default", "after a choice of light and a reload")
    context.close()
    return problems


#: What Google's and Microsoft's translators do: each text becomes another one, inside new elements.
TRANSLATE = """() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
    node.data.trim() && !node.parentElement.closest("[translate=no], script, style, option") ? 1 : 2);
  const all = [];
  while (texts.nextNode()) all.push(texts.currentNode);
  for (const node of all) {
    const font = document.createElement("font");
    font.append(document.createElement("font"));
    font.firstChild.textContent = `oui ${[...node.data].reverse().join("")}`;
    node.replaceWith(font);
  }
  for (const option of document.querySelectorAll("option")) option.textContent = `oui ${option.textContent}`;
}"""


def translated_filter(browser, base: str) -> list[str]:
    """Let a machine translate the table of definitions; return a problem for each choice that then fits other rows."""
    problems, page, before = [], new_page(browser), {}
    page.goto(f"{base}definitions/published/")
    said = page.locator("#rows [role=status]")
    said.wait_for()
    for again in (False, True):
        if again:
            page.evaluate(TRANSLATE)
        for n in range(4):
            choice = page.locator("#rows select").nth(n)
            choice.select_option(index=1)
            text = said.inner_text()
            if before.setdefault(n, text) != text:
                problems.append(f"translated: the filter says {text!r}, not {before[n]!r}.")
            choice.select_option("any")
    page.close()
    return problems


def translated_forms(browser, base: str) -> list[str]:
    """Let a machine translate the pages of the two other forms; return what they no longer do."""
    problems, page = [], new_page(browser)
    page.on("pageerror", lambda error: problems.append(f"translated: {error}"))
    page.goto(f"{base}compare/")
    page.locator("#chooser input").first.wait_for()
    page.evaluate(TRANSLATE)
    page.locator("#chooser input").first.click()
    if page.locator("#chooser .message").inner_text() or "show=" not in page.url:
        problems.append("translated: the choice of columns does not work.")
    page.goto(f"{base}classify/")
    page.locator("#classifier form").wait_for()
    page.evaluate(TRANSLATE)
    for key in QUESTIONS:
        page.locator(f"#classifier input[name={key}][value=yes]").click()
    if not form_state(page)[2].startswith("Verdict: core KPO and transformational BPO."):
        problems.append(f"translated: the form says {form_state(page)[2]!r}.")
    page.close()
    return problems


def translated_text(browser, base: str, url: str, kept: str) -> list[str]:
    """Let a machine translate base + url; return a problem if what `kept` names has changed."""
    page = new_page(browser)
    page.goto(base + url)
    texts = page.locator(kept).all_text_contents()
    page.evaluate(TRANSLATE)
    same = texts and texts == page.locator(kept).all_text_contents()
    page.close()
    return [] if same else [f"translated: {kept} on {url} is not what it was."]


#: What is typed -> where it leads.
TYPED = {
    "KPO/": "definitions/core-kpo/",
    "Glossary/ITO/?a=B#Not": "glossary/ito/?a=B#Not",
    "KPO-vs-BPO/": "compare/",
    "Nowhere/": "nowhere/",
}


def small_letters(browser, base: str, site, typed: str) -> list[str]:
    """Type an address in capitals on a host that minds them; return a problem if it leads elsewhere."""
    page, problems = new_page(browser), []

    text, own = site.text("404.html"), urlsplit(base).path
    # A broken copy lies elsewhere than the address for which the page was built.
    text = re.sub(r'(?<==")[^"]*(?=assets/lost\.js)', own, text)

    def host(route):
        address = unquote(urlsplit(route.request.url).path.removeprefix(own))
        if route.request.resource_type != "document" or f"{address}index.html" in site.files:
            route.fallback()
        else:
            route.fulfill(body=text, status=404, content_type="text/html")

    page.route(f"{base}**", host)
    page.goto(base + typed)
    try:
        page.wait_for_url(base + TYPED[typed], timeout=patience(base, 3000))
    except TimeoutError:
        problems.append(f"{typed} leads to {page.url}, not {TYPED[typed]}.")
    if typed == "Nowhere/" and not page.get_by_text("This page is not here").count():
        problems.append("an address that is not there shows something else.")
    page.close()
    return problems


def passed_on(browser, base: str) -> list[str]:
    """Open what a search found; return a problem if the address still holds the word, or lost anything else."""
    page = new_page(browser)
    page.goto(f"{base}compare/?show=bpo,core-kpo&h=core#three")
    page.wait_for_load_state("load")
    problems = [] if page.url == f"{base}compare/?show=bpo%2Ccore-kpo#three" else [f"a search leaves {page.url}."]
    page.close()
    return problems


TOUCHED = ("sources/deals/", "definitions/published/", "questions/", "definitions/", "glossary/rpo/")
CHECKS = [
    (single_keys, ("compare/", "body")),
    (single_keys, ("classify/", "#classifier input[value=yes]")),
    *((card, ("glossary/knowledge-transfer/", *one)) for one in product(CARDS, ("hover", "focus"))),
    (announced, ()),
    *((permalinks, (url,)) for url in TOUCHED),
    *((unreachable, (url,)) for url in ("questions/", "market/", "glossary/rpo/")),
    (scheme, ()),
    (translated_filter, ()),
    (translated_forms, ()),
    *((translated_text, one) for one in (("compare/", ".mark"), ("", ".mark"), ("glossary/ito/", "dl.cite dd"))),
    *((small_letters, (True, typed)) for typed in TYPED),
    (passed_on, ()),
]


@pytest.mark.parametrize(("check", "arguments"), CHECKS)
def test_nothing_is_in_the_way(browser, base, built, check, arguments):
    """Single keys do nothing, cards keep to WCAG 1.4.13, status lines are announced, and so on: see each check."""
    problems = check(browser, base, *(built if one is True else one for one in arguments))
    assert not problems, "\n".join(problems)


# -- The way back ------------------------------------------------------------------------------------------------------

#: The repository's address as somebody sets it -> where a report and an edit of glossary/ito/ begin.
REPOSITORIES = {
    "https://github.com/o/r": ("https://github.com/o/r/issues/new?title=", "https://github.com/o/r/edit/main/"),
    "https://github.com/o/r.git": ("https://github.com/o/r/issues/new?title=", "https://github.com/o/r/edit/main/"),
    " https://gitlab.com/g/s/r/ ": ("https://gitlab.com/g/s/r/-/issues/new?issue[title]=", "/-/edit/main/"),
    "https://codeberg.org/o/r": ("https://codeberg.org/o/r/issues/new?title=", "/o/r/_edit/main/"),
    "https://github.com/gitlab-fans/r": ("https://github.com/gitlab-fans/r/issues/new", "/r/edit/main/"),
    "": ("", ""),
    "git@github.com:o/r.git": ("", ""),
    "our repository": ("", ""),
}
LINKS = """{% from "partials/kpo/report.html" import report, edit -%}
{{ report(at, "Correction: NS&I", "Page: https://host/#a\n") }} {{ edit(at, "glossary/ito/") }}"""


@pytest.mark.parametrize(("at", "wanted"), REPOSITORIES.items())
def test_reports_and_edits_begin_where_the_host_has_them(at, wanted):
    """A report names the page, and its form is that of the host; of what is no address no link is made."""
    template = Environment(loader=FileSystemLoader(ROOT / "overrides"), autoescape=False).from_string(LINKS)
    report, edit = template.render(at=at).split(" ")
    assert report.startswith(wanted[0]) and wanted[1] in edit
    if not wanted[0]:
        assert report == edit == ""
    else:
        assert "Correction%3A%20NS%26I" in report and "%23a%0A" in report
        assert edit.endswith("docs/glossary/ito.md")


@pytest.mark.parametrize(("engine", "at"), [("mkdocs", ""), ("zensical", "https://github.com/o/r")])
def test_pages_lead_back(tmp_path, monkeypatch, engine, at):
    """Foot and 404 page lead to a report where the repository is known, else to a true sentence; on both engines."""
    root = copy_site(tmp_path / "site")
    # A few pages are enough, and quick.
    for file in root.glob("docs/**/*.md"):
        if file.name not in ("index.md", "about.md") or file.parent != root / "docs":
            file.unlink()
    config = (root / "mkdocs.yml").read_text("utf-8")
    short = re.sub(r"^nav:\n(?:  .*\n)+", "nav: [index.md, about.md]\n", config, flags=re.M)
    (root / "mkdocs.yml").write_text(short, "utf-8")
    for file in ("index", "about"):
        (root / f"docs/{file}.md").write_text(f"---\ntitle: {file}\nreviewed: 2026-11-25\n---\n\n# {file}\n", "utf-8")
    monkeypatch.setenv("REPO_URL", at)
    build(root, engine, "https://host.example/kpo/")
    foot, lost = ((root / "site" / file).read_text("utf-8") for file in ("about/index.html", "404.html"))
    if at:
        links = re.findall(r'<a rel="noopener" href="([^"]+)">(?:Propose|Edit)', foot.replace("&#x2f;", "/"))
        assert len(links) == 2
        assert links[0].startswith(f"{at}/issues/new?title=Correction") and "host.example" in links[0]
        assert links[1] == f"{at}/edit/main/docs/about.md"
        assert f'id="lost" href="{at}/issues/new' in lost.replace("&#x2f;", "/")
    else:
        assert "it names no repository" in foot and "#corrections" in lost and 'id="lost"' not in lost


# -- Breaks ------------------------------------------------------------------------------------------------------------

SITE, STYLE, TERM = "assets/site.js", "assets/style.css", "glossary/knowledge-transfer/"
QUESTION = 'aria-label="Link to this section" href="#stand-for"'
#: (check, its arguments after the address, file, old text, new text, what the message must hold)
BREAKS = [
    (single_keys, ("compare/", "body"), SITE, 'addEventListener("keydown", onKey, true);', "", "the key f alone acts"),
    (card, (TERM, CARDS[1], "focus"), SITE, '"Escape"', '"Esc"', "stays after Escape"),
    (card, (TERM, CARDS[1], "focus"), SITE, "target.setAttribute(", "target.hasAttribute(", "is not tied to its link"),
    (card, (TERM, CARDS[1], "hover"), STYLE, "height: 18px;", "height: 0;", "is gone before the pointer is on it"),
    (
        card,
        (TERM, CARDS[1], "focus"),
        SITE,
        "card.hidden = true",
        "document.activeElement.blur()",
        "takes the focus away",
    ),
    (card, (TERM, CARDS[1], "focus"), STYLE, ".md-tooltip2[hidden]", ".md-tooltip2", "does not come"),
    (announced, (), "about/index.html", 'role="status"', "", "is not announced"),
    (
        permalinks,
        ("sources/deals/",),
        STYLE,
        "@media (hover: none) {\n  .md-typeset .headerlink",
        "x {\n  y",
        "no link to",
    ),
    (permalinks, ("definitions/published/",), SITE, "dt[id], th > a[id]", "dt[id]", "no link to 47 parts"),
    (unreachable, ("questions/",), "questions/index.html", QUESTION, "", "no keyboard reaches"),
    (
        scheme,
        (),
        "about/index.html",
        'data-md-color-media="(prefers-color-scheme)"',
        'data-md-color-media="(prefers-color-scheme: light)"',
        "once the system turned dark",
    ),
    (scheme, (), SITE, "shown.previousElementSibling.checked = true", "shown", "is not the one that is shown"),
    (
        scheme,
        (),
        "about/index.html",
        'aria-label="Light colours"',
        'aria-label="Switch to dark colours"',
        "was chosen",
    ),
    (
        translated_filter,
        (),
        "assets/forms/rows.js",
        "values[i][n]].includes",
        "value(rows[n], COLUMNS[i])].includes",
        "the filter says",
    ),
    (
        translated_forms,
        (),
        "assets/forms/columns.js",
        "asked(keys);",
        "asked([...table.tHead.rows[0].cells].slice(1).map(text).map(keyOf));",
        "the choice of columns does not work",
    ),
    (
        translated_text,
        ("glossary/ito/", "dl.cite dd"),
        "glossary/ito/index.html",
        '<dd translate="no">',
        "<dd>",
        "dl.cite dd on glossary/ito/",
    ),
    (small_letters, (True, "KPO/"), "assets/lost.js", "location.replace(", "String(", "KPO/ leads to"),
    (passed_on, (), SITE, 'url.searchParams.delete("h")', "", "a search leaves"),
]


@pytest.mark.parametrize(
    ("check", "arguments", "defect"), [(*b[:2], b[2:]) for b in BREAKS], ids=[b[-1] for b in BREAKS]
)
def test_break_is_seen(browser, broken, check, arguments, defect):
    """One defect in a page, a style or a script is seen by the check."""
    assert not unsaid(browser, broken, check, arguments, [defect])


def test_what_is_waited_for_comes_in_a_copy(browser, broken):
    """Where nothing is broken, what the checks wait for comes within the time that they give a broken copy."""
    _, address = broken()
    problems = announced(browser, address) + card(browser, address, TERM, CARDS[1], "focus") + scheme(browser, address)
    assert not problems, "\n".join(problems)
