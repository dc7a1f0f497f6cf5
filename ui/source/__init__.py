"""The source pane: the document behind an answer, or the list of documents."""
