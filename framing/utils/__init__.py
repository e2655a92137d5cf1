"""Files that are written whole, processes and progress bars."""
