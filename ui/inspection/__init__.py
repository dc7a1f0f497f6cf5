"""The view that shows why passages were found (检索检视)."""
