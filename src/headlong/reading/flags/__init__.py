"""Warnings: contradictions, mismatches, swaps, damage."""
