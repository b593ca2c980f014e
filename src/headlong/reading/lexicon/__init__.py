"""Words and names: word tables, tokens, every spelling in a case."""
