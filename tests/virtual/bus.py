# bus.py: runs commands on a virtual bus, and prints TAP
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import pathlib
import socket
import subprocess
import sys
import traceback

PROGRAM = os.environ.get('VIRTUAL_BUS', str(pathlib.Path(__file__).parent / 'virtual-bus'))


def run(boards, command, *options, timeout=120):
    """Runs one command on a bus of its own. Answers what subprocess.run() does, output in one."""
    arguments = [PROGRAM, '--instant', *options]
    for board in boards:
        arguments += ['--board', board]
    return subprocess.run(
        [*arguments, '--', *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors='replace',
        timeout=timeout,
    )


class Bus:
    """A bus that serves until the end of the with statement."""

    def __init__(self, *boards, options=('--instant',)):
        self.arguments = [PROGRAM, *options]
        for board in boards:
            self.arguments += ['--board', board]

    def __enter__(self):
        self.process = subprocess.Popen(self.arguments, stdout=subprocess.PIPE, text=True)
        self.environment = dict(os.environ)
        while 'LD_PRELOAD' not in self.environment or 'VIRTUAL_BUS_CONTROL' not in self.environment:
            line = self.process.stdout.readline()
            if not line:
                raise RuntimeError('virtual-bus ended at once')
            name, value = line.removeprefix('export ').rstrip('\n').split('=', 1)
            self.environment[name] = value.strip("'")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()

    def start(self, command, **options):
        """Starts a command on the bus, as subprocess.Popen() does."""
        options.setdefault('stdin', subprocess.DEVNULL)
        options.setdefault('stdout', subprocess.PIPE)
        options.setdefault('stderr', subprocess.STDOUT)
        return subprocess.Popen(
            command, env=self.environment, text=True, errors='replace', **options
        )

    def run(self, command, timeout=120, **options):
        process = self.start(command, **options)
        output, _ = process.communicate(timeout=timeout)
        return subprocess.CompletedProcess(command, process.returncode, output)

    def tell(self, line):
        """Tells the bus to do something; answers what it answers, without "ok"."""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as control:
            control.settimeout(60)
            control.connect(self.environment['VIRTUAL_BUS_CONTROL'])
            control.sendall(line.encode() + b'\n')
            answer = control.makefile(encoding='utf-8').readline().strip()
        if not answer.startswith('ok'):
            raise RuntimeError(f'{line}: {answer}')
        return answer.removeprefix('ok').strip()

    def stats(self, path):
        """The counters of a port, as a dictionary; "erased" is one of address to times."""
        counters = dict(word.split('=', 1) for word in self.tell(f'stats {path}').split())
        erased = counters.pop('erased', '')
        result = {name: int(value) for name, value in counters.items()}
        pairs = (item.split(':') for item in erased.split(',') if item)
        result['erased'] = {int(address, 16): int(times) for address, times in pairs}
        return result


def tap(tests):
    """Runs functions and prints TAP. A failing one prints its traceback to the standard error."""
    failures = 0
    print(f'1..{len(tests)}', flush=True)
    for number, test in enumerate(tests, 1):
        name = test.__name__.removeprefix('test_').replace('_', ' ')
        try:
            test()
            print(f'ok {number} - {name}', flush=True)
        except Exception:
            failures += 1
            print(f'not ok {number} - {name}', flush=True)
            traceback.print_exc()
    sys.exit(1 if failures else 0)
