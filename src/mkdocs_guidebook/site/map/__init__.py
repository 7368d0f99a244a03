"""Maps as inline SVG: the projection, the outlines, and where points and their names go. No page asks for a tile."""
