"""The API's document, held against what really runs."""
