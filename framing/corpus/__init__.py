"""Files to articles, paragraphs and an audit of every input."""
