"""For editors: making records, and reading what a change does."""
