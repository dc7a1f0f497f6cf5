"""Every word of the interface in both languages, one table a view."""
