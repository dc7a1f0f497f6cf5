"""The scope: which documents are asked, chosen above the question box and shown as chips."""
