"""The view in which people ask: the conversation, its examples and its question box."""
