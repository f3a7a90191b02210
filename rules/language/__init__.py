"""What a rule may say: text to typed tree, what is compared with what, how it reads in plain English."""
