"""Calendar files (iCalendar, RFC 5545): read into plain events, and written."""
