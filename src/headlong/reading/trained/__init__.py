"""The trained reader: which claims a sentence makes about each place, told by a small network that knows no names."""
