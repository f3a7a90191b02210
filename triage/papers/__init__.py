"""Papers for those who answer for the model: the report, the model card and its annexes."""
