"""The program shown without hands: a walk through all of it, and pictures of every page.

Only the command line and tests start it. It drives the real window on a platform without a screen.
"""
