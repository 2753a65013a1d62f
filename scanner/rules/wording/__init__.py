"""Rules, packs and assessments in words, for people."""
