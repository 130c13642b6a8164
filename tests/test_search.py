"""The search: what people type leads to what answers it, by the search's own functions and in its box.

The functions are called in one page of the browser; the last part breaks each check. How good the search is on
questions to which nobody tuned it, `make search` says.
"""

import re

import pytest

from tests.browser_checks import open_page, violations
from tools.make.words import address, leads, own_names
from tools.search import BUILT_ON, FIRST, MEASURE, THREE, ask, misses, questions, score
from tools.site import slug

#: (the places, what is typed): things in each form in which public reports had a search fail, by the kind of failure.
FORMS = [
    # With a hyphen, in one word, in two.
    ("glossary/re-engineering/", ["re-engineering", "reengineering", "re engineering"]),
    ("glossary/soc-2/", ["SOC 2", "SOC2", "SOC-2"]),
    ("glossary/co-sourcing/", ["co-sourcing", "cosourcing", "co sourcing"]),
    ("glossary/nearshoring/", ["nearshoring", "near-shoring", "near shoring"]),
    ("glossary/backsourcing/", ["back sourcing", "back-sourcing", "backsourcing"]),
    ("glossary/vendor-lock-in/", ["vendor lock-in", "vendor lockin", "lock-in"]),
    (
        "glossary/captive-centre/ glossary/insourcing/ glossary/backsourcing/",
        ["in-house", "in-house centre", "inhouse centre"],
    ),
    # With signs around it, or in it.
    ("definitions/transformational-bpo/", ["(tBPO)", "tBPO?", "transformational BPO!"]),
    ("compare/", ["KPO/BPO", "KPO-BPO", "BPO / KPO", "KPO vs. BPO"]),
    ("glossary/make-buy-or-ally/", ["make/buy", "make, buy, ally"]),
    ("glossary/iso-27001/", ["ISO/IEC 27001", "ISO27001", "iso-27001"]),
    ("glossary/tupe/", ["[TUPE]", "TUPE:", "'TUPE'"]),
    ("examples/ns-and-i/", ["NS&I", "NS & I", "NS and I", "NSI", "ns&amp;i"]),
    ("examples/cable-and-wireless/", ["Cable & Wireless", "Cable and Wireless", "Cable&Wireless"]),
    ("glossary/time-and-materials/", ["T&M", "T & M", "time & materials"]),
    ("glossary/global-business-services/ glossary/bto/ sources/change/", ["P&G"]),
    # A word that only asks, and a name nonetheless.
    ("about/", ["About", "about this site", "about"]),
    ("glossary/statement-of-work/", ["SoW", "SOW"]),
    ("glossary/centre-of-excellence/", ["CoE"]),
    ("glossary/sme/", ["SME", "SMEs"]),
    ("glossary/ito/ glossary/ites/", ["IT"]),
    ("glossary/the-o-in-kpo/", ["the O in KPO"]),
    # Inflected.
    ("glossary/kpo/ definitions/core-kpo/", ["KPOs", "KPO", "KPO's"]),
    ("definitions/bpo/", ["BPOs", "BPO"]),
    ("glossary/outsourcing/", ["outsource", "outsourced", "outsources"]),
    ("glossary/insourcing/", ["insource", "insourced"]),
    ("glossary/reshoring/", ["reshore"]),
    ("glossary/rightshoring/", ["rightshore"]),
    ("glossary/alliance/", ["alliances"]),
    ("glossary/governance/", ["govern", "góvernance", "goverance"]),
    # With accents and without, with every apostrophe.
    ("glossary/jagged-frontier/", ["Dell'Acqua", "Dell’Acqua", "DellAcqua"]),
    ("examples/jpmorgan-mumbai/", ["JPMorgan's research unit", "JPMorgan’s research unit", "JPMorgan‘s research unit"]),
    ("questions/ examples/tesco-dunnhumby/", ["client's", "client’s", "clients'"]),
    # With digits.
    ("examples/smithdehn/", ["Channel 4"]),
    ("examples/boeing-787/", ["787", "Boeing 787"]),
    ("examples/nhs-sbs/", ["709,000 letters"]),
    ("glossary/iso-37500/", ["37500"]),
    # In other words.
    ("questions/", ["salary", "wages", "ChatGPT", "layoffs", "freelancers", "night shift"]),
    ("market/ questions/", ["market size", "KPO market size", "CAGR"]),
    ("evolution/", ["history of KPO", "origin of KPO", "timeline"]),
    # In American spelling.
    ("glossary/labour-arbitrage/", ["labor arbitrage", "labour arbitrage"]),
    ("glossary/unauthorised-practice-of-law/", ["unauthorized practice of law"]),
    ("glossary/contract-research-organisation/", ["contract research organization"]),
    ("glossary/shared-services-centre/", ["shared services center"]),
    # With a slip.
    ("definitions/transformational-bpo/", ["transformtional", "transformational outsorcing", "tranformational bpo"]),
    ("glossary/attrition/", ["atrition", "attritoin", "attrittion"]),
    ("glossary/knowledge-transfer/", ["knowlege transfer", "knowledge tranfser"]),
    ("glossary/crowdsourcing/", ["crowdsorcing", "crowdsuorcing"]),
]
#: What no page has.
NOWHERE = ["xyzzyq", "каша", "???", "q8zz"]


