"""Coded events become reports and changes of hands."""
