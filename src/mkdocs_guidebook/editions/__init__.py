"""Editions: published, frozen, citable, comparable.

`snapshot` is what one edition says, and `reading` takes it from its catalog; `differences` compares two of them;
`wording` does so for running text, word by word; `report` puts a comparison into Markdown, HTML or JSON. Nothing here
asks git. `publish` adds an edition to the folder of all (`shelf`), with its checksums (`seals`), and renews what stands
beside them (`beside`, `root`).
"""
