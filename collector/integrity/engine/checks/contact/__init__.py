"""Whom was asked: is the contact point the customer's own, or one that stands in for many?"""
