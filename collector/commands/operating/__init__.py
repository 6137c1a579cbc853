"""`collector doctor|serve|worker|migrate|keys|…`: what whoever operates the service needs."""
