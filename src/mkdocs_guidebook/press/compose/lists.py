"""All recommendations, and all countries side by side."""

from __future__ import annotations

from mkdocs_guidebook.press.compose.parts import head, recommendation
from mkdocs_guidebook.press.context import Press, Unit, el, escape, table


def recommendations(press: Press) -> Unit:
    """Return all recommendations, chapter by chapter, after what the evidence words mean."""
    library, language = press.library, press.language
    path = "recommendations.md"
    write = press.writer("guidebook/book.yml")
    evidence = library.evidence
    meanings = [
        el("dt", escape(level.label)) + el("dd", write.inline(level.meaning))
        for level in (*evidence.strengths, *evidence.certainties)
    ]
    parts = []
    for chapter in library.chapters:
        own = press.writer(chapter.path)
        cards = [
            recommendation(own, item) for item in library.recommendations.values() if item.chapter is chapter
        ]
        if cards:
            number = library.chapter_numbers[chapter.id]
            parts.append(el("h2", f"{number}  {escape(chapter.data.title)}", id=f"chapter-{chapter.id}"))
            parts += cards
    return Unit(
        path=path,
        title=language("print.all_recommendations"),
        html=el(
            "article",
            head(
                language("print.all_recommendations"),
                eyebrow=library.book.title,
                summary=language("recommendations.summary"),
            ),
            el(
                "section",
                el("h2", escape(language("recommendations.evidence")), id="evidence"),
                el("dl", meanings),
                el("p", write.inline(evidence.about), " ", write.cite(evidence.sources))
                if evidence.about
                else None,
            )
            if meanings
            else None,
            parts,
        ),
        kind="list",
        running=language("print.all_recommendations"),
    )


def recommendation_index(press: Press) -> Unit:
    """Return all recommendations by number, with the pages where they stand."""
    language = press.language
    rows = [
        el(
            "p",
            el("a", f"{item.number} {escape(item.data.text)}", href=f"/{item.chapter.path}#{item.data.id}"),
        )
        for item in press.library.recommendations.values()
    ]
    title = language("print.by_recommendation")
    return Unit(
        path="print/index",
        title=title,
        html=el("article", head(title), el("div", rows, class_="gb-index")),
        kind="list",
        running=title,
    )


def comparison(press: Press) -> Unit:
    """Return the profiles of all countries side by side, field by field, as one table."""
    library, language = press.library, press.language
    articles = [article for article in library.articles if article.data.country]
    write = press.writer("data/vocabulary.yml").without_terms()
    rows = []
    for field in library.vocabulary.profile:
        cells = [el("th", escape(field.label), scope="row")]
        for article in articles:
            entry = article.data.profile.get(field.id)
            if entry is None:
                cells.append(el("td", el("p", escape(language("matrix.no_entry")), class_="gb-missing")))
                continue
            html = write.blocks(entry.text, base=article.path)
            if "gb-cite" not in html:
                html += el("p", write.cite(entry.sources), class_="gb-note")
            cells.append(el("td", html))
        rows.append(el("tr", cells))
    headers = [language("article.field")] + [
        language.country(article.data.country or "") for article in articles
    ]
    return Unit(
        path="comparison.md",
        title=language("comparison.title"),
        html=el(
            "article",
            head(
                language("comparison.title"),
                eyebrow=library.book.title,
                summary=f"{language('comparison.summary')} {language('comparison.caution')}",
            ),
            table("gb-matrix", headers, rows),
        ),
        kind="list",
        running=language("comparison.title"),
    )
