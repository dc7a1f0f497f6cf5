"""The view in which a question file is run and its report read."""
