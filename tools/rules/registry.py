"""What a rule is: a function from a `Site` to its problems, each with its place and its mend."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tools.site import Site


@dataclass(frozen=True, order=True)
class Problem:
    """Something wrong: the file from the project's root, the line (1 where it is the whole file), what, the mend."""

    file: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        """One line as editors and CI read it; a mend may go on below with a text to paste."""
        return f"{self.file}:{self.line}: {self.what} {self.mend}"


Rule = Callable[[Site], Iterator[Problem] | list[Problem]]
#: Every rule, in the order in which the modules are read. tests/breaks/ breaks each message of each.
RULES: list[Rule] = []


def rule(function: Rule) -> Rule:
    """Register a rule. Its first line of documentation says what holds; its name stands behind each of its problems."""
    RULES.append(function)
    return function
