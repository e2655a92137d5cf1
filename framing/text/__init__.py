"""The words of a text: chunks, tokens, sentences, quotations, encoding."""
