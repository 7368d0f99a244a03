"""The site of a preview as files, for its search index and documents: PROJECT FOLDER [--no-print]."""

from __future__ import annotations

import sys
from pathlib import Path

from mkdocs_guidebook.build import build

if __name__ == "__main__":
    build(
        Path(sys.argv[1]),
        drafts=True,
        documents="--no-print" not in sys.argv,
        folder=Path(sys.argv[2]),
        progress=lambda step, done, total: None,
    )
