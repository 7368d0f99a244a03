"""What each page shows, computed: one typed view for each type of page."""
