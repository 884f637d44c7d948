#!/usr/bin/python3
# bench.py: bootlace-cli and others in turns, on the same virtual board or of the same build
#
# SPDX-License-Identifier: GPL-3.0-or-later

import argparse
import os
import pathlib
import statistics
import subprocess
import tempfile
import time
import zlib

import bus
import firmware

PORT = '1-10'
MIB = 1024 * 1024
SAMPLE_INTERVAL = 0.005
PYTHON = '/usr/bin/python3'
NO_ERASE = ('--sector-erase-ms', '0', '--block-erase-ms', '0', '--page-program-us', '0')
NO_CHECK = ('--md5-ms-per-mib', '0')

# What ours is told besides, of boards that do not compare by themselves.
flash_options = []

OURS, THEIRS, BARE = 'bootlace-cli', 'dfu-util', 'bare loop'
ESPRESSIF = 'mkdfu.py'

HEAD = """\
Medians of {runs} runs in turns. The board itself times the writing, from the first block to the
empty one that ends it; the wire waits while no transfer of that is under way and the board does
not work. The last columns: ours as a part of theirs, and as a part of a bare loop over libusb that
keeps the queue full. Both others send an ESP archive as it is; ours joins its pieces without
--as-is. A plain or DfuSe board is read back and compared by ours alone, without --no-verify. Of
dfu-util's job, five seconds are a wait that it always makes after DETACH, or one second
when a plain board manifests.
"""


def cut(path, part_size):
    """Writes an archive with parts of another size than the usual 512 KiB."""
    addressed, archive = path.with_suffix('.hex'), path.with_name('cut.bin')
    for words in (
        ['convert', path, '-o', addressed],
        ['build', '--part-size', str(part_size), '-o', archive, addressed],
    ):
        subprocess.run([os.environ['BOOTLACE_CLI'], *words], check=True, stdout=subprocess.DEVNULL)
    return archive


class Esp32s2:
    """An ESP archive to a board in run-time mode; the bare loop's is in DFU mode already."""

    part_size, as_is = 0, False

    def __init__(self, name, options):
        self.name, self.options = name, options

    def make_file(self, folder, size):
        self.size = size
        path = firmware.make(pathlib.Path(folder, 'dfu.bin'), '--app-size', str(size))
        return cut(path, self.part_size) if self.part_size else path

    def board(self, program):
        return f'esp32s2@{PORT}' + (',mode=dfu' if program == BARE else '')

    def commands(self, image):
        options = ['--as-is'] if self.as_is else []
        commands = {
            OURS: [os.environ['BOOTLACE_CLI'], 'flash', '--path', PORT, *options, image],
            THEIRS: ['dfu-util', '-d', '303a:2', '--path', PORT, '-D', image],
        }
        if 'BARE_LOOP' in os.environ:
            commands[BARE] = [os.environ['BARE_LOOP'], PORT, image]
        return commands

    def is_written(self, image, flash):
        return flash == firmware.flash_after(image)


class GenericDfu:
    """A file to a board that is really busy after each 4 KiB, and has 512 KiB."""

    MAX_SIZE = 512 * 1024

    def __init__(self, name, options, busy_ms):
        self.name, self.options, self.busy_ms = name, options, busy_ms

    def make_file(self, folder, size):
        self.size = min(size, self.MAX_SIZE)
        contents = bytes(i * 7 % 251 for i in range(self.size))
        contents += bytes.fromhex('ffff 0200 0912 0001 554644 10')
        contents += (zlib.crc32(contents) ^ 0xFFFFFFFF).to_bytes(4, 'little')
        path = pathlib.Path(folder, 'generic.dfu')
        path.write_bytes(contents)
        return path

    def board(self, program):
        return f'generic-dfu@{PORT},mode=dfu,busy-ms={self.busy_ms}'

    def commands(self, image):
        flash = ['flash', *flash_options, '--path', PORT, '--alt', '0', image]
        return {
            OURS: [os.environ['BOOTLACE_CLI'], *flash],
            THEIRS: ['dfu-util', '-d', '1209:2', '--path', PORT, '-a', '0', '-D', image],
        }

    def is_written(self, image, flash):
        return flash[: self.size] == image.read_bytes()[: self.size]


