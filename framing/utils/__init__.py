"""Files that are written whole, caches, processes and progress bars."""
