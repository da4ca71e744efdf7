"""Records turned into the words of a page."""
