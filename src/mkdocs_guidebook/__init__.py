"""Structured YAML and Markdown, checked and rendered into a guidebook site and accessible print.

The package is a house of floors; each imports only from floors below it::

    cli
    build
    site | press
    checks
    language
    markup
    content
    problems | workers

One direction: files → library → pages → outputs.
"""

from importlib.metadata import version

__version__ = version("mkdocs-guidebook")
