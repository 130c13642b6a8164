"""The program beside the pages: it reads the Markdown, holds it to rules, and makes what follows from it.

It imports no test and no test framework. `python -m tools` lists its commands.
"""
