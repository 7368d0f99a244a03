"""From records to the HTML of documents, before anything is written as PDF, EPUB or DOCX."""
