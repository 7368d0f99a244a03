"""Editions: published, frozen, citable, comparable.

`snapshot` reads what one edition says from its catalog; `differences` compares two of them; `wording` does so for
running text, word by word; `report` puts a comparison into Markdown, HTML or JSON. Nothing here asks git.
"""
