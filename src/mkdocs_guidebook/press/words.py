"""The words that documents show: the one place where print asks for the catalogue of a language."""

from mkdocs_guidebook.site.language import Language

__all__ = ["Language"]
