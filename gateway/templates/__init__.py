"""Texts that an entity uses again: notes, e-mails, bodies of documents."""
