"""Guns as words and numbers, pure: what was typed in, what it is compared by out."""
