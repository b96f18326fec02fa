"""The matrix of faults: what boto3 does, and what its caller sees, for every effect that a fault can have."""

import botocore
import pytest

from fault_calls import MODES, ROWS, every_call
from gateway import Gateway

# The matrix is that of one release: others retry differently.
pytestmark = pytest.mark.skipif(
    tuple(map(int, botocore.__version__.split(".")[:2])) < (1, 43), reason="measured with botocore 1.43"
)


@pytest.fixture(scope="module")
def seen():
    gateway = Gateway(PIPIT_QUEUES="orders")
    yield every_call(gateway.url)
    assert gateway.stop() == 0


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("index", range(len(ROWS)), ids=[row["fault"] for row in ROWS])
def test_a_fault_makes_boto3_do(seen, index, mode):
    assert seen[index, mode] == ROWS[index][f"boto3 {mode}"]
