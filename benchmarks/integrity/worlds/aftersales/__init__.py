"""A maker of household appliances and its franchised after-sales service, China and SE Asia."""
