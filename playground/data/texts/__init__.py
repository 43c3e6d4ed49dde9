"""From a text to tokens, and from tokens to examples of what comes next."""
