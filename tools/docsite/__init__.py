"""The site, the atlas and the model card: what is made of the documents, the docstrings and the cases."""
