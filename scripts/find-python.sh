#!/bin/sh
# Prints the first Python of at least 3.11 on this machine; fails with advice when there is none.
# Each candidate is run, because a name on the PATH may be a stand-in that starts nothing.
for candidate in "${PYTHON:-python3}" python3 python3.14 python3.13 python3.12 python3.11 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
        command -v "$candidate"
        exit 0
    fi
done
echo "KAM Desktop needs Python 3.11 or newer, and none was found." >&2
echo "On Debian or Ubuntu: sudo apt-get install -y python3 python3-venv" >&2
echo "Elsewhere install it from your system's packages, then run the same command again." >&2
echo "A Python outside the PATH can be named: make PYTHON=/path/to/python3 ..." >&2
exit 1
