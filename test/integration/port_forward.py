"""python test/integration/port_forward.py 3001 localhost 3000: `pipit monitor` with the same arguments."""

import os
import sys
from pathlib import Path

PIPIT = Path(__file__).resolve().parents[2] / "dist" / "bundle" / "cli.js"

if __name__ == "__main__":
    if not PIPIT.exists():
        sys.exit("pipit is not built yet: npm ci")
    os.execvp("node", ["node", str(PIPIT), "monitor", *sys.argv[1:]])
