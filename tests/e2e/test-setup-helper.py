#!/usr/bin/python3
# test-setup-helper.py: the program that runs as root, run as root
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# In a mount namespace of its own, where /etc/udev is empty and nothing of this system is changed.

import fcntl
import os
import pathlib
import resource
import shutil
import signal
import subprocess

import bus
import namespace
from namespace import check

HELPER = os.environ['SETUP_HELPER']
FOLDER = pathlib.Path('/etc/udev/rules.d')
RULE = FOLDER / '70-bootlace.rules'
UDEVADM = pathlib.Path('/usr/bin/udevadm')

DONE, FAILED, USAGE, NOT_ROOT, NOT_OURS, READ_ONLY, NO_UDEV, NEWER = range(8)

CALLS = pathlib.Path('/etc/udev/calls')
LOCK = pathlib.Path('/run/bootlace-setup-helper.lock')


def mount_folder(options='mode=0755'):
    """A fresh /etc/udev, over the last one."""
    namespace.mount_tmpfs('/etc/udev', options)


def mount_udevadm(status=0):
    """A udevadm that notes how it was called, for no daemon runs here."""
    script = pathlib.Path('/etc/udev/udevadm')
    script.write_text(f'#!/bin/sh\necho "$@" "$(env | sort | tr "\\n" " ")" >>{CALLS}\nexit {status}\n')
    script.chmod(0o755)
    subprocess.run(['mount', '--bind', script, UDEVADM], check=True)


def call(*arguments, **options):
    return subprocess.run(
        [HELPER, *arguments], capture_output=True, text=True, timeout=60, **options
    )


def expect(result, status):
    check(
        result.returncode == status,
        f'exit status {result.returncode} instead of {status}: {result.stderr}',
    )


def test_it_writes_one_file_and_tells_udev():
    mount_folder()
    mount_udevadm()
    expect(call('install'), DONE)
    check([path.name for path in FOLDER.iterdir()] == [RULE.name], 'there is something else')
    info = RULE.stat()
    check(info.st_mode & 0o7777 == 0o644 and info.st_uid == 0, f'mode {info.st_mode:o}')
    check('ATTR{idProduct}=="0002"' in RULE.read_text(), 'no ESP32-S2 in the rule')
    calls = CALLS.read_text().splitlines()
    verbs = [line.split()[0] for line in calls]
    check(verbs == ['control', 'trigger', 'settle'], f'udevadm was called for {verbs}')
    check(' --property-match=DEVTYPE=usb_device ' in calls[1], f'it was more than devices: {calls[1]}')


def test_more_devices_and_none():
    mount_folder()
    mount_udevadm()
    expect(call('install'), DONE)
    check('fe0101' not in RULE.read_text(), 'the rule is for all devices')
    expect(call('install-all'), DONE)
    check('fe0101' in RULE.read_text(), 'the rule is not for all devices')
    expect(call('remove'), DONE)
    check(not RULE.exists(), 'the rule is still there')
    expect(call('remove'), DONE)


def test_arguments():
    mount_folder()
    mount_udevadm()
    for arguments in ([], [''], ['install', 'install'], ['Install'], ['install '], ['--help'],
                      ['/etc/passwd'], ['remove', '../70-persistent.rules'], ['x' * 100000]):
        expect(call(*arguments), USAGE)
    check(not RULE.exists() and not CALLS.exists(), 'something was done')


def test_environment_and_inheritance():
    mount_folder()
    mount_udevadm()
    hostile = {
        'PATH': '/tmp', 'IFS': '/', 'LD_LIBRARY_PATH': '/tmp', 'TMPDIR': '/tmp/none',
        'HOME': '/tmp', 'SYSTEMD_LOG_LEVEL': 'debug', 'BASH_ENV': '/tmp/x', 'ENV': '/tmp/x',
    }

    def inherit():
        os.umask(0o777)
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
        os.chdir('/tmp')
        for descriptor in (0, 1, 2):
            os.close(descriptor)

    process = subprocess.Popen(
        [HELPER, 'install'], env=hostile, preexec_fn=inherit, stdin=subprocess.DEVNULL
    )
    check(process.wait(60) == DONE, f'exit status {process.returncode}')
    check(RULE.stat().st_mode & 0o7777 == 0o644, f'mode {RULE.stat().st_mode:o}')
    check(FOLDER.stat().st_mode & 0o7777 == 0o755, f'mode {FOLDER.stat().st_mode:o} of the folder')
    check(RULE.read_text().startswith('# Bootlace rule '), 'a message is in the rule')
    for name in hostile.keys() - {'PATH', 'ENV', 'IFS'}:
        check(f'{name}=' not in CALLS.read_text(), f'udevadm got {name}')


def test_no_room():
    mount_folder()
    mount_udevadm()
    expect(call('install'), DONE)
    before = RULE.read_text()

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    expect(call('install-all', preexec_fn=limit), FAILED)
    check(RULE.read_text() == before, 'the rule has changed')
    check(len(list(FOLDER.iterdir())) == 1, 'something is left')


def test_too_few_open_files():
    mount_folder()
    mount_udevadm()
    expect(call('install'), DONE)
    before = RULE.read_text()
    for number in range(2, 9):
        result = call('install-all', preexec_fn=lambda: limit_open_files(number))
        check(RULE.read_text() in (before, ALL_RULE), f'half a rule with {number} open files')
        check(len(list(FOLDER.iterdir())) == 1, f'something is left with {number} open files')
        check(result.returncode != DONE or RULE.read_text() == ALL_RULE, 'it only says that it is done')


def limit_open_files(number):
    resource.setrlimit(resource.RLIMIT_NOFILE, (number, number))


