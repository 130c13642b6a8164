"""What was held against its source stays as it was confirmed, or is named: each message, and what may change it."""

import pytest

from tools import commands, confirmed
from tools.confirmed import FILE, REWRITTEN, as_it_stands, unconfirmed
from tools.move import moved
from tools.site import Site

#: (what is written into the page for "Beta bought 1,200 reviews from Gamma in 2019, but no forecast of it was true.",
#: what is said of it)
CHANGES = [
    ("1,200 reviews", "1,020 reviews", "says '1,020' where '1,200' was confirmed."),
    ("from Gamma", "from Delta", "says 'Delta' where 'Gamma' was confirmed."),
    ("but no forecast", "but forecast", "no longer says 'no', which was confirmed."),
    ("was true", "was never true", "says 'never', which nobody has confirmed."),
    ("[it](about.md)", "[it](brief.md)", "says 'brief.md' where 'about.md' was confirmed."),
    ("bought 1,200 reviews from", "sold 1,200 reviews to", "says 'to' where 'from' was confirmed."),
    ("\nThat is so.", "\nOmega did so in 2024.", "says 'Omega 2024', which nobody has confirmed."),
]
FRONT = "---\ntitle: t\n---\n"
TEXT = f"""{FRONT}
Beta bought 1,200 reviews from Gamma in 2019, but no forecast of [it](about.md) was true.

That is so.
"""
PAGE = "docs/story.md"


@pytest.fixture
def story(tmp_path):
    """A site of one page, which was confirmed, beside an about.md that says nothing."""
    (tmp_path / "docs").mkdir()
    (tmp_path / PAGE).write_text(TEXT, "utf-8")
    (tmp_path / "docs/about.md").write_text(FRONT, "utf-8")
    site = Site(tmp_path)
    return site.edited({FILE: as_it_stands(site)})


def test_pages_are_confirmed(site):
    """Nothing on the tree has changed since somebody held it against its source."""
    assert [str(problem) for problem in unconfirmed(site)] == []


@pytest.mark.parametrize(("old", "new", "says"), CHANGES, ids=[says for _, _, says in CHANGES])
def test_change_is_named(story, old, new, says):
    """A figure, a name, a word of force, a link that is not as it was confirmed is named, the old beside the new."""
    assert unconfirmed(story) == []
    assert old in TEXT
    text = TEXT.replace(old, new)
    found = unconfirmed(story.edited({PAGE: text}))
    assert [(problem.file, problem.what) for problem in found] == [(PAGE, says)]
    assert found[0].line == next(
        n for n, line in enumerate(TEXT.replace(old, new).split("\n"), 1) if new.strip() in line
    )


def test_figure_that_stays_elsewhere_is_named(story):
    """A figure that was changed in one place, and not in the others, is named with those; one that is common is not."""
    two = story.edited({PAGE: TEXT.replace("That is so.", "Those 1,200 reviews of 2019 were 7 a day.")})
    two = two.edited({FILE: as_it_stands(two)})
    text = two.text(PAGE)
    changed = text.replace("bought 1,200", "bought 1,300").replace("in 2019", "in 2018")
    said = [problem.what for problem in unconfirmed(two.edited({PAGE: changed}))]
    assert said == [
        f"says '1,300' where '1,200' was confirmed. The old one still stands in {PAGE}:7.",
        "says '2018' where '2019' was confirmed.",
    ]


def test_what_changes_tell_is_no_leftover(story):
    """The list of changes may say what a figure was; the rest of its page may not."""
    about = f"{FRONT}## Rest\n\nIt was 1,200.\n\n## Changes {{#changes}}\n\n- 1 May 2026: it was 1,200.\n"
    two = story.edited({"docs/about.md": about})
    two = two.edited({FILE: as_it_stands(two)})
    (found,) = unconfirmed(two.edited({PAGE: TEXT.replace("1,200", "1,300")}))
    line = about.split("\n").index("It was 1,200.") + 1
    assert found.what.endswith(f"The old one still stands in docs/about.md:{line}.")


def test_wording_is_free(story):
    """A sentence may be said in other words, and moved to another line, as long as its facts stay."""
    assert (
        unconfirmed(
            story.edited({PAGE: TEXT.replace("but no forecast", "and yet no guess").replace("\nEnd", "\n\nend")})
        )
        == []
    )


def test_page_is_named_once(story):
    """A page that is new, gone or rewritten is one problem."""
    assert [p.what for p in unconfirmed(story.edited({"docs/other.md": TEXT}))] == [
        "nobody has confirmed this page, which is new."
    ]
    gone = unconfirmed(story.edited({PAGE: None, "docs/other.md": TEXT}))
    assert "confirms story.md, which is gone." in [p.what for p in gone]
    many = "".join(f"\n\nIn {year} they met." for year in range(1980, 1980 + REWRITTEN))
    (one,) = unconfirmed(story.edited({PAGE: TEXT + many}))
    assert one.what == f"{REWRITTEN} figures, names or words of force are not as they were confirmed."


def test_move_carries_what_was_confirmed(site):
    """A renamed page, and the links to it, stay confirmed; what was not confirmed before is not confirmed by it."""
    site = site.edited({"docs/compare.md": site.text("docs/compare.md") + "\nOmega did so in 1977.\n"})
    after = site.edited(moved(site, "glossary/ito.md", "glossary/it.md"))
    found = unconfirmed(after)
    assert {problem.file for problem in found} == {"docs/compare.md"}


def test_records_carry_what_was_confirmed(project, capsys):
    """What `make records` makes is confirmed with it; what somebody typed beside it is not."""
    project("docs/glossary/ito.md", "topic: labels for outsourced work", "topic: change and technology")
    project("docs/compare.md", "\n## ", "\nThat was in 1977.\n\n## ")
    assert commands.records() == 0
    capsys.readouterr()
    found = {problem.file for problem in unconfirmed(Site(project.root))}
    assert found == {"docs/compare.md"}


def test_confirm_prints_and_writes(project, monkeypatch, capsys):
    """`make confirm` prints each change and confirms all; after it there is nothing to confirm."""
    monkeypatch.setattr(confirmed, "Site", lambda: Site(project.root))
    project("docs/compare.md", "\n## ", "\nThat was in 1977.\n\n## ")
    assert commands.check_all() == 1
    assert "says '1977', which nobody has confirmed. Put it back" in capsys.readouterr().err
    assert confirmed.confirm() == 0
    assert ": says '1977', which nobody has confirmed." in capsys.readouterr().out
    assert unconfirmed(Site(project.root)) == []
