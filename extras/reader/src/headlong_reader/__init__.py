"""Trained weights of Headlong's small reader: ``weights.npz`` beside this file."""
