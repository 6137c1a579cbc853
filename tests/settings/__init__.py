"""What the service says to settings that make no sense, and the page that lists them all."""
