"""watch.py: the most memory that a process and its children held, by VmHWM of each, while it ran."""
import os, subprocess, threading, time


def held(pid):
    """KB; None when it is gone."""
    try:
        with open("/proc/%d/status" % pid) as f:
            return next((int(line.split()[1]) for line in f if line.startswith("VmHWM:")), None)
    except OSError:
        return None


def children(pid):
    try:
        with open("/proc/%d/task/%d/children" % (pid, pid)) as f:
            return [int(x) for x in f.read().split()]
    except OSError:
        return []


class Watched:
    """Runs the command; .own and .child: KB, of itself and of the largest child seen."""

    def __init__(self, command, **more):
        self.own = self.child = 0
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
        watcher = threading.Thread(target=self.watch, daemon=True)
        watcher.start()
        self.out, self.err = self.process.communicate(timeout=300)
        self.status = self.process.returncode
        watcher.join()

    def watch(self):
        while True:
            for child in children(self.process.pid):
                self.child = max(self.child, held(child) or 0)
            now = held(self.process.pid)
            if now is None:
                return
            self.own = max(self.own, now)
            time.sleep(0.01)
