"""One household's live facts and events by durable-rules, in a process of its own."""
