"""`collector surveys|rules|gallery|config|rehearse|audit-log`: what is asked, when, what
changed."""
