"""The README's Python, word for word."""

import os
import re
import subprocess
import sys

import pytest

import through
from gateway import PROJECT, Gateway

BLOCKS = re.findall(r"^<!-- run: ((?!replay-|compose-)[a-z0-9-]+) -->\n+```python\n(.*?)^```$", (PROJECT / "README.md").read_text(), re.M | re.S)


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


def story():
    """The blocks of the chapter about replays, and what stands below each of them as its output."""
    marked = r"^<!-- run: (replay-[a-z0-9-]+) -->\n+```(\w+)\n(.*?)^```\n(?:\n```\n(.*?)^```)?"
    return re.findall(marked, (PROJECT / "README.md").read_text(), re.M | re.S)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """As a user has it: pipit, pytest and what a suite in JavaScript needs, with another pipit in AWS's place."""
    upstream = Gateway()
    commands = tmp_path / "bin"
    packages = tmp_path / "work" / "node_modules"
    for path in (commands, packages):
        path.mkdir(parents=True)
    # Only where to forward to is another place than AWS.
    aws = f'for word; do shift; [ "$word" = aws ] && word={upstream.url}/sqs; set -- "$@" "$word"; done'
    for name, command in {
        "pipit": f'{aws}\nexec node {PROJECT}/dist/bundle/cli.js "$@"',
        "pytest": f'exec {sys.executable} -B -m pytest -p no:cacheprovider "$@"',
    }.items():
        (commands / name).write_text(f"#!/bin/sh\n{command}\n")
        (commands / name).chmod(0o755)
    for package in (PROJECT / "node_modules").iterdir():
        (packages / package.name).symlink_to(package)
    (packages / "pipit").symlink_to(PROJECT)
    (packages.parent / "package.json").write_text('{"type": "module"}')
    for name in [name for name in os.environ if re.match(r"PIPIT_|AWS_|CI$", name)]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PATH", f"{commands}:{os.environ['PATH']}")
    yield packages.parent
    upstream.stop()


@pytest.mark.skipif(through.THROUGH != "", reason="it has its own gateways, and nothing between")
def test_the_story_of_record_and_replay_goes_as_it_is_told(folder):
    told = story()
    assert len(told) > 8
    for name, language, code, output in told:
        file = re.match(r"(?://|#) (\S+\.\w+)\n", code)
        if language == "bash":
            ended = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", code], cwd=folder, capture_output=True, text=True, timeout=120
            )
            printed = ended.stdout + ended.stderr
            assert (ended.returncode == 0) == (output == ""), f"{name}: {printed}"
            # The README breaks its lines.
            assert " ".join(output.split()) in " ".join(printed.split()), f"{name}: {printed}"
        elif file:
            (folder / file[1]).write_text(code)
        elif language == "json":
            assert (folder / "fixtures" / "orders" / "checkout.json").read_text() == code, name
        else:
            raise AssertionError(f"{name} is nothing to run")
    recorded = {path.relative_to(folder / "fixtures").as_posix() for path in (folder / "fixtures").rglob("*.json")}
    for fixture in ("test_orders/test_an_order_is_taken", "orders/an-order-is-sent"):
        assert f"{fixture}.json" in recorded

    # Both recipes find a miss that a test swallows, in the test that had it.
    (folder / "test_orders.py").open("a").write("    try:\n        sqs.list_queues()\n    except Exception:\n        pass\n")
    suite = folder / "orders.test.js"
    careless = "await sqs.send(new CreateQueueCommand({ QueueName: 'more' })).catch(() => {})\n  t.truthy(MessageId)"
    suite.write_text(suite.read_text().replace("t.truthy(MessageId)", careless))
    for command, missed in (
        ("pytest", "ListQueues is not in the fixture test_orders/test_an_order_is_taken"),
        ("npx ava", "CreateQueue of more is not in the fixture orders/an-order-is-sent"),
    ):
        ended = subprocess.run(
            ["bash", "-c", f"pipit run --mode replay -- {command}"], cwd=folder, capture_output=True, text=True, timeout=120
        )
        assert ended.returncode == 1
        assert missed in ended.stdout, ended.stdout
