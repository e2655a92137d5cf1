"""Copies, rewrites and versions of the same story."""
