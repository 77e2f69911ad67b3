"""Exits: a whole entity in one file that anybody can verify, and another installation takes in."""