def found_first(page, base, wanted: list[tuple[str, str]]) -> list[str]:
    """Ask for each text; return a problem for each whose first result is none of the places, parted by spaces."""
    found = ask(page, base, [text for text, _ in wanted])
    problems = []
    for (text, places), results in zip(wanted, found, strict=True):
        right = ["" if place == "." else place for place in places.split()]
        if not results:
            problems.append(f"search: {text!r} finds nothing.")
        elif not any(results[0] == one or results[0].partition("#")[0] == one for one in right):
            problems.append(f"search: {text!r} finds {results[0]!r} first, not {places}. See tools/search.yml.")
    return problems


def names(site) -> list[tuple[str, str]]:
    """(name, place) of each title, nav label, record, heading that asks, and phrase of tools/search.yml."""
    found = []
    for page in site.pages.values():
        place = page.url or "."
        found += [(name, place) for name in [page.meta["title"], *own_names(site, page)]]
        asked = [one for one in page.headings if one.text.endswith("?") and one.level > 1]
        found += [(one.text, f"{page.url}#{one.id or slug(one.text)}") for one in asked]
    found += [(phrase, address(site, place) or ".") for place, some in leads(site) for phrase in some]
    return found


@pytest.fixture
def box(browser, base, built):
    """A page of the worker's own with the search open, and the field into which one types."""
    page = open_page(browser, viewport={"width": 1280, "height": 900})
    page.goto(f"{base}about/")
    field = page.locator("input[name=query]")
    field.focus()
    page.get_by_text("Type to start searching").wait_for()
    return page, field


@pytest.fixture
def asker(browser):
    """A page in which the search's functions are called."""
    return open_page(browser, viewport={"width": 1280, "height": 900})


# -- Ranking -----------------------------------------------------------------------------------------------------------


def test_questions_are_answered(asker, base, built):
    """Of the half of the natural questions on which the search was built, enough have a right page first, or soon."""
    asked = questions(BUILT_ON)
    found = ask(asker, base, [one.text for one in asked])
    shares = score(asked, found)
    assert shares["first"] >= FIRST and shares["three"] >= THREE and not shares["empty"], misses(asked, found)


def test_questions_name_places(site):
    """The places of both halves are there, and no question stands in both."""
    both = questions(BUILT_ON) + questions(MEASURE)
    assert len({one.text for one in both}) == len(both) == 150
    there = set(site.addresses)
    gone = [f"{one.text!r}: {place}" for one in both for place in one.places if f"/{place}" not in there]
    assert not gone, "\n".join(gone)


def test_names_come_first(asker, base, built, site):
    """Every name of a page and heading that asks, typed whole, comes first; so does what tools/search.yml adds."""
    wanted = names(site)
    assert len(wanted) > 500
    problems = found_first(asker, base, wanted)
    assert not problems, "\n".join(problems)


def test_every_form_comes_first(asker, base, built):
    """So do names as people type them: with signs and without, inflected, in other spellings, with a slip."""
    problems = found_first(asker, base, [(text, places) for places, some in FORMS for text in some])
    assert not problems, "\n".join(problems)


def test_nothing_is_in_vain(asker, base, built):
    """No letter, digit or sign breaks the search, accents decide nothing; where nothing fits, the ways on are shown."""
    asked = [*"abcdefghijklmnopqrstuvwxyz0123456789&'\"*+-~^:(", *NOWHERE]
    found = dict(zip(asked, ask(asker, base, asked), strict=True))
    assert all(found.values()), found
    assert {tuple(found[text]) for text in NOWHERE} == {("questions/", "glossary/")}
    assert ask(asker, base, ["", " "]) == [[], []]
    forms = ask(asker, base, ["Tétrault", "Tetrault", "TÉTRAULT", "tétrault"])
    assert forms[0] and forms.count(forms[0]) == 4, forms