class Dfuse:
    """Raw bytes to an address of an STM32F4, in blocks of 2 KiB; it is really busy after each
    command and block. Both programs let it start the program in the end."""

    MAX_SIZE = 512 * 1024
    ADDRESS = '0x08000000'

    def __init__(self, name, options, busy_ms):
        self.name, self.options, self.busy_ms = name, options, busy_ms

    def make_file(self, folder, size):
        self.size = min(size, self.MAX_SIZE)
        path = pathlib.Path(folder, 'flash.raw')
        path.write_bytes(bytes(i * 7 % 251 for i in range(self.size)))
        return path

    def board(self, program):
        return f'stm32f4@{PORT},busy-ms={self.busy_ms},erase-ms={self.busy_ms}'

    def commands(self, image):
        flash = ['flash', *flash_options, '--path', PORT, '--address', self.ADDRESS, image]
        download = ['--path', PORT, '-a', '0', '-s', f'{self.ADDRESS}:leave', '-D', image]
        return {OURS: [os.environ['BOOTLACE_CLI'], *flash], THEIRS: ['dfu-util', *download]}

    def is_written(self, image, flash):
        return flash[: self.size] == image.read_bytes()


def read_peak_memory(pid):
    """The most that a process has had resident, in MiB; 0 when it has ended."""
    for line in pathlib.Path(f'/proc/{pid}/status').read_text().splitlines():
        if line.startswith('VmHWM:'):
            return int(line.split()[1]) / 1024
    return 0


def wait_with_usage(process):
    """Waits for a process: its exit status, CPU seconds and most memory in MiB.

    The kernel's own maximum would be Python's, whose memory the process had before it was itself.
    """
    memory = 0
    while True:
        memory = max(memory, read_peak_memory(process.pid))
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid != 0:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, usage.ru_utime + usage.ru_stime, memory
        time.sleep(SAMPLE_INTERVAL)


def measure(case, program, image, folder):
    """One job on a fresh board."""
    flash = pathlib.Path(folder, 'flash.bin')
    output = pathlib.Path(folder, 'output')
    with bus.Bus(case.board(program), options=case.options) as board, output.open('w') as out:
        start = time.monotonic()
        process = board.start([str(word) for word in case.commands(image)[program]], stdout=out)
        status, cpu, memory = wait_with_usage(process)
        whole = time.monotonic() - start
        board.tell(f'save-flash {PORT} {flash}')
        stats = board.stats(PORT)
    if status != 0 or not case.is_written(image, flash.read_bytes()):
        raise SystemExit(f'{program} did not write the image:\n{output.read_text()}')
    return {
        'whole job, s': whole,
        'writing, s': stats['writing-us'] / 1e6,
        'wire waits, s': max(stats['writing-us'] - stats['writing-busy-us'], 0) / 1e6,
        'transfers': stats['transfers'],
        'of these GETSTATUS': stats['getstatus'],
        'CPU, s/MiB': cpu * MIB / case.size,
        'peak memory, MiB': memory,
    }


def find_medians(results):
    return {
        program: {key: statistics.median(run[key] for run in runs_of) for key in runs_of[0]}
        for program, runs_of in results.items()
    }


def measure_in_turns(case, image, folder, runs):
    programs = list(case.commands(image))
    results = {program: [] for program in programs}
    for number in range(runs):
        for program in programs if number % 2 == 0 else reversed(programs):
            results[program].append(measure(case, program, image, folder))
    return find_medians(results)


def format_number(value):
    return f'{value:.0f}' if value >= 1000 else f'{value:.2f}'


def format_ratio(value, other):
    return f'{value / other:.2f} x' if other > 0 else '-'


