"""A forecast in what people use: tables, workbooks, map layers, samples, a paragraph to paste."""
