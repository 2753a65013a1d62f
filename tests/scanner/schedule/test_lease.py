"""One process at a time: on one host by the system's lock, across hosts by a lease that goes stale."""

from __future__ import annotations

import io
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from scanner.schedule import lease as leases
from scanner.schedule.errors import LeaseLost
from scanner.schedule.lease import RENEW, STALE, Lease

HOLD = """
import sys
from pathlib import Path
from scanner.schedule.lease import Lease
lease = Lease(folder=Path(sys.argv[1]))
print(lease.take(), flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def no_shared_lock(monkeypatch):
    """As on a network file system that keeps the operating system's lock to one host."""
    monkeypatch.setattr(leases, "lock_folder", lambda _folder: io.StringIO())


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


def test_a_second_process_on_the_host_waits_and_a_killed_one_frees_it_at_once(tmp_path):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout.readline() == "True\n"
    mine = Lease(folder=tmp_path)
    assert not mine.take()
    assert not mine.take()

    holder.send_signal(signal.SIGKILL)
    holder.communicate()

    assert mine.take()
    mine.release()


def test_a_lease_given_back_is_free_at_once(tmp_path, no_shared_lock):
    one, other = Lease(folder=tmp_path, host="a/1"), Lease(folder=tmp_path, host="b/1")

    assert one.take()
    assert not other.take()
    one.release()
    assert other.take()


def test_the_name_of_the_holder_is_told(tmp_path, no_shared_lock):
    Lease(folder=tmp_path, host="scanhost/boot").take()

    assert Lease(folder=tmp_path, host="b/1").holder() == "scanhost"


def test_a_lease_of_another_host_is_stale_when_it_has_not_changed_for_long(tmp_path, no_shared_lock):
    clock = Clock()
    one, other = Lease(folder=tmp_path, host="a/1"), Lease(folder=tmp_path, host="b/1", ticks=clock)
    assert one.take()

    for _ in range(100):  # renewed all the time: never stale
        clock.now += RENEW
        one.renew()
        assert not other.take()
    clock.now += STALE - 1
    assert not other.take()
    clock.now += 1
    assert other.take()

    with pytest.raises(LeaseLost):
        one.renew()
    with pytest.raises(LeaseLost):
        one.check()
    one.release()
    other.check()  # what the loser gives back is not the winner's


def test_an_empty_lease_file_goes_stale_like_any(tmp_path, no_shared_lock):
    clock = Clock()
    (tmp_path / "lease-000000007.json").touch()
    mine = Lease(folder=tmp_path, host="a/1", ticks=clock)

    assert not mine.take()
    clock.now += STALE
    assert mine.take()


def test_old_numbers_are_cleaned_up(tmp_path, no_shared_lock):
    for i in range(20):
        lease = Lease(folder=tmp_path, host=f"{i}/1")
        assert lease.take()
        lease.release()

    assert len(list(tmp_path.glob("lease-*.json"))) < 6


class Hosts(RuleBasedStateMachine):
    """Three hosts without a common lock, which take, renew, sleep and give back in any order."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="pandian-lease-"))
        self.clock = Clock()
        self.hosts = [Lease(folder=self.folder, host=f"{name}/1", ticks=self.clock) for name in "abc"]
        self.renewed = dict.fromkeys(range(3))  # when each that believes to hold it was last heard of
        self._before = leases.lock_folder
        leases.lock_folder = lambda _folder: io.StringIO()

    def teardown(self):
        leases.lock_folder = self._before
        for host in self.hosts:
            host._unlock()
        shutil.rmtree(self.folder)

    who = st.integers(0, 2)

    @rule(who=who)
    def take(self, who):
        if self.renewed[who] is None and self.hosts[who].take():
            self.renewed[who] = self.clock.now

    @rule(who=who)
    def renew(self, who):
        if self.renewed[who] is not None:
            try:
                self.hosts[who].renew()
                self.renewed[who] = self.clock.now
            except LeaseLost:
                self.hosts[who].release()
                self.renewed[who] = None

    @rule(who=who)
    def release(self, who):
        if self.renewed[who] is not None:
            self.hosts[who].release()
            self.renewed[who] = None

    @precondition(lambda self: any(self.renewed[i] is not None for i in self.renewed))
    @rule(seconds=st.floats(0, 2 * STALE))
    def time_passes(self, seconds):
        self.clock.now += seconds

    @invariant()
    def only_one_that_gave_sign_within_the_limit_has_it(self):
        alive = [i for i, seen in self.renewed.items() if seen is not None and self.clock.now - seen < STALE]
        assert len(alive) <= 1


TestHosts = Hosts.TestCase
TestHosts.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
