"""A guide on another subject and in another language, in tests/fixtures/foreign-site.

It is about volunteer fire brigades, in French, with every kind of record. What its site shows is tied to nothing of
the real project.
"""

from __future__ import annotations

CHAPTER = "guidebook/accueillir-une-recrue/"
RECORDS = {
    CHAPTER: "Accueillir une recrue",
    "guidebook/partir-en-intervention/": "Partir en intervention",
    "state-of-the-art/belgique/": "Belgique",
    "state-of-the-art/fidelisation/": "Garder les volontaires",
    "local-activities/saint-exemple/": "Saint-Exemple : la garde du samedi",
    "local-activities/kalamata/": "Kalamata",
}
