"""The dataset invitations."""
