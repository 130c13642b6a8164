"""The pages as a real Chromium shows them: every page in a grid of settings, forms, previews, paper.

The checks themselves stand in tests/browser_checks.py; the last part breaks each of them.
"""

import os
import random
import re

import pytest
from playwright.sync_api import TimeoutError

from tests.browser_checks import (
    ALL,
    GRID,
    QUESTIONS,
    SAMPLE,
    SCHEMES,
    WHOLE,
    WIDTHS,
    answered,
    classified,
    expected_verdict,
    form_state,
    look,
    new_page,
    open_page,
    patience,
    silent_text,
    sweep,
    unsaid,
    verdict_in_sight,
)
from tools.make.stubs import redirects
from tools.records import answers, table_below

#: Into how many tests the long sweeps are cut, so that two workers share them evenly.
PARTS = 8


@pytest.mark.parametrize("part", range(PARTS))
def test_every_page_in_the_grid(browser, base, built, part):
    """No error, no foreign request, no sideways scroll, no axe finding, no page overweight: each page, two settings.

    Menu and footer are the same on all: axe reads them on the pages of SAMPLE, here and in all settings below. With
    KPO_GRID=full it reads every page as a whole in all six settings, which takes some minutes more.
    """
    full = os.environ.get("KPO_GRID") == "full"
    settings = ALL if full else GRID
    pages = list(built.pages)[part::PARTS]
    jobs = [(base, url, settings, "", built, full or url in SAMPLE) for url in pages]
    problems = sweep(browser, jobs, look)
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("part", range(PARTS // 2))
@pytest.mark.parametrize("scheme", SCHEMES)
def test_one_page_of_each_kind_in_all_settings(browser, base, built, scheme, part):
    """A page of each kind passes at every other width and scheme too, and with the search or the drawer open.

    One worker looks at a scheme, see tests/conftest.py: what it has seen of the colours of one page it need not look at
    on the next.
    """
    missing = [url for url in SAMPLE if url.partition("?")[0] not in built.pages]
    assert not missing, f"SAMPLE names pages that are gone: {missing}"
    # Opened in each scheme, then made narrower and wider: the other way than in the grid.
    every = [(width, scheme) for width in WIDTHS]
    others = [one for one in every if one not in GRID]
    jobs = [(base, url, every if "?" in url else others, "", None, url in WHOLE) for url in SAMPLE]
    jobs += [(base, "about/", every, toggle) for toggle in ("__search", "__drawer")]
    problems = sweep(browser, jobs[part :: PARTS // 2], look)
    assert not problems, "\n".join(problems)


def test_every_page_without_scripts(browser, base, built):
    """With scripts off, every page shows all of its text: those of SAMPLE opened, the others put into an open one."""
    jobs = [
        (base, url, page.text("svg"), "" if url in SAMPLE else built.text(f"{url}index.html"))
        for url, page in built.pages.items()
    ]
    problems = sweep(browser, jobs, silent_text)
    assert not problems, "\n".join(problems)


# -- Forms -------------------------------------------------------------------------------------------------------------


def test_form_gives_the_tables_verdict(browser, base, built, site):
    """All 81 sets of yes, no and not sure lead to the verdict that the table gives; so do the answers of every case."""
    jobs = answered(site)
    assert len(jobs) == 81
    for case in site.of("case"):
        given = tuple({"disputed": "unsure"}.get(answer, answer) for answer in answers(case))
        jobs.append((given, expected_verdict(case.meta["verdict"])))
    problems = classified(browser, base, jobs)
    assert not problems, "\n".join(problems)


@pytest.fixture
def page(browser):
    """A page of its own, which may read what it copies; closed afterwards."""
    page = new_page(browser, permissions=["clipboard-read", "clipboard-write"])
    yield page
    page.close()


def _copied(page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


#: (page, how the words of its first clause begin, how they end).
CLAUSES = [
    ("glossary/exit-plan/", "Within [3] months of starting the Supplier shall", "software free for [12] months."),
    ("definitions/core-kpo/", "Core KPO Services are those Services listed", "who takes them."),
]


def miscopied(page, base: str) -> list[str]:
    """Copy the first clause of each page of CLAUSES; return a line for each that is not copied as it should be."""
    problems = []
    for place, first, last in CLAUSES:
        page.goto(f"{base}{place}")
        page.get_by_role("button", name="Copy: Clause").first.click()
        page.get_by_text("Clause copied.").wait_for()
        words = _copied(page)
        if not (words.startswith(first) and words.endswith(last)):
            problems.append(f"{place}: copied: {words[:60]!r} … {words[-30:]!r}")
    return problems


def test_clauses_are_copied_without_their_label(page, base, built):
    """A clause to start from, and one of several paragraphs, can be copied as they go into a contract."""
    assert not miscopied(page, base)


def test_label_in_a_copied_clause_is_seen(page, broken):
    """A script that leaves the label in what it copies is named, on the page that has one."""
    _, address = broken(("assets/site.js", "strong:has(a)", "strong:has(u)"))
    (problem,) = miscopied(page, address)
    assert problem.startswith("glossary/exit-plan/: copied: 'A clause to start from")


def test_form_survives_reload_and_back(page, base, built):
    """Answers live in the address: reload, back and a link keep them; the verdict can be copied as link and as text."""
    page.goto(f"{base}classify/?utm_source=chat")
    assert form_state(page) == (0, "", "")
    for key, answer in zip(QUESTIONS, ("yes", "yes", "yes", "no"), strict=True):
        page.locator(f"#classifier input[name={key}][value={answer}]").focus()
        page.keyboard.press("Space")
        page.wait_for_url(f"**{key}={answer}#form")
    assert page.url.endswith("classify/?g=yes&e=yes&c=yes&t=no#form")
    full = form_state(page)
    assert full[:2] == (4, "")
    assert full[2].startswith("Verdict: core KPO.")
    page.reload()
    assert form_state(page) == full
    page.locator("#classifier .verdict-more a").first.wait_for()
    assert 1 <= page.locator("#classifier .verdict-more p a").count() <= 3
    page.get_by_role("button", name="Copy link").click()
    page.get_by_text("Link copied.").wait_for()
    assert _copied(page) == page.url
    page.get_by_role("button", name="Copy as text").click()
    page.get_by_text("Text copied.").wait_for()
    memo = _copied(page)
    assert memo.startswith("Verdict: core KPO. Say: KPO.")
    assert memo.endswith(page.url)
    page.go_back()
    assert form_state(page)[0] == 3
    page.go_forward()
    page.get_by_role("button", name="Start again").click()
    assert form_state(page) == (0, "", "")
    assert page.url.endswith("classify/")


def test_form_lights_its_place_on_the_map(page, base, built):
    """The map on the page and its sketch beside the verdict show where the answers lead, and nothing before any."""
    lit = "(nodes) => nodes.map((node) => node.className)"
    for query, places in (("", []), ("g=no", [6]), ("g=yes&e=yes&c=yes&t=unsure", [0, 1]), ("g=yes&e=no&t=yes", [5])):
        page.goto(f"{base}classify/?{query}")
        page.locator("#classifier form").wait_for()
        want = ["lit" if n in places else "" for n in range(7)]
        assert page.locator(".map td, .map > p > strong").evaluate_all(lit) == want
        assert page.locator(".verdict .where i").evaluate_all(lit) == (want if query else [])


@pytest.mark.parametrize("query", ["g=maybe", "g=yes&g=no", "g=yes&e=", "G=yes", "g=YES", "g=yes&t=no%20"])
def test_form_says_that_an_address_is_broken(page, base, built, query):
    """A broken address gives an empty form, and says so."""
    page.goto(f"{base}classify/?{query}")
    ticked, message, verdict = form_state(page)
    assert (ticked, verdict) == (0, "")
    assert "not valid" in message


def test_columns_can_be_chosen(page, base, built):
    """The comparison shows the columns in the address, two at least; a broken address shows all and says so."""

    def columns() -> int:
        page.locator("#chooser input").first.wait_for()
        return page.locator("#three ~ figure table >> nth=0").locator("thead th:visible").count()

    page.goto(f"{base}compare/")
    assert columns() == 4
    page.locator("#chooser input").first.uncheck()
    assert columns() == 3
    assert "?show=" in page.url
    assert page.locator("#chooser input:checked:disabled").count() == 2
    page.goto(page.url)
    assert columns() == 3
    page.goto(f"{base}compare/?show=bpo,nonsense")
    assert columns() == 4
    assert "not valid" in page.locator("#chooser .message").inner_text()


def test_rows_can_be_chosen(page, base, built, site):
    """The table of published definitions shows the rows that fit each answer of each question, and says how many."""
    rows = table_below(site.pages["definitions/published.md"], "table").rows[1:]
    page.goto(f"{base}definitions/published/")
    visible = page.locator("#table ~ figure >> nth=0").locator("tbody tr:visible")
    for column in range(1, 5):
        choice = page.locator("#rows select").nth(column - 1)
        found = [row[column].split(", ")[0] for row in rows]
        assert set(choice.locator("option").all_inner_texts()) == {*found, "any"}
        for answer in sorted(set(found)):
            choice.select_option(answer)
            assert visible.count() == found.count(answer)
            assert page.locator("#rows [role=status]").inner_text() == f"{found.count(answer)} of {len(rows)} rows."
        choice.select_option("any")


def test_citations_are_copied(page, base, built):
    """Each way to cite has a button that copies exactly its text, and says so; also with the keyboard alone."""
    for url in ("definitions/core-kpo/", "glossary/tacit-knowledge/", "examples/xo1/"):
        page.goto(base + url)
        page.locator("summary", has_text="Ready to copy").click()
        buttons = page.locator("dl.cite button")
        buttons.first.wait_for()
        ways = page.locator("dl.cite dd").count()
        assert buttons.count() == ways > 5
        for n in range(ways):
            buttons.nth(n).focus()
            page.keyboard.press("Enter")
            buttons.nth(n).get_by_text("Copied").wait_for()
            page.locator("details .message", has_text="copied.").wait_for()
            said = page.locator("dl.cite dd").nth(n).inner_text()
            assert _copied(page) == said
            assert base + url in said


def test_forms_live_without_their_labels(page, base, built):
    """Where the theme's menu, or what a form is made from, has another name, no script throws and the rest works."""
    problems = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    gone = (
        "document.querySelectorAll('.menu, #decision-table, #three, #table, #matrix').forEach((node) => node.remove())"
    )
    page.add_init_script(f"document.addEventListener('readystatechange', () => {{ {gone}; }})")
    for url in ("classify/", "compare/", "definitions/published/", "definitions/core-kpo/"):
        page.goto(base + url)
        page.wait_for_load_state("networkidle")
    assert page.locator("dl.cite button").count() == page.locator("dl.cite dd").count() > 5
    assert not problems, problems


@pytest.mark.parametrize(("query", "clicks"), [("", ["[name=g][value=no]"]), ("?g=yes&e=yes&c=yes&t=no#form", [])])
def test_verdict_is_in_sight_on_a_phone(browser, base, built, query, clicks):
    """A verdict is seen as soon as it stands, and as a shared link opens."""
    problems = verdict_in_sight(browser, base, query, clicks)
    assert not problems, problems


def test_form_lights_and_dims(page, base, built):
    """The rows that fit are lit, the others stay; questions that decide nothing more recede."""
    page.goto(f"{base}classify/?g=no")
    page.locator("#classifier form").wait_for()
    assert page.locator("#decision-table tbody tr:visible").count() == 7
    assert page.locator("#decision-table tr[aria-current]").all_inner_texts()[0].startswith("no")
    assert page.locator("#decision-table tr[aria-current]").count() == 1
    assert page.locator("#classifier .moot").count() == 3


# -- Short addresses, previews, paper ----------------------------------------------------------------------------------


def leads_on(page, silent, base: str, table: dict[str, str]) -> list[str]:
    """Open each short address with a question and an anchor, and in `silent`, without scripts; return problems."""
    problems = []
    for old, new in table.items():
        for one, asked, wanted in ((page, "?q=1#part", "?q=1#part"), (silent, "", "")):
            # It is enough that the page to which it leads begins to come.
            one.goto(f"{base}{old}{asked}", wait_until="commit")
            try:
                one.wait_for_url(f"{base}{new}{wanted}", wait_until="commit", timeout=patience(base, 5000))
            except TimeoutError:
                problems.append(f"/{old}{asked} stays at {one.url}, not {new}{wanted}.")
    return problems


def test_short_addresses_lead_on(browser, page, base, built, site):
    """Short and moved addresses lead to their page: by script with question and anchor, without script too.

    All are one template: each tenth, and all that are nested, are followed; stubs_lead_on reads where each leads.
    """
    silent = open_page(browser, java_script_enabled=False)
    table = {old: new for n, (old, new) in enumerate(redirects(site).items()) if n % 10 == 0 or old.count("/") > 1}
    problems = leads_on(page, silent, base, table)
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("reach", ["hover", "focus"])
def test_definitions_show(browser, base, built, site, reach):
    """A link to a term shows its definition in a card, for the mouse and for the keyboard."""
    page = new_page(browser, viewport={"width": 1280, "height": 900})
    page.goto(f"{base}definitions/bpo/")
    getattr(page.locator("article p a[data-preview]", has_text="core KPO").first, reach)()
    said = site.pages["definitions/core-kpo.md"].snippet("def")
    page.locator(".md-tooltip2--active", has_text=said).wait_for()
    page.close()


def source_shown(browser, base: str, url: str, reach: str) -> list[str]:
    """Reach the first citation of base + url; return a problem if its source is not seen there, whole.

    `reach` is hover, focus, tap (on a screen that knows no hover), press (of a mouse) or click (without scripts).
    """
    phone = reach == "tap"
    page = new_page(browser, has_touch=phone, is_mobile=phone, java_script_enabled=reach != "click")
    page.goto(base + url)
    link = page.locator("article .footnote-ref").first
    source = link.get_attribute("href")
    said = page.locator(source).inner_text()
    getattr(link, "click" if reach == "press" else reach)()
    sheet = f"{source}:popover-open"
    place = {"tap": sheet, "press": sheet, "click": f"{source}:target"}.get(reach, ".md-tooltip2--active")
    problems = []
    try:
        page.locator(place, has_text=said).wait_for(timeout=patience(base, 3000))
        if place == sheet:
            page.locator(sheet).get_by_role("button", name="Close").click()
            problems += [f"{url}: {source} stays over the page."] * page.locator(sheet).count()
    except TimeoutError:
        problems.append(f"{url}: {source} is not shown on {reach}.")
    page.close()
    return problems


@pytest.mark.parametrize("reach", ["hover", "focus", "tap", "press", "click"])
def test_sources_show(browser, base, built, reach):
    """A citation shows its source without leaving the page: to mouse, keyboard and finger, and without scripts."""
    problems = source_shown(browser, base, TERM, reach)
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_brief_is_one_sheet(page, base, built, paper):
    """The page to hand to a colleague prints on one sheet, and carries its address and date."""
    page.goto(f"{base}brief/")
    printed = page.pdf(format=paper, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", printed)) == 1
    foot = page.locator(".reviewed").inner_text()
    assert f"{base}brief/" in foot
    assert re.search(r"\d{4}-\d\d-\d\d", foot)


# -- Breaks ------------------------------------------------------------------------------------------------------------

STYLE, SEARCH = "assets/style.css", "assets/search/page.js"
OPENED = 'search.addEventListener("focusin", resolve, { once: true })'
ABOUT, TERM = ("about/", [(768, "dark")]), "glossary/baseline/"
WEIGHED = (*ABOUT, "", True)
#: As all pages but those of each kind are looked at: axe and the wide screen see them in pages that stay open.
UNFRAMED = ("about/", GRID, "", None, False)
NOISE = random.Random(1).randbytes(120_000).hex()
#: With what the page asks for itself, its icon counted, one request too many.
ICONS = "".join(f'<img alt="" src="../assets/favicon.svg?{n}">' for n in range(2))
#: (check, its arguments after the address; True stands for the site, the defects: file, old text, new text, what it
#: must say)
BREAKS = [
    (
        verdict_in_sight,
        ("", ["[name=g][value=no]"]),
        [
            (
                STYLE,
                ".verdict { bottom: 0; position: sticky",
                ".verdict { bottom: 0; position: relative",
                "the verdict is at",
            )
        ],
    ),
    (
        look,
        ABOUT,
        [
            (SEARCH, '"use strict";', '"use strict"; nothing();', "script error"),
            (SEARCH, '"use strict";', '"use strict"; console.error("broken");', "console: broken"),
            ("about/index.html", "</body>", '<img alt="" src="http://localhost:9/x.png"></body>', "asks for http"),
            ("about/index.html", "<p>", '<p style="min-width:3000px">', "scrolls sideways"),
            ("about/index.html", "<p>", '<p style="color:#999;background:#fff">', "axe color-contrast"),
            ("about/index.html", "<p>", '<p><a href="/x"><img src="../assets/favicon.svg"></a>', "axe image-alt"),
        ],
    ),
    # Alone: the theme's script fails over it, too.
    (
        look,
        ABOUT,
        [
            (
                "about/index.html",
                'data-md-color-media="(prefers-color-scheme: dark)"',
                'data-md-color-media="none"',
                "shows the scheme",
            )
        ],
    ),
    # Alone: the policy speaks of a foreign picture, too.
    (look, ABOUT, [("about/index.html", "</body>", "<script>1</script></body>", "Content Security Policy")]),
    (
        look,
        UNFRAMED,
        [
            ("about/index.html", "<p>", '<p style="color:#999;background:#fff">', "1280 px, light: axe color-co"),
            ("about/index.html", "<p>", '<p><img src="../assets/favicon.svg">', "1280 px, light: axe image-alt"),
            ("about/index.html", "<p>", '<p style="min-width:3000px">', "1280 px, light: scrolls sideways"),
        ],
    ),
    (look, UNFRAMED, [(STYLE, "--quiet: #b3b0a7", "--quiet: #4a4a4a", "320 px, dark: axe color-contrast")]),
    (
        look,
        ("compare/", [(768, "dark")]),
        [("compare/index.html", 'role="dialog" aria-label="Search"', 'role="dialog"', "axe aria-dialog-name")],
    ),
    (look, ABOUT, [(STYLE, "--quiet: #b3b0a7", "--quiet: #4a4a4a", "axe color-contrast")]),
    # Each alone: the search, once it is asked for, is too many requests and too many bytes as well.
    (
        look,
        WEIGHED,
        [("about/index.html", "</body>", f"<!-- {NOISE} --></body>", "bytes compressed, 102,400 are allowed")],
    ),
    (look, WEIGHED, [(SEARCH, OPENED, "resolve()", "asks for the search before it is opened")]),
    (look, WEIGHED, [("about/index.html", "</body>", f"{ICONS}</body>", "11 requests, 10 are allowed")]),
    (
        look,
        ("", [(320, "light")]),
        [(STYLE, "{ overflow-wrap: normal; }", "{ word-break: break-all; }", "is cut in a cell")],
    ),
    (source_shown, (TERM, "hover"), [(f"{TERM}index.html", "content.footnote.tooltips", "none", "not shown on hover")]),
    (source_shown, (TERM, "tap"), [("assets/site.js", '".footnote-ref"', '".none"', "is not shown on tap")]),
    (source_shown, (TERM, "press"), [("assets/site.js", "source.hidePopover()", "0", "stays over the page")]),
    (
        source_shown,
        (TERM, "click"),
        [(f"{TERM}index.html", '<ul class="references"', '<ul style="display:none"', "not shown on click")],
    ),
    (
        classified,
        ([(("no", "yes", "yes", "no"), "Verdict: not outsourcing.")],),
        [("assets/forms/classifier.js", 'row.want[i] === "any" || ', "", "the table says")],
    ),
]


@pytest.mark.parametrize(("check", "arguments", "defects"), BREAKS, ids=[b[2][0][-1] for b in BREAKS])
def test_breaks_are_seen(browser, broken, check, arguments, defects):
    """Each defect in a page, a style or a script is seen by the check; those that do not meet are tried at once."""
    assert not unsaid(browser, broken, check, arguments, defects)


def test_text_that_needs_scripts_is_seen(browser, broken, built):
    """Text that only a script shows is missed when scripts are off, in a page that is opened and in one put in."""
    site, address = broken(("about/index.html", "<p>", '<p style="display:none">'))
    for html in ("", site.text("about/index.html")):
        found = silent_text(browser, address, "about/", built.pages["about/"].text(), html)
        assert len(found) == 1
        assert "about/ without scripts" in found[0]


def test_stub_that_stays_is_seen(browser, page, broken):
    """A stub whose script is at the wrong address, as in a nested one made by hand, is seen by following it."""
    _, address = broken(("kpo/index.html", "../assets/stub.js", "assets/stub.js"))
    found = leads_on(page, open_page(browser, java_script_enabled=False), address, {"kpo/": "definitions/core-kpo/"})
    assert len(found) == 1
    assert "stays at" in found[0]
