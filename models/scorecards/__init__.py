"""The model as one value, its file, and where a council keeps it: nothing of training is needed."""
