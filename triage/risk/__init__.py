"""The risk model in a council's hands: scored each night, watched, measured."""
