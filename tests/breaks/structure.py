"""Breaks of tools/rules/structure.py."""

from tests.breaks import Break, added, defect

TERM, PAGE = "docs/glossary/ito.md", "docs/compare.md"
ROW = "| **Offshore or not** | Either | Either | Either |"
LINE = "|---|---|---|---|"
SMALL = "| a | b |\n|---|---|\n| **c** | d |\n/// table-caption\nSmall.\n///"


def table(old: str, new: str, says: str, also: str = "") -> Break:
    """A break of a table."""
    return defect(f"tables_are_readable {also}", PAGE, old, new, says)


def tags(old: str, new: str, says: str, also: str = "") -> Break:
    """A break of the raw HTML of a page."""
    return defect(f"tags_are_balanced {also}", PAGE, old, new, says)


#: What repeats an id, a heading or a count.
MADE = "made_parts_are_fresh"
READ = "markdown_is_read_as_meant"
BREAKS = [
    defect("markdown_is_read_as_meant", "docs/about.md", "\n## ", "\nFor R&amp;amp;D alone.\n\n## ", "escaped twice"),
    defect(f"skeletons_are_kept {MADE}", TERM, "{#not}", "{#nought}", "has the id not"),
    defect("skeletons_are_kept", "docs/glossary/mro.md", "## Which one is meant", "## What it is not", "another order"),
    defect("skeletons_are_kept", TERM, "## What it is not", "## Which one is meant", "another order"),
    defect(
        f"skeletons_are_kept headings_are_distinct {MADE}",
        PAGE,
        "\n## ",
        "\n## Kinds\n\n## ",
        "a heading without an id",
    ),
    defect("skeletons_are_kept", PAGE, "\n## ", "\n### ", "H3 after H1 skips a level"),
    added(f"skeletons_are_kept {MADE}", "## [The test](classify.md) {#test-x}\n\nSo.", "a link in a heading"),
    defect("skeletons_are_kept", TERM, "\n## What", "\nSee [ITO](ito.md).\n\n## What", "a page links to itself"),
    added(f"headings_are_distinct {MADE}", "##  {#nothing}", "a heading without words"),
    added(f"headings_are_distinct {MADE}", "## The end {#end}\n\n## The end {#end-2}", "stands in line"),
    added(f"headings_are_distinct {MADE}", "## The end. {#end}", "a heading ends in '.'"),
    added(f"headings_are_distinct {MADE}", "## The end {#The_End}", "Write: {#the-end}"),
    added("tables_are_readable", SMALL.replace("\n///", "\n**e** | f |\n///", 1), "does not begin with |"),
    table(ROW, ROW[:-2], "a row of a table does not end in |"),
    added("tables_are_readable", SMALL.replace("|---|---|\n", ""), "no separator below"),
    table(LINE, LINE[4:], "the separator has 3 cells, the header above it 4"),
    table(ROW, f"{ROW} more |", "a row with 5 cells below a header with 4", MADE),
    table(ROW, ROW[:-9], "a row with 3 cells below a header with 4", MADE),
    table(ROW, ROW[:-8] + " |", "a cell says nothing ('')"),
    table(ROW, ROW[:-8] + "- |", "a cell says nothing ('-')"),
    table("\n/// table-caption", "\n\n/// table-caption", "a table without a caption"),
    added("tables_are_readable", f"{SMALL}\n\n{SMALL}", "the table has the caption of the one in line"),
    table(ROW, ROW.replace("**", ""), "0 cells of the row are bold as a whole"),
    table("| **What the supplier answers for** | Service levels |",
          "| **Who makes the final decision** | The buyer |",
          "the row 'Who makes the final decision' stands in line"),
    added("tables_are_readable", SMALL.replace("| b", "| a"), "two columns are called 'a'"),
    tags("\n</div>", "", "compare.md:23: <div> is not closed on this page"),
    tags("\n</div>", "\n</div>\n</div>", "</div> closes nothing"),
    added("tags_are_balanced", "<div>\nOne <b>two.\n</div>", "<b> is not closed before </div>"),
    tags("All three columns are shown.", "All three columns are shown.<i/>", "<i/> does not close itself"),
    tags('<div id="chooser"', '<div id="chooser" id="chooser-2"', "<div> has the attribute id twice", MADE),
    added("tags_are_balanced", "<span class=a></span>", "the value of class stands without quotation marks"),
    tags("\n## The three", '\n<span id="chooser"></span>\n\n## The three', "the id chooser stands in line 19 too"),
    added("tags_are_balanced", '<span aria-label="a" aria-describedby="b"></span>', "names the id b, which is not"),
    added("tags_are_balanced", "<!-- A note", "a comment with one end: <!--"),
    tags("\n</div>", "\n</div", "a tag is not closed by >"),
    tags("reported by sources.\n///", "reported by sources.", "the block of line 49 is not closed before this one"),
    added("tags_are_balanced", "/// note", "a block /// is not closed on this page", "docs/about.md"),
    added("tags_are_balanced", "///", "/// closes nothing"),
    added("tags_are_balanced", "```\nCode.", "a fence of code is not closed"),
    added(READ, "!!! note", "admonitions are not switched on"),
    added(READ, "A claim.[^1]", "footnotes are not switched on"),
    added(READ, "##Heading", "no space behind the # of a heading"),
    added(READ, "It is _so_.", "Write * instead"),
    added(READ, "One:\n- Two.", "a list directly below a paragraph"),
    added(READ, f"One.\n{SMALL}", "a table directly below a paragraph"),
    added(READ, "- One.\nTwo.", "a paragraph directly below a list"),
    added(READ, "- One.\n  - Two.", "an item stands indented by 2"),
    added(READ, "- One.\n-Two.", "no space behind the mark of an item"),
    added(READ, "It is **so.", "** has no partner"),
    added(READ, "It is **so **.", "a space inside the emphasis"),
    added(READ, "It is *so.", "* has no partner"),
    added(READ, "See [[the table](classify.md#table).", "a square bracket has no partner"),
    added(READ, "The firm`s own.", "a backtick without a partner"),
    defect(
        "skeletons_are_kept", "docs/glossary/rpa.md", "## In a contract {#in-a-contract}\n", "",
        "a clause to start from stands below {#do}. Put it below:  ## In a contract",
    ),
    defect("skeletons_are_kept", "docs/clauses.md", "\n### Escrow", "\n#### Escrow", "so nobody finds this H4 there"),
    defect(
        "skeletons_are_kept", "docs/practice.md", "## 3. Choose the form", "## 2. Choose the form",
        "the heading is numbered 2, the one before it 2. Number it 3",
    ),
    added(f"headings_are_distinct {MADE}", "## Nothing at all {#at-all}", "nothing stands below 'Nothing at all"),
    defect(READ, "docs/definitions/core-kpo.md", ">\n> (b) The result", "\n(b) The result", "begins in the midst of"),
]  # fmt: skip
