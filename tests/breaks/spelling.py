"""Breaks of tools/rules/spelling.py."""

from tests.breaks import added, defect

SPELT, WORDS = "words_are_spelt", "tools/words.txt"
BREAKS = [
    added(SPELT, "A recieved word.", "recieved: not in the British dictionary"),
    added(SPELT, "Recieved words.", "Recieved: not in the British dictionary"),
    added(SPELT, "An organization.", "organization: not in the British dictionary"),
    added(SPELT, "The well-definned work.", "definned: not in the British dictionary (in well-definned)"),
    added(SPELT, "The name of Evaluserve.", "Evaluserve: not in"),
    defect(SPELT, "docs/examples/xo1.md", "dangerous bleeding", "dangerous bleedign", "xo1.md:{line}: bleedign"),
    defect(
        f"{SPELT} made_parts_are_fresh",
        "docs/market.md",
        ">Eight sizes",
        ">Eihgt sizes",
        "Eihgt: not in",
    ),
    defect(SPELT, "mkdocs.yml", "Questions people", "Questions peopel", "mkdocs.yml:{line}: peopel"),
    defect(SPELT, "README.md", "a test of four", "a tset of four", "README.md:{line}: tset"),
    defect(SPELT, "docs/examples/riya.md", "Munjal", "Munjál", "Munjal is needless: no page uses it"),
    defect(SPELT, WORDS, "Zinnov\n", "Zinnov\nzone\n", "zone is needless: the dictionary has it"),
    defect(SPELT, WORDS, "Zinnov\n", "\nZinnov\n", "an empty line"),
    defect(SPELT, WORDS, "Zinnov\n", "Zinnov\nagentic\n", "agentic stands below Zinnov"),
    added("one_variety_is_written", "A training program.", "Write: programme"),
    added("one_variety_is_written", "The license of the firm.", "Write: licence"),
    added("one_variety_is_written", "The firm may practice law.", "Write: practise"),
    defect("one_variety_is_written", "mkdocs.yml", "From BPO to", "From BPO toward", "mkdocs.yml:{line}: 'toward'"),
    added("compounds_agree", "An off-shore centre.", "'off-shore', elsewhere 'offshore'"),
    added("compounds_agree", "A news paper.", "'news paper', elsewhere 'newspaper'"),
    added("compounds_agree words_are_spelt", "The fulltime work.", "'fulltime', elsewhere 'full-time'"),
]
