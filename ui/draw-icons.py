#!/usr/bin/python3
# draw-icons.py: draws the icons at the sizes they are shown at, for a GTK that reads no SVG files
#
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Usage: draw-icons.py ICONS.gresource.xml FOLDER… DRAWN.gresource.xml PROGRAM.ico DEPFILE
#
# Takes the list of icons and the folders in which they are. Leaves the same list for the drawn ones
# and, beside it, those; the program's icon as Windows wants it; and for ninja what was read.

import pathlib
import struct
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

# In GTK's icon theme every size has a folder. People set their display to up to 200 %.
SIZES = [16, 24, 32, 48, 64, 96, 128, 192, 256]

# How GTK is told which parts take which of the theme's colours: gtk4-encode-symbolic-svg does the same.
ROLES = '.success { fill: #f00 } .warning { fill: #0f0 } .error { fill: #00f }'


def draw(source, size, output, roles):
    command = ['rsvg-convert', '--width', str(size), '--height', str(size), '--output', output]
    if source.stem.endswith('-symbolic'):
        command += ['--stylesheet', roles]
    subprocess.run([*command, source], check=True)


def write_ico(images, path):
    """The container of .ico files: a directory of six bytes and sixteen for each image, then PNGs."""
    offset = 6 + 16 * len(images)
    directory = struct.pack('<HHH', 0, 1, len(images))
    for size, data in images:
        # 256 does not fit, and is written as 0.
        directory += struct.pack('<BBBBHHII', size % 256, size % 256, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    path.write_bytes(directory + b''.join(data for _, data in images))


def find(folders, name):
    return next(folder / name for folder in folders if (folder / name).exists())


def main():
    icons, *folders, output, ico, depfile = map(pathlib.Path, sys.argv[1:])
    roles = output.with_name('roles.css')
    roles.write_text(ROLES)
    drawn = ElementTree.Element('gresources')
    sources = set()

    for group in ElementTree.parse(icons).getroot().iter('gresource'):
        parent, scalable, context = group.get('prefix').rsplit('/', 2)
        for size in SIZES:
            folder = pathlib.Path(output.parent, 'icons', str(size))
            folder.mkdir(parents=True, exist_ok=True)
            drawn_group = ElementTree.SubElement(
                drawn, 'gresource', prefix=f'{parent}/{size}x{size}/{context}'
            )
            for file in group.iter('file'):
                source = find(folders, file.text)
                sources.add(str(source))
                suffix = '.symbolic.png' if source.stem.endswith('-symbolic') else '.png'
                image = folder / (source.stem + suffix)
                draw(source, size, image, roles)
                entry = ElementTree.SubElement(drawn_group, 'file', alias=image.name)
                entry.text = str(image.relative_to(output.parent))

    ElementTree.ElementTree(drawn).write(output, encoding='utf-8', xml_declaration=True)
    depfile.write_text(f'{output}: {" ".join(sorted(sources))}\n')
    program = 'dev.bootlace.Bootlace.png'
    write_ico(
        [(size, pathlib.Path(output.parent, 'icons', str(size), program).read_bytes()) for size in SIZES],
        ico,
    )


main()
