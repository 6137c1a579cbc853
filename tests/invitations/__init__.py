"""The invitations stage: links, sending, reconciling, opting out."""
