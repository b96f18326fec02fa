"""
pipit as a user starts it: a process of its own, on a port that the system chose. With THROUGH_MONITOR=1 clients reach it
by way of `pipit monitor`.
"""

import os
import re
import subprocess
import threading
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
START_TIMEOUT_SECONDS = 20


class Pipit:
    """A command that runs until it is stopped, and says at its start where it is reached."""

    command = ["node", "dist/bundle/cli.js"]

    def __init__(self, *args, **env):
        # Nothing of the caller's environment may reach into it.
        clean = {k: v for k, v in os.environ.items() if not re.match(r"PIPIT_|AWS_|SQS_|PORT$", k)}
        self.process = subprocess.Popen(
            [*self.command, *args],
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
            raise RuntimeError("pipit did not start:\n" + "".join(self.printed))

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


class Gateway(Pipit):
    def __init__(self, *args, **env):
        super().__init__("--port", "0", *args, **env)
        self.monitor = None
        if os.environ.get("THROUGH_MONITOR") == "1":
            self.monitor = Monitor(self.url)
            self.url = self.monitor.url

    def stop(self):
        if self.monitor is not None:
            self.monitor.stop()
        return super().stop()


class Monitor(Pipit):
    def __init__(self, target):
        super().__init__("monitor", "0", target)

    def stop(self):
        code = super().stop()
        self._reader.join(5)
        text = "".join(self.printed)
        came, ended = ([set(re.findall(rf" (#\d+) {mark} ", text)) for mark in marks] for marks in ("→", "←✗"))
        assert code == 0, text
        assert came[0] and came[0] <= set.union(*ended), "what came and did not end: " + text
        # Credentials of the scenarios, in heads and in presigned URLs.
        assert not re.search(r"Signature=[0-9a-f]|Credential=\w", text), text
        return code
