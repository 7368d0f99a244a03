"""Library → documents: PDF, EPUB and DOCX, from the same rendered Markdown as the site.

Units of HTML are composed from records (`compose`), put together to documents (`assemble`), and written by
writers that know nothing of each other (`pdf`, `epub`, `docx`). `catalogue` says which documents a library
has; `make` and `run` make them.
"""
