"""The law as data: what a rule is made of, the packs as they are shipped, articles as they are cited."""
