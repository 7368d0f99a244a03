"""Files of the site that are made when they are written, and not before: an earlier one may do."""

from __future__ import annotations

from collections.abc import Callable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File


class MadeFile(File):
    """A file that a function makes."""

    key: str
    """It is the same for as long as this is (see `keys`)."""
    _make: Callable[[], str | bytes]

    @classmethod
    def of(cls, config: MkDocsConfig, place: str, make: Callable[[], str | bytes], key: str) -> MadeFile:
        """Return the file at a place in the site."""
        file = cls(place, None, config.site_dir, config.use_directory_urls)
        file.generated_by = "guidebook"
        file._make = make
        file.key = key
        return file

    @property
    def _content(self) -> bytes:  # type: ignore[override]  # MkDocs reads it when it writes the file
        content = self._make()
        return content if isinstance(content, bytes) else content.encode()
