"""Kept forecasts over time: on the terminal, as tables, as a chart, on the page."""
