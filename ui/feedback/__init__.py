"""What people say of answers, and the question file that it becomes."""
