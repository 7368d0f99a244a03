"""From files to typed records to a library; every value remembers its file, line and column."""

from mkdocs_guidebook.content.library import Entry, Library, NumberedRecommendation, Record
from mkdocs_guidebook.content.loading import load

__all__ = ["Entry", "Library", "NumberedRecommendation", "Record", "load"]
