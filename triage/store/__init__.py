"""The operational store: what people did, which night is current, and the audit log."""
