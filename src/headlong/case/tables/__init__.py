"""One table: its columns, its cells, and the text of its file."""
