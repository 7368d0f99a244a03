"""Markdown → HTML with our marks: citations, terms, recommendations, checklists."""
