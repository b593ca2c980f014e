"""What comes in: other people's files become the tables of a case, with findings where they cannot.

Each room is one kind of source; `folder.py` is the one that writes. Nothing of the model is known here.
"""
