"""What a signature is worth: plain Python, no Django, no clock."""
