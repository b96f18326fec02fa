"""The README's Python, word for word."""

import re

import pytest

from gateway import PROJECT, Gateway

BLOCKS = re.findall(r"^<!-- run: ([a-z0-9-]+) -->\n+```python\n(.*?)^```$", (PROJECT / "README.md").read_text(), re.M | re.S)


def test_there_are_blocks_to_run():
    assert BLOCKS


@pytest.mark.parametrize("code", [code for _, code in BLOCKS], ids=[name for name, _ in BLOCKS])
def test_a_block_runs_as_it_stands(code, monkeypatch):
    gateway = Gateway(PIPIT_QUEUES="orders")
    try:
        monkeypatch.setenv("AWS_ENDPOINT", gateway.url)
        exec(compile(code, "README.md", "exec"), {"__name__": "__main__"})
    finally:
        gateway.stop()
