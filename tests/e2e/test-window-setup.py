#!/usr/bin/python3
# test-window-setup.py: from "No access" to Ready in the window, with the real helper
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# In a namespace of its own, where /etc/udev and the installed helper are the test's. A udevadm stands in
# that does what udev would: where the rule names the board it is opened. The tests are root, whom nobody
# asks for a password; what happens to others is in test-setup-polkit.py.

import atexit
import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile

import bus
import namespace
from namespace import check
from window import G_DEBUG, Window, press_key, wait_until, xdotool

BOOTLACE = os.environ['BOOTLACE']
CLI = os.environ['BOOTLACE_CLI']
HELPER = pathlib.Path(os.environ['SETUP_HELPER'])
HELPER_LOCK = pathlib.Path('/run/bootlace-setup-helper.lock')
HELPER_PATH = pathlib.Path(os.environ['SETUP_HELPER_PATH'])
CONTROL = pathlib.Path(bus.PROGRAM).parent / 'virtual-bus-control'
RULE = pathlib.Path('/etc/udev/rules.d/70-bootlace.rules')
PORT = '1-10'
TITLE = 'Setup Assistant'
GROUP = [] if pathlib.Path('/run/systemd/seats/seat0').exists() else ['--group']

UDEVADM = f'''#!/bin/sh
[ "$1" = trigger ] || exit 0
verb=deny-access
grep -q 'idProduct}}=="0002", .*TAG+="uaccess"' {RULE} 2>/dev/null && verb=allow-access
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
    # The display's sockets may be in /run, so that is the system's.
    atexit.register(HELPER_LOCK.unlink, missing_ok=True)


@contextlib.contextmanager
def started(access=False, leaks=True):
    """The program, and a board that nobody may use unless there is access."""
    shutil.rmtree(RULE.parent, ignore_errors=True)
    with bus.Bus(f'esp32s2@{PORT}') as board:
        if not access:
            board.tell(f'deny-access {PORT}')
        pathlib.Path('/etc/udev/bus').write_text(board.environment['VIRTUAL_BUS_CONTROL'])
        board.environment['G_DEBUG'] = G_DEBUG
        if not leaks:
            options = board.environment.get('ASAN_OPTIONS', '')
            board.environment['ASAN_OPTIONS'] = f'{options}:detect_leaks=0'
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
    window.wait_for_focus('May you use it?')


def test_no_access_to_ready():
    with started() as (board, window):
        press_fix(window)
        window.press('Install Rule…')
        window.wait_for_text('Ready')
        check(RULE.read_text().startswith('# Bootlace rule '), 'there is no rule')
        window.press('Back to Flashing')
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
        press_key(window, 'Escape', TITLE)
        window.wait(lambda: has_gone(window), 'the assistant to go')


def test_by_keyboard():
    with started(access=True) as (board, window):
        window.wait_for_row(PORT, 'Ready')
        press_key(window, 'F1')
        setup(window)
        window.wait_for_text('Nothing stands between you and your board')
        window.wait_for_focus('Can USB be reached?')
        board.tell(f'unplug {PORT}')
        window.wait_for_text('It is your turn')
        window.wait_for_focus('Can USB be reached?')
        press_key(window, 'F5', TITLE)
        window.wait_for_text('No board is connected.')
        # From there to the button that shows the wires, and to these.
        press_key(window, 'Tab', TITLE)
        window.wait_for_focus('Is a board connected?')
        press_key(window, 'Tab', TITLE)
        window.wait_for_focus('Show Cable and Wiring')
        press_key(window, 'Return', TITLE)
        window.wait_for_focus('Cable and wiring')
        window.wait_for_text('GPIO 19')
        press_key(window, 'Return', TITLE)
        window.wait(lambda: 'GPIO 19' not in window.texts(), 'the wires to be folded away')
        press_key(window, 'Escape', TITLE)
        window.wait(lambda: has_gone(window), 'the assistant to go')


def test_another_program():
    """It is named, and when it lets go the window notices."""
    with started(access=True) as (board, window):
        window.wait_for_row(PORT, 'Ready')
        process = board.tell(f'hold-interface {PORT}')
        press_key(window, 'F1')
        setup(window)
        window.wait_for_text('1 thing is in the way')
        window.wait_for_text(f'“ModemManager” is using the board (process {process}).')
        window.wait_for_text('sudo systemctl stop ModemManager')
        window.wait_for_button('Copy Command')
        board.tell(f'release-interface {PORT}')
        window.wait_for_text('Nothing stands between you and your board')
        press_key(window, 'Escape', TITLE)
        window.wait(lambda: has_gone(window), 'the assistant to go')


def install_older_rule(board, *options):
    """Writes what the version before would have written, and answers what this one would."""
    text = board.run([CLI, 'rule', *options, *GROUP]).stdout
    head, _, rest = text.partition('\n')
    RULE.parent.mkdir()
    RULE.write_text(f'# Bootlace rule {int(head.rsplit(" ", 1)[1]) - 1}\n{rest}')
    return text


def test_an_older_rule_is_renewed():
    """One that is for all devices stays so, and the button does not say that it would become so."""
    with started(access=True) as (board, window):
        window.wait_for_row(PORT, 'Ready')
        text = install_older_rule(board, '--all')
        press_key(window, 'F1')
        setup(window)
        window.press('May you use it? Good – You may use the board.')
        window.press('Renew Rule…')
        window.wait(lambda: RULE.read_text() == text, 'the new rule')
        window.wait(lambda: window.node('push button', 'Renew Rule…') is None, 'the button to go')
        press_key(window, 'Escape', TITLE)
        window.wait(lambda: has_gone(window), 'the assistant to go')


def test_an_older_rule_that_does_not_do():
    """The button says that there is one already."""
    with started() as (board, window):
        window.wait_for_row(PORT, 'No access')
        text = install_older_rule(board)
        press_fix(window)
        window.wait_for_text('The installed rule is from an older Bootlace.')
        window.press('Renew Rule…')
        window.wait_for_text('Ready')
        check(RULE.read_text() == text, 'it was not renewed')


def test_rule_for_somebody_else():
    """What is saved is what the command line prints for this computer."""
    saved = PROGRAMS / 'saved.rules'
    # GTK's file chooser leaks; saving without it is tried for leaks elsewhere.
    with started(leaks=False) as (board, window):
        window.wait_for_row(PORT, 'No access')
        press_key(window, 'F1')
        setup(window)
        window.press('Access rule')
        window.press('Save Rule…')
        dialog = wait_until(lambda: window.find_x_window('Save Rule'), 'the dialog')
        xdotool('windowfocus', '--sync', dialog)
        xdotool('key', 'ctrl+a', 'type', str(saved))
        xdotool('key', 'Return')
        # GTK 4.8 trips over questions about the parts of a dialog that is closing.
        wait_until(saved.exists, 'the file')
        wait_until(lambda: not window.find_x_window('Save Rule'), 'the end of the dialog')
        window.wait_for_text('The rule is saved. An administrator puts it into')
        printed = board.run([CLI, 'rule', *GROUP])
        check(saved.read_text() == printed.stdout, 'another rule was saved')
        press_key(window, 'Escape', TITLE)
        window.wait(lambda: has_gone(window), 'the assistant to go')


namespace.enter(__file__)
furnish()
bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
