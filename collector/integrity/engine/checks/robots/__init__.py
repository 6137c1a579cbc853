"""Machines and double posts: did a person answer at all, and only once?"""
