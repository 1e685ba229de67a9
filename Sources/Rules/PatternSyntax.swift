/// A PCRE2 pattern, parsed: placeholder until the parser lands.
