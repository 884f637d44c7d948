#!/usr/bin/python3
# test-setup-rule.py: what the real udev makes of the rule
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# udevadm's own evaluation of all rules of this system and ours, of boards on the virtual bus: their
# files are where it looks. What it decides is printed and not done.

import grp
import os
import pathlib
import re
import shutil
import subprocess

import bus
import namespace
from namespace import check

CLI = os.environ['BOOTLACE_CLI']
FOLDER = pathlib.Path('/etc/udev/rules.d')
NAME = '70-bootlace.rules'


class Outcome:
    def __init__(self, log, name):
        tags = re.search(r'^CURRENT_TAGS=(.*)$', log, re.MULTILINE)
        self.tagged = tags is not None and ':uaccess:' in tags[1]
        # This is what gives access, to whoever sits at the computer.
        self.granted = re.search(r"^run: 'uaccess'$", log, re.MULTILINE) is not None
        # What ModemManager looks at.
        self.is_no_modem = re.search(r'^ID_MM_DEVICE_IGNORE=1$', log, re.MULTILINE) is not None
        self.lines = re.findall(rf'{re.escape(name)}:\d+ (.*)', log)
        self.log = log


def evaluate(kind, *options, mode='', action='add', device='1-10', name=NAME):
    """What becomes of a board when the rule is there under that name."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    rule = subprocess.run([CLI, 'rule', *options], check=True, capture_output=True)
    (FOLDER / name).write_bytes(rule.stdout)
    path = f'/sys/bus/usb/devices/{device}'
    result = bus.run([f'{kind}@1-10{mode}'], ['udevadm', 'test', f'--action={action}', path])
    check(result.returncode == 0, result.stdout)
    complaints = [line for line in result.stdout.splitlines() if line.startswith(f'{FOLDER}/{name}:')]
    check(complaints == [], f'udev does not understand {complaints}')
    return Outcome(result.stdout, name)


def expect(outcome, granted):
    check(outcome.tagged == granted and outcome.granted == granted, outcome.log)


def test_boards_that_are_known():
    for kind in ('esp32s2', 'esp32s3', 'stm32f4'):
        expect(evaluate(kind), True)


def test_without_the_rule_there_is_no_access():
    expect(evaluate('esp32s2', name='70-bootlace.rules.off'), False)


def test_a_serial_bridge_stays_as_it_is():
    expect(evaluate('cp2102'), False)
    expect(evaluate('cp2102', '--all'), False)


def test_a_board_that_is_not_known():
    expect(evaluate('generic-dfu'), False)
    # By its interface, in both modes.
    expect(evaluate('generic-dfu', '--all', mode=',mode=runtime'), True)
    expect(evaluate('generic-dfu', '--all', mode=',mode=dfu'), True)


def test_boards_are_no_modems():
    check(evaluate('esp32s2', '--all').is_no_modem, 'ModemManager would look at a board')
    check(not evaluate('generic-dfu', '--all').is_no_modem, 'it may be a modem')


def test_what_is_plugged_in_already():
    expect(evaluate('esp32s2', action='change'), True)


def test_what_leaves():
    check(evaluate('esp32s2', action='remove').lines == [], 'the rule acts when a board leaves')


def test_its_interfaces_stay_as_they_are():
    expect(evaluate('esp32s2', '--all', device='1-10:1.2'), False)


def test_permissions_are_left_alone():
    check(evaluate('esp32s2', '--all').lines == [], 'the rule changes more than the tag')


def test_the_group():
    number = grp.getgrnam('plugdev').gr_gid
    lines = evaluate('esp32s2', '--group').lines
    check(lines == [f'GROUP {number}', 'MODE 0660'], f'{lines}')


def test_a_later_name_would_not_do():
    outcome = evaluate('esp32s2', name='74-bootlace.rules')
    check(outcome.tagged and not outcome.granted, outcome.log)


namespace.enter(__file__)
if shutil.which('udevadm') is None:
    namespace.skip('udev is not installed')
namespace.mount_tmpfs('/etc/udev')
# Links to nodes are made here, even though nothing is to be done.
pathlib.Path('/dev/char').mkdir(exist_ok=True)
namespace.mount_tmpfs('/dev/char')
bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
