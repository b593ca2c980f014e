"""One self-contained page, and the server that adds what-ifs to it."""
