"""Name fields taken apart: people and others, titles, forenames and surnames, remarks."""
