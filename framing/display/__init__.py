"""Marked text and tables for notebooks and PDFs."""
