"""Makes the definition of python3.dll of what `objdump -p` tells of the version's own library, named by the argument.

Each name that the one exports leads on to the other.
"""

import re
import sys

ROW = re.compile(r"\s*\[\s*\d+\](?:\s*\+base\[\s*\d+\])?\s*(?:[0-9a-f]{4}\s+)?(\S+)")

_, _, table = sys.stdin.read().partition("[Ordinal/Name Pointer] Table")
print("LIBRARY python3.dll\nEXPORTS")
for line in table.splitlines()[1:]:
    row = ROW.match(line)
    if row is None:
        break
    print(f"  {row[1]} = {sys.argv[1]}.{row[1]}")
