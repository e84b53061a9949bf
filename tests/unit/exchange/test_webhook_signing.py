"""The signature fits the published example of the convention, and the example receiver's arithmetic."""

import pytest

from yijianshi.exchange.webhooks.logic import retrying, signing
from yijianshi.exchange.webhooks.targets import may_reach


def test_the_conventions_own_example() -> None:
    # Standard Webhooks, section on signatures: this id, moment, body and secret give this signature.
    event, moment, secret = "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    assert signing.sign(event, moment, b'{"test": 2432232314}', secret) == "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_waits_double_up_to_six_hours() -> None:
    waits = [retrying.wait(attempts, 1.0).total_seconds() for attempts in range(1, 20)]
    assert waits[:4] == [5, 10, 20, 40]
    assert max(waits) == 6 * 3600


@pytest.mark.parametrize(
    ("address", "reached"),
    [("93.184.216.34", True), *((one, False) for one in ("10.1.1.1", "::1", "nonsense", "224.0.0.1", "100.64.0.1"))],
)
def test_only_public_addresses_are_reached(address: str, reached: bool) -> None:
    assert may_reach(address, local=False) is reached