def test_only_one_at_a_time():
    mount_folder()
    mount_udevadm()
    expect(call('install'), DONE)
    check(LOCK.stat().st_mode & 0o7777 == 0o600 and LOCK.stat().st_uid == 0, 'others can hold the lock')
    before = RULE.read_text()
    with LOCK.open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = subprocess.Popen([HELPER, 'install-all'])
        wait_until_it_waits(process)
        check(RULE.read_text() == before, 'it did not wait')
    check(process.wait(60) == DONE, f'exit status {process.returncode}')
    check(RULE.read_text() == ALL_RULE, 'it did nothing when it was its turn')


def wait_until_it_waits(process):
    """For a lock, as the kernel says it: “1: -> FLOCK  ADVISORY  WRITE 812 …”."""
    while process.poll() is None:
        for line in pathlib.Path('/proc/locks').read_text().splitlines():
            words = line.split()
            if words[1] == '->' and words[2] == 'FLOCK' and int(words[5]) == process.pid:
                return
    raise AssertionError(f'it ended with {process.returncode} instead of waiting')


def test_a_link_in_the_place_of_the_lock():
    mount_folder()
    mount_udevadm()
    victim = pathlib.Path('/etc/udev/victim')
    LOCK.unlink(missing_ok=True)
    LOCK.symlink_to(victim)
    try:
        expect(call('install'), FAILED)
    finally:
        LOCK.unlink()
    check(not victim.exists() and not RULE.exists(), 'the link was followed')


def test_a_file_of_somebody_else():
    mount_folder()
    mount_udevadm()
    FOLDER.mkdir()
    RULE.write_text('# my own\n')
    expect(call('install'), NOT_OURS)
    expect(call('remove'), NOT_OURS)
    check(RULE.read_text() == '# my own\n', 'it has changed')
    check(not CALLS.exists(), 'udev was told')


def test_a_newer_rule():
    mount_folder()
    mount_udevadm()
    FOLDER.mkdir()
    RULE.write_text('# Bootlace rule 9999\n')
    for verb in ('install', 'install-all'):
        expect(call(verb), NEWER)
    check(RULE.read_text() == '# Bootlace rule 9999\n', 'an older one was put in its place')
    check(not CALLS.exists(), 'udev was told')
    expect(call('remove'), DONE)


def test_links_on_the_way():
    mount_folder()
    mount_udevadm()
    elsewhere = pathlib.Path('/etc/udev/elsewhere')
    elsewhere.mkdir()
    FOLDER.symlink_to(elsewhere)
    expect(call('install'), FAILED)
    check(list(elsewhere.iterdir()) == [], 'the link was followed')


def test_etc_is_a_link():
    """As in a root folder that somebody has put together."""
    root = pathlib.Path('/mnt/root')
    for entry in pathlib.Path('/').iterdir():
        copy = root / entry.name
        copy.parent.mkdir(exist_ok=True)
        if entry.name == 'etc':
            copy.symlink_to('elsewhere')
        elif entry.is_symlink():
            copy.symlink_to(os.readlink(entry))
        elif entry.is_dir():
            copy.mkdir()
            if entry.name != 'mnt':
                subprocess.run(['mount', '--rbind', entry, copy], check=True)
    (root / 'elsewhere/udev/rules.d').mkdir(parents=True)
    expect(call('install', preexec_fn=lambda: os.chroot(root)), FAILED)
    check(list((root / 'elsewhere/udev/rules.d').iterdir()) == [], 'the link was followed')


def test_a_folder_that_others_can_change():
    mount_folder()
    mount_udevadm()
    FOLDER.mkdir()
    for mode, owner in ((0o777, 0), (0o775, 0), (0o755, 1000)):
        FOLDER.chmod(mode)
        os.chown(FOLDER, owner, 0)
        expect(call('install'), FAILED)
        check(list(FOLDER.iterdir()) == [], 'it was written all the same')


def test_a_read_only_etc():
    mount_folder()
    FOLDER.mkdir()
    mount_udevadm()
    subprocess.run(['mount', '-o', 'remount,ro', '/etc/udev'], check=True)
    expect(call('install'), READ_ONLY)
    subprocess.run(['mount', '-o', 'remount,rw', '/etc/udev'], check=True)
    check(list(FOLDER.iterdir()) == [], 'it was written all the same')


def test_udev_does_not_answer():
    mount_folder()
    mount_udevadm(status=1)
    expect(call('install'), NO_UDEV)
    check(RULE.exists(), 'the rule is not there')


def refuse_nobody(mode):
    """From a copy in a file system of its own: the build may lie where nobody else may go, or where
    setuid means nothing."""
    mount_folder()
    mount_udevadm()
    os.makedirs('/mnt/copy', exist_ok=True)
    namespace.mount_tmpfs('/mnt/copy')
    copy = shutil.copy(HELPER, '/mnt/copy/helper')
    os.chmod(copy, mode)
    result = subprocess.run([copy, 'install'], user=65534, group=65534, capture_output=True)
    check(result.returncode == NOT_ROOT, f'exit status {result.returncode}: {result.stderr}')
    check(not RULE.exists(), 'the rule is there')


def test_somebody_who_is_not_root():
    refuse_nobody(mode=0o755)


def test_setuid():
    refuse_nobody(mode=0o4755)


def read_rule_for_all():
    mount_folder()
    mount_udevadm()
    expect(call('install-all'), DONE)
    return RULE.read_text()


namespace.enter(__file__)
namespace.mount_tmpfs('/mnt')
namespace.mount_tmpfs('/run')
ALL_RULE = read_rule_for_all()
bus.tap([value for name, value in list(globals().items()) if name.startswith('test_')])
