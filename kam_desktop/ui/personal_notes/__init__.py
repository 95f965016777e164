"""What is kept about somebody in private: a small dialog over people."""
