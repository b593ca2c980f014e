"""Our forecasts of the known past: which, run and kept, with terms taken away."""
