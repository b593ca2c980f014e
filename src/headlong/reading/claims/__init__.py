"""From events to claims with dates, verification and persons."""
