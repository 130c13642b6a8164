"""Breaks of tools/rules/figures.py."""

from tests.breaks import added, defect, on_about, stands

MARKET, PUBLISHED, XO1 = "docs/market.md", "docs/definitions/published.md", "docs/examples/xo1.md"
COOK = "docs/examples/thomas-cook-accenture.md"
AMOUNT = stands(MARKET, r"\| \$[\d.]+bn \|")
CODED = "47 − 15 − 3 − 1 = 28"


BREAKS = [
    defect("sums_are_right", MARKET, "^", "^9", "the sum gives"),
    defect("sums_are_right", COOK, " = £149.5m.", " = £150.5m.", "not £150.5m"),
    defect("sums_are_right", COOK, "Sum: ", "Sum: 7,654,321 − 7,654,321 + ", "7,654,321 stands nowhere else"),
    defect("sums_are_right", COOK, " = £149.5m.", " is £149.5m.", "not of its form"),
    defect("sums_are_right", COOK, " = £149.5m.", " = a lot.", "not of its form"),
    defect("sums_are_right", COOK, "£19m + £43.5m", "£19m - £43.5m", "the minus is −"),
    defect("sums_are_right prose_is_punctuated", COOK, "£19m + £43.5m", "£19m − − (£43.5m", "it cannot be worked out"),
    defect("sums_are_right", COOK, "£19m + £43.5m", "£19m ÷ (£43.5m − £43.5m)", "it cannot be worked out"),
    defect("sums_are_right", COOK, "£19m + £43.5m", "+£19m", "neither a number nor a sign"),
    defect("sums_are_right", COOK, "£19m + £43.5m", "£19m^£43.5m", "a power above 100"),
    defect("sums_are_right", COOK, "= £149.5m", "= $149.5m", "the result is in $"),
    defect(
        "amounts_have_a_currency drawings_can_be_made",
        MARKET,
        AMOUNT,
        AMOUNT.replace("$", ""),
        "in a column of amounts",
    ),
    on_about("amounts_have_a_currency", "In 2020 they spent 5 million a year.", "'5 million a' has no currency"),
    on_about("amounts_have_a_currency", "The market of 2020 stood at 3.4bn.", "'3.4bn' has no currency"),
    on_about("amounts_have_a_currency", "In 2020 it cost $£5.", "'$£' is in two currencies"),
    on_about("amounts_have_a_currency", "In 2020 it cost £5m dollars.", "'£5m dollars' is in two currencies"),
    on_about("amounts_have_a_currency", "In 2020 it cost $1.2 m.", "'$1.2 m' is not spaced"),
    on_about("amounts_have_a_currency", "In 2020 it cost £ 40.", "'£ 40.' is not spaced"),
    defect(
        "amounts_have_a_currency",
        MARKET,
        "an estimated $28.5bn | 2023",
        "an estimated £28.5bn | 2023",
        "£28.5bn is $28.5bn elsewhere",
    ),
    on_about(
        "money_has_its_year made_parts_are_fresh", "## Money {#money}\n\nIt cost $5.", "an amount of money, and no year"
    ),
    on_about("years_are_possible", "It began in 1091.", "1091 is no year"),
    on_about("years_are_possible", "It began in 2104, by plan.", "2104 is no year"),
    on_about("years_are_possible", "It failed in 2041.", "2041 is no year"),
    on_about("years_are_possible", "It began on 31 November 2015.", "there is no day 31 November 2015"),
    on_about(
        "years_are_possible dates_are_written_alike",
        "It began on February 30, 2015.",
        "there is no day February 30, 2015",
    ),
    on_about("years_are_possible", "It began on 2015-13-01.", "there is no day 2015-13-01"),
    defect(
        "shares_are_possible",
        "docs/glossary/jagged-frontier.md",
        "\n## Where",
        "\nSome 190% agreed.\n\n## Where",
        "190%",
    ),
    # Beside an invented scene and an invented table.
    added(
        "money_has_its_year",
        "Suppose one costs $9.\n\nIt cost $5.\n\n| Count | Price |\n|---|---|\n| **2** | $18 |\n| **3** | $27 |\n"
        "/// table-caption\nThese prices are invented.\n///",
        "an amount of money, and no year in its section",
        "docs/glossary/bot.md",
    ),
    on_about("dates_are_written_alike", "It began on May 3, 2015.", "'May 3, 2015' is not written as other dates are"),
    on_about("dates_are_written_alike", "It began on 3rd May.", "'3rd May' is not written as other dates are"),
    on_about("dates_are_written_alike", "It began on 03/05/2015.", "'03/05/2015' is not written as other dates are"),
]
