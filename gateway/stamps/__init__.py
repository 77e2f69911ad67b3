"""Stamps: what authorities gave documents, each with its proof."""
