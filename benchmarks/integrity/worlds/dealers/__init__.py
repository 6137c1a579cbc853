"""A group of car dealers: showrooms and workshops in China, and some abroad.

The manufacturer surveys buyers (NPS) and workshop customers (CSAT); bonuses hang on it.
"""
