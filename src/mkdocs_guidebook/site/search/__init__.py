"""Finding things: what can be found, the index of it, and the words that mean the same.

items    everything that is a result of its own, with its facets: from the library alone
words    the glossary's words and the spellings that lead to each other: a small file that the browser reads
index    Pagefind's index of the items, with the text of the built pages: made when everything else is there

The copy of a site that is opened from a disk brings the same index in one classic script: build/offline.py.

The Library page (views/library.py) lists all items with their facets as attributes, so that it can be read
without JavaScript and filtered without an engine; a query only asks Pagefind which items it matches. Pagefind
names a result by the hash of its text, so `index` also writes which item each hash belongs to.

There is no service worker: it could show withdrawn advice as if it stood. What must work without internet is a
copy with its date on it (`guidebook build --offline`).
"""
