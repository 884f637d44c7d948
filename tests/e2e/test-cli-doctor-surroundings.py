#!/usr/bin/python3
# test-cli-doctor-surroundings.py: what bootlace-cli doctor says in sandboxes, containers and virtual machines
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# In a namespace of its own, below a root folder with the signs of other surroundings in it. Where there is
# to be no USB the program runs without the virtual bus, which brings some.

import json
import os
import pathlib
import subprocess

import bus
import namespace
from namespace import check

CLI = os.environ['BOOTLACE_CLI']
ROOT = pathlib.Path('/mnt')
SUCCESS, NOT_READY = 0, 12
OTHERS = ['board', 'bootloader', 'access', 'holder', 'limits']
REPAIRS = 'repairs this'
KERNEL = '/proc/sys/kernel/osrelease'


def furnish():
    """This computer without the signs of what it is."""
    namespace.mount_tmpfs(ROOT)
    for entry in pathlib.Path('/').iterdir():
        copy = ROOT / entry.name
        if entry.is_symlink():
            copy.symlink_to(os.readlink(entry))
        elif entry.is_dir():
            copy.mkdir()
            if entry != ROOT:
                subprocess.run(['mount', '--rbind', entry, copy], check=True)
    os.chroot(ROOT)
    os.chdir('/')
    for folder in ('/run', '/dev/bus', '/sys/bus', '/sys/class', '/sys/hypervisor', '/etc/udev'):
        if os.path.isdir(folder):
            namespace.mount_tmpfs(folder)
    hide_helper()
    put('/mnt/nothing', '')
    for path in ('/proc/1/cgroup', '/proc/cpuinfo', KERNEL):
        subprocess.run(['mount', '--bind', '/mnt/nothing', path], check=True)


def hide_helper():
    """As where Bootlace is not installed."""
    folder = pathlib.Path(os.environ['SETUP_HELPER_PATH']).parent
    if folder.exists():
        namespace.mount_tmpfs(folder)


def put(path, text):
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


class Sign:
    """A file that tells what kind of computer this is."""

    def __init__(self, path, text=''):
        self.path, self.text = path, text

    def __enter__(self):
        put(self.path, self.text)

    def __exit__(self, *_):
        # What all the files of the kernel are here.
        put(self.path, '') if self.path.startswith('/proc/') else os.unlink(self.path)


def ask(start):
    """What --json and the text tell, which must agree."""
    process = start([CLI, 'doctor', '--json'], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    answer = json.loads(process.communicate(timeout=120)[0])
    ready = process.returncode == SUCCESS
    check(process.returncode in (SUCCESS, NOT_READY), f'exit status {process.returncode}')
    check(answer['ready'] == ready and answer['fix'] is None and len(answer['boards']) == 1, answer)
    checks = {item['id']: item for item in answer['boards'][0]['checks']}

    process = start([CLI, 'doctor'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    text = process.communicate(timeout=120)[0]
    check(process.returncode == (SUCCESS if ready else NOT_READY), f'exit status {process.returncode}')
    for item in checks.values():
        check(item['summary'] in text and (item['advice'] or '') in text, text)
        check((item['command'] or '') in text, text)
    return ready, checks, text


def start_without_a_bus(command, **options):
    return subprocess.Popen(command, text=True, stdin=subprocess.DEVNULL, **options)


def expect_no_usb(summary, advice, command):
    ready, checks, text = ask(start_without_a_bus)
    usb = checks['usb']
    check(not ready and usb['state'] == 'bad', usb)
    check(summary in usb['summary'] and advice in usb['advice'], usb)
    check(usb['action'] == ('copy-command' if command else 'check-again'), usb)
    check((usb['command'] or '').startswith(command or ''), usb)
    for other in OTHERS:
        check(checks[other]['state'] == 'skipped' and checks[other]['command'] is None, checks[other])
    check(REPAIRS not in text and 'Something is in the way of flashing.' in text, text)


def test_no_usb():
    expect_no_usb('Bootlace cannot use USB on this computer.', 'firmware settings', None)


def test_nothing_to_repair_without_the_helper():
    """Root may install the rule where it is not what is missing, but not without a helper."""
    for options in ([], ['--all-devices']):
        process = start_without_a_bus([CLI, 'doctor', '--json', '--fix', *options],
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        output, told = process.communicate(timeout=120)
        check(process.returncode == NOT_READY and json.loads(output)['fix'] is None, output)
        check('There is nothing here that a program could repair.' in told, told)


def test_containers():
    with Sign('/.dockerenv'):
        expect_no_usb('(docker)', '/dev/bus/usb', 'docker run -v /dev/bus/usb:/dev/bus/usb ')
    with Sign('/run/.containerenv'):
        expect_no_usb('(podman)', '/dev/bus/usb', 'podman run -v /dev/bus/usb:/dev/bus/usb ')
    with Sign('/run/systemd/container', 'systemd-nspawn\n'):
        expect_no_usb('(systemd-nspawn)', '/dev/bus/usb', None)


def test_wsl():
    with Sign(KERNEL, '4.4.0-19041-Microsoft\n'):
        expect_no_usb('first generation of WSL', 'Windows', 'wsl --set-version ')
    with Sign(KERNEL, '5.15.90.1-microsoft-standard-WSL2\n'):
        expect_no_usb('WSL', 'usbipd bind', 'usbipd attach --wsl --auto-attach ')


def test_virtual_machines():
    with Sign('/sys/class/dmi/id/sys_vendor', 'innotek GmbH\n'):
        expect_no_usb('This virtual machine has no USB.', 'VirtualBox', None)
    with Sign('/proc/cpuinfo', 'flags\t\t: fpu hypervisor\n'):
        expect_no_usb('This virtual machine has no USB.', 'settings of the program', None)


def test_flatpak_without_devices():
    with Sign('/.flatpak-info', '[Context]\nshared=ipc;\n'), bus.Bus('esp32s2@1-10') as board:
        ready, checks, text = ask(board.start)
        check(not ready and checks['usb']['state'] == 'bad', checks)
        check(checks['usb']['command'] == 'flatpak override --user --device=all dev.bootlace.Bootlace', checks)
        check(all(checks[other]['state'] == 'skipped' for other in OTHERS), checks)
        check(REPAIRS not in text, text)


def test_flatpak():
    with Sign('/.flatpak-info', '[Context]\ndevices=all;\n'), bus.Bus('esp32s2@1-10') as board:
        ready, checks, _ = ask(board.start)
        check(ready and checks['usb']['state'] == checks['access']['state'] == 'good', checks)
        board.tell('deny-access 1-10')
        ready, checks, text = ask(board.start)
        access = checks['access']
        check(not ready and access['state'] == 'bad' and access['action'] == 'copy-command', access)
        check('flatpak run --command=bootlace-cli dev.bootlace.Bootlace rule |' in access['command'], access)
        check(REPAIRS not in text, text)


def test_flatpak_and_a_board_that_is_not_known():
    """The rule for boards would not help it."""
    info = Sign('/.flatpak-info', '[Context]\ndevices=all;\n')
    with info, bus.Bus('generic-dfu@1-10,mode=dfu') as board:
        board.tell('deny-access 1-10')
        ready, checks, _ = ask(board.start)
        check(not ready and 'dev.bootlace.Bootlace rule --all |' in checks['access']['command'], checks)


namespace.enter(__file__)
furnish()
bus.tap([test for name, test in list(globals().items()) if name.startswith('test_')])
