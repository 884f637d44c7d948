# namespace.py: a place where a test may do as root what it likes
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import shutil
import subprocess
import sys


def skip(reason):
    print(f'1..0 # SKIP {reason}')
    sys.exit(0)


def enter(script, *options):
    """Starts the script again with mounts of its own, or skips it. Options are more of unshare's."""
    if 'BOOTLACE_IN_NAMESPACE' in os.environ:
        return
    command = ['unshare', '--mount', '--propagation', 'private', *options]
    usable = os.geteuid() == 0 and shutil.which('unshare') is not None
    if not usable or subprocess.run([*command, 'mount', '-t', 'tmpfs', 'none', '/mnt']).returncode:
        skip('namespaces take root')
    environment = {**os.environ, 'BOOTLACE_IN_NAMESPACE': '1'}
    os.execvpe('unshare', [*command, sys.executable, script], environment)


def mount_tmpfs(path, options='mode=0755'):
    """An empty folder over what is there."""
    subprocess.run(['mount', '-t', 'tmpfs', '-o', options, 'none', path], check=True)


def check(condition, message):
    if not condition:
        raise AssertionError(message)
