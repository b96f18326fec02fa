"""pipit as a user starts it: a process of its own, on a port that the system chose."""

import os
import re
import subprocess
import threading
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
START_TIMEOUT_SECONDS = 20


class Gateway:
    def __init__(self, *args, **env):
        # Nothing of the caller's environment may reach into the gateway.
        clean = {k: v for k, v in os.environ.items() if not re.match(r"PIPIT_|AWS_|SQS_|PORT$", k)}
        self.process = subprocess.Popen(
            ["node", "dist/src/cli.js", "--port", "0", *args],
            cwd=PROJECT,
            env=clean | env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.url = None
        self.printed = []
        started = threading.Event()
        self._reader = threading.Thread(target=self._read, args=(started,), daemon=True)
        self._reader.start()
        started.wait(START_TIMEOUT_SECONDS)
        if self.url is None:
            self.stop()
            raise RuntimeError("the gateway did not start:\n" + "".join(self.printed))

    def _read(self, started):
        for line in self.process.stdout:
            self.printed.append(line)
            found = re.search(r"https?://[^\s/]+:\d+(?=\s)", line)
            if found and self.url is None:
                self.url = found[0]
                started.set()
        started.set()

    def stop(self):
        self.process.terminate()
        try:
            return self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise
