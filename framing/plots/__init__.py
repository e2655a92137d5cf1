"""One table in, Axes out."""
