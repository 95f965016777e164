"""E-mails kept as files: dropping them, looking at what would become of them, importing them."""