def print_table(title, medians, theirs=THEIRS):
    bare = medians.get(BARE)
    columns = [name for name in (OURS, theirs, BARE) if name in medians]
    heads = columns + [f'ours/{name}' for name in columns[1:]]
    print(f'\n{title}')
    print(f'{"":<20}' + ''.join(f'{head:>15}' for head in heads))
    for key in medians[OURS]:
        cells = [format_number(medians[program][key]) for program in columns]
        if theirs in medians:
            cells.append(format_ratio(medians[OURS][key], medians[theirs][key]))
        # The bare loop neither switches the board to DFU mode nor looks at the file.
        if bare and key == 'writing, s':
            cells.append(format_ratio(medians[OURS][key], bare[key]))
        print(f'{key:<20}' + ''.join(f'{cell:>15}' for cell in cells), flush=True)


def run_once(command, start=subprocess.Popen):
    """A program that says nothing, from its start to its end."""
    begin = time.monotonic()
    process = start(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    whole = time.monotonic() - begin
    if process.returncode != 0:
        raise SystemExit(f'{command[0]} ended with {process.returncode}')
    return {'whole, ms': whole * 1e3, 'CPU, ms': (usage.ru_utime + usage.ru_stime) * 1e3}


class Building:
    """What a build folder that fills 4 MiB of flash becomes, whole processes, each into a new file.

    Ours also checks every part as inspect does. It takes as long as GLib needs for the SHA-256 of
    the application, beside which the MD5s are computed, and to be loaded and read and write the
    bytes.
    """

    REPEATS = 20
    APP_ADDRESS = 0x10000
    APP_SIZE = firmware.FLASH_SIZE - APP_ADDRESS

    def __init__(self, mkdfu):
        self.name, self.mkdfu = 'build of 4 MiB', mkdfu

    def make_build(self, folder):
        image = firmware.make(folder / 'image.bin', '--app-size', str(self.APP_SIZE))
        build = firmware.make_build(folder / 'project', image)
        pieces = [data for address, data in firmware.parts(image) if address >= self.APP_ADDRESS]
        (build / firmware.PARTS[self.APP_ADDRESS]).write_bytes(b''.join(pieces))
        return build

    def commands(self, build, outputs):
        commands = {OURS: [os.environ['BOOTLACE_CLI'], 'build', '-o', outputs[OURS], build]}
        if self.mkdfu:
            words = ['--pid', '2', '--flash-size', '4MB', '--json', build / 'flasher_args.json']
            commands[ESPRESSIF] = [PYTHON, self.mkdfu, 'write', '-o', outputs[ESPRESSIF], *words]
        return commands

    def measure(self, folder, repeats):
        outputs = {OURS: folder / 'ours.bin', ESPRESSIF: folder / 'theirs.bin'}
        commands = self.commands(self.make_build(folder), outputs)
        results = {program: [] for program in commands}
        for _ in range(repeats):
            for program, command in commands.items():
                outputs[program].unlink(missing_ok=True)
                results[program].append(run_once([str(word) for word in command]))
        if self.mkdfu and outputs[OURS].read_bytes() != outputs[ESPRESSIF].read_bytes():
            raise SystemExit('the files differ')
        return results

    def run(self, repeats):
        with tempfile.TemporaryDirectory() as folder:
            results = self.measure(pathlib.Path(folder), repeats)
        fastest = {
            program: {f'fastest {key}': min(run[key] for run in runs) for key in runs[0]}
            for program, runs in results.items()
        }
        medians = find_medians(results)
        for program, values in medians.items():
            values |= fastest[program]
        print_table(self.name, medians, ESPRESSIF)


class Listing:
    """What is connected, again and again in turns: mostly the time that a program needs to start.

    Where transfers take no time that is all of it. Both start libusb, which takes as long in either;
    but loading our libraries, GIO before all, takes about half as long as dfu-util does for everything.
    Every name that dfu-util asks for is two transfers, and on a wire at full speed each takes a quarter
    of a millisecond at the very least, and mostly a frame, which is one.
    """

    REPEATS = 20
    COMMANDS = {OURS: [os.environ['BOOTLACE_CLI'], 'list'], THEIRS: ['dfu-util', '-l']}

    def __init__(self, name, kinds, transfer_us):
        wire = f'{transfer_us / 1000:g} ms a transfer' if transfer_us else 'transfers take no time'
        self.name = f'list {name}, {wire}'
        self.boards = [f'{kind}@1-{port}' for port, kind in enumerate(kinds, 1)]
        self.options = ('--transfer-us', str(transfer_us)) if transfer_us else ('--instant',)

    def count_transfers(self, board, command):
        ports = [spec.partition('@')[2] for spec in self.boards]
        for port in ports:
            board.tell(f'reset-stats {port}')
        run_once(command, board.start)
        return {'transfers': sum(board.stats(port)['transfers'] for port in ports)}

    def run(self, repeats):
        results = {program: [] for program in self.COMMANDS}
        with bus.Bus(*self.boards, options=self.options) as board:
            for _ in range(repeats):
                for program, command in self.COMMANDS.items():
                    results[program].append(run_once(command, board.start))
            medians = find_medians(results)
            for program, command in self.COMMANDS.items():
                medians[program] |= self.count_transfers(board, command)
        print_table(self.name, medians)


CASES = (
    Esp32s2('ESP32-S2, 0.25 ms a transfer', ('--transfer-us', '250', *NO_ERASE, *NO_CHECK)),
    Esp32s2('ESP32-S2, 0.25 ms, flash takes its time', ('--transfer-us', '250')),
    Esp32s2('ESP32-S2, 1 ms a transfer', ('--transfer-us', '1000', *NO_ERASE, *NO_CHECK)),
    Esp32s2('ESP32-S2, 1 ms, flash takes its time', ('--transfer-us', '1000')),
    GenericDfu('plain DFU, 4 KiB blocks, busy for 10 ms', ('--transfer-us', '250'), 10),
    Dfuse('DfuSe, 2 KiB blocks, busy for 8 ms', ('--transfer-us', '250'), 8),
    Dfuse('DfuSe, 2 KiB blocks, busy for 100 ms', ('--transfer-us', '250'), 100),
)
LISTINGS = tuple(
    Listing(name, kinds, transfer_us)
    for name, kinds in (
        ('an ESP32-S2', ['esp32s2']),
        ('an STM32 with four memories', ['stm32f4']),
        ('eight boards', ['esp32s2'] * 4 + ['stm32f4'] * 4),
    )
    for transfer_us in (0, 250, 1000)
)
SMOKE_CASES = (
    Esp32s2('ESP32-S2, nothing takes time', ('--instant',)),
    GenericDfu('plain DFU, nothing takes time', ('--instant',), 0),
    Dfuse('DfuSe, nothing takes time', ('--instant',), 0),
)


def main():
    parser = argparse.ArgumentParser(description='bootlace-cli and dfu-util in turns.')
    parser.add_argument('--runs', type=int, default=5, help='runs of each program (5)')
    parser.add_argument('--size', type=int, default=921600, help='size of the application (921600)')
    parser.add_argument('--only', default='', help='only the cases with this in their name')
    parser.add_argument('--part-size', type=int, help='cut ESP archives otherwise (524288)')
    parser.add_argument('--as-is', action='store_true', help='send ESP archives untouched')
    parser.add_argument('--no-verify', action='store_true', help='do not read back')
    parser.add_argument('--mkdfu', help="Espressif's tool, to be compared with")
    parser.add_argument('--smoke', action='store_true', help='only see whether it works')
    arguments = parser.parse_args()

    if arguments.no_verify:
        flash_options.append('--no-verify')
    Esp32s2.part_size, Esp32s2.as_is = arguments.part_size, arguments.as_is
    print(HEAD.format(runs=arguments.runs), end='')
    with tempfile.TemporaryDirectory() as folder:
        for case in SMOKE_CASES if arguments.smoke else CASES:
            if arguments.only not in case.name:
                continue
            image = case.make_file(folder, arguments.size)
            medians = measure_in_turns(case, image, folder, arguments.runs)
            print_table(f'{case.name}, {case.size} bytes', medians)

    for case in (Building(arguments.mkdfu), *LISTINGS):
        if arguments.only in case.name:
            case.run(1 if arguments.smoke else arguments.runs * case.REPEATS)


if __name__ == '__main__':
    main()
