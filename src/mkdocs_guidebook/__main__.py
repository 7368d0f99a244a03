"""``python -m mkdocs_guidebook`` is the ``guidebook`` command."""

from mkdocs_guidebook.cli import main

main()
