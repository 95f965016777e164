"""E-mails kept as files (.eml, .mbox, .msg): read into plain messages. Nothing is ever fetched."""
