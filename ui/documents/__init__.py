"""The view of the documents: what there is, what is being read, what is added and removed."""
