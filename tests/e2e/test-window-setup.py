#!/usr/bin/python3
# test-window-setup.py: from "No access" to Ready in the window, with the real helper
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# In a namespace of its own, where /etc/udev and the installed helper are the test's. A udevadm stands in
# that does what udev would: where the rule names the board it is opened. The tests are root, whom nobody
# asks for a password; what happens to others is in test-setup-polkit.py.

import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile

import bus
import namespace
from namespace import check
from window import G_DEBUG, Window, wait_until, xdotool

BOOTLACE = os.environ['BOOTLACE']
HELPER = pathlib.Path(os.environ['SETUP_HELPER'])
HELPER_PATH = pathlib.Path(os.environ['SETUP_HELPER_PATH'])
CONTROL = pathlib.Path(bus.PROGRAM).parent / 'virtual-bus-control'
RULE = pathlib.Path('/etc/udev/rules.d/70-bootlace.rules')
PORT = '1-10'
TITLE = 'Setup Assistant'

UDEVADM = f'''#!/bin/sh
[ "$1" = trigger ] || exit 0
verb=deny-access
grep -q 'idProduct}}=="0002", TAG+="uaccess"' {RULE} 2>/dev/null && verb=allow-access
VIRTUAL_BUS_CONTROL="$(cat /etc/udev/bus)" exec {CONTROL} $verb {PORT} >/dev/null
'''

temporary = tempfile.TemporaryDirectory(prefix='bootlace-setup-')
PROGRAMS = pathlib.Path(temporary.name)


def furnish():
    """The files of a computer on which Bootlace is installed."""
    namespace.mount_tmpfs('/etc/udev')
    # As high up as it has to be, because the folder may not be there.
    folder = HELPER_PATH.parent
    while not folder.exists():
        folder = folder.parent
    namespace.mount_tmpfs(folder)
    HELPER_PATH.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(HELPER, HELPER_PATH)
    script = PROGRAMS / 'udevadm'
    script.write_text(UDEVADM)
    script.chmod(0o755)
    subprocess.run(['mount', '--bind', script, '/usr/bin/udevadm'], check=True)


@contextlib.contextmanager
def started(access=False):
    """The program, and a board that nobody may use unless there is access."""
    shutil.rmtree(RULE.parent, ignore_errors=True)
    with bus.Bus(f'esp32s2@{PORT}') as board:
        if not access:
            board.tell(f'deny-access {PORT}')
        pathlib.Path('/etc/udev/bus').write_text(board.environment['VIRTUAL_BUS_CONTROL'])
        board.environment['G_DEBUG'] = G_DEBUG
        process = board.start([BOOTLACE], stdout=None, stderr=None)
        try:
            window = Window(process)
            yield board, window
            check(window.end() == 0, f'the program ended with {process.returncode}')
        finally:
            process.kill()
            process.wait()


def setup(window):
    return window.wait(lambda: window.node('frame', TITLE), 'the assistant')


def has_gone(window):
    return window.node('frame', TITLE) is None


def press_fix(window):
    window.wait_for_row(PORT, 'No access')
    window.press('Fix…', below=window.row(PORT))
    setup(window)
    window.wait_for_text('1 thing is in the way')


def press_key(window, title, key):
    there = wait_until(lambda: window.find_x_window(title), f'the X window “{title}”')
    xdotool('windowactivate', '--sync', there, 'key', '--clearmodifiers', key)


def test_no_access_to_ready():
    with started() as (board, window):
        press_fix(window)
        window.press('Install Rule…')
        window.wait_for_text('Ready')
        check(RULE.read_text().startswith('# Bootlace rule '), 'there is no rule')
        window.press('Go Back and Flash')
        window.wait(lambda: has_gone(window), 'the assistant to go')
        window.wait_for_row(PORT, 'Ready')


def test_read_only():
    with started() as (board, window):
        subprocess.run(['mount', '-o', 'remount,ro', '/etc/udev'], check=True)
        try:
            press_fix(window)
            window.press('Install Rule…')
            window.wait_for_text('cannot be written on this system')
        finally:
            subprocess.run(['mount', '-o', 'remount,rw', '/etc/udev'], check=True)
        window.press('Install Rule…')
        window.wait_for_text('Ready')
        window.wait(lambda: 'cannot be written' not in window.texts(), 'the old message to go')
        press_key(window, TITLE, 'Escape')
        window.wait(lambda: has_gone(window), 'the assistant to go')


def test_by_keyboard():
    with started(access=True) as (board, window):
        window.wait_for_row(PORT, 'Ready')
        press_key(window, 'Bootlace', 'F1')
        setup(window)
        window.wait_for_text('Nothing stands between you and your board')
        board.tell(f'unplug {PORT}')
        window.wait_for_text('It is your turn')
        press_key(window, TITLE, 'F5')
        window.wait_for_text('No board is connected.')
        press_key(window, TITLE, 'Escape')
        window.wait(lambda: has_gone(window), 'the assistant to go')


namespace.enter(__file__)
furnish()
bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
