"""Text reuse: events, copies, rewrites, and versions of one story aligned."""
