"""Who lives there, what they live on, what protects them and what help they have had."""