# -- The box -----------------------------------------------------------------------------------------------------------


def test_results_are_told_and_lead_on(box, base):
    """The number of results is told aloud; a result leads to its heading by a clean address; no tag is shown."""
    page, field = box
    field.fill("is kpo a call centre")
    field.press("End")
    told = page.locator(".md-search [role=status]")
    told.filter(has_text=re.compile(r"^\d+ pages$")).wait_for()
    assert page.locator(".md-search-result__item").count() == int(told.inner_text().split()[0])
    assert page.locator(".md-search-result .md-tag, .md-search-result__terms").count() == 0
    assert not violations(page)
    field.press("Enter")
    page.wait_for_url(f"{base}questions/#call-centre")


def test_slips_are_told(box):
    """What was read otherwise than typed is said; where nothing was found, that is said, and what else there is."""
    page, field = box
    first = page.locator(".md-search-result__item").first
    for text, said in (
        ("transformtional", "Not found: transformtional. Shown: transformational."),
        ("zzyzx kpo", "Not found: zzyzx."),
        ("xyzzyq", "Nothing found for xyzzyq."),
    ):
        field.fill(text)
        field.press("End")
        first.filter(has_text=said).wait_for()
    page.get_by_role("link", name="All terms from A to Z").first.click()
    page.wait_for_url("**/glossary/")


@pytest.mark.parametrize(("width", "height", "least"), [(1280, 900, 3), (360, 800, 2)])
def test_results_fit(browser, base, built, width, height, least):
    """Three results fit a screen, two that of a phone, and titles are larger than what they stand above."""
    page = open_page(browser, viewport={"width": width, "height": height}, reduced_motion="reduce")
    page.goto(f"{base}about/")
    field = page.locator("input[name=query]")
    for text, first in (("what is kpo", "What is KPO?"), ("core process", "Core process"), ("exit plan", "Exit plan")):
        field.fill(text)
        field.press("End")
        page.locator(".md-search-result__item").first.filter(has_text=first).wait_for()
        page.wait_for_timeout(400)
        sizes = page.evaluate("""() => [...document.querySelectorAll(".md-search-result__item")].map((item) => {
          const size = (node) => parseFloat(getComputedStyle(node).fontSize);
          const { top, bottom } = item.getBoundingClientRect();
          return [top, bottom, ...["h1", "article"].map((name) => size(item.querySelector(name)))];
        })""")
        whole = [1 for top, bottom, *_ in sizes if top > 0 and bottom <= height * 0.9]
        assert len(whole) >= min(least, len(sizes)), f"{text}: {sizes}"
        assert all(title > excerpt for *_, title, excerpt in sizes)


def test_the_missing_page_can_be_searched(browser, base, built):
    """The 404 page, wherever it is shown, finds index and pages."""
    page = open_page(browser, viewport={"width": 1280, "height": 900})
    page.goto(f"{base}404.html")
    field = page.locator("input[name=query]")
    field.fill("NS&I")
    field.press("End")
    page.locator(".md-search-result__item").first.wait_for()
    field.press("Enter")
    page.wait_for_url(f"{base}examples/ns-and-i/")


# -- Breaks ------------------------------------------------------------------------------------------------------------

ITO = [("ITO", "glossary/ito/")]
INDEX = "search/search_index.json"
BREAKS = [
    (INDEX, '"location":"glossary/ito/"', '"location":"glossary/moved/"', ITO, "search: 'ITO' finds"),
    (INDEX, '"docs":[', '"docs":[],"rest":[', ITO, "search: 'ITO' finds nothing"),
    ("assets/search/words.json", '"layoffs"', '"lay"', [("layoffs", "questions/#my-job")], "'layoffs' finds"),
]


@pytest.mark.parametrize(("file", "old", "new", "wanted", "says"), BREAKS, ids=[b[-1] for b in BREAKS])
def test_break_is_seen(asker, broken, file, old, new, wanted, says):
    """One defect in the index or the words is seen by the check."""
    found = found_first(asker, broken((file, old, new))[1], wanted)
    assert any(says in line for line in found), found


def test_questions_without_answers_are_seen(asker, broken):
    """An index without the page of questions lowers the shares, and the misses are named."""
    _, address = broken((INDEX, '"docs":[', '"docs":[],"rest":['))
    asked = questions(BUILT_ON)
    found = ask(asker, address, [one.text for one in asked])
    shares = score(asked, found)
    assert (shares["first"], shares["three"], shares["empty"]) == (0, 0, 1)
    assert len(misses(asked, found)) == len(asked)
