/* firmware-cpio.h: the "newc" cpio archive, as far as Espressif's ROM reads it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FIRMWARE_CPIO_TRAILER "TRAILER!!!"

/**
 * FirmwareCpioReader:
 * @data: the archive
 * @size: its size
 * @offset: where the next member's header begins
 *
 * Walks through the members of an archive. Borrows the archive.
 */
typedef struct {
  const guint8 *data;
  gsize size;
  gsize offset;
} FirmwareCpioReader;

/**
 * FirmwareCpioMember:
 * @name: its name: UTF-8, printable, not empty
 * @header: where its header begins in the archive
 * @offset: where its data begin in the archive
 * @size: how many bytes of data it has
 * @is_trailer: whether it is the member that ends the archive
 *
 * One member. Borrows from the archive.
 */
typedef struct {
  const char *name;
  gsize header;
  gsize offset;
  gsize size;
  gboolean is_trailer;
} FirmwareCpioMember;

gboolean firmware_cpio_is_present (GBytes *contents);

void firmware_cpio_reader_init (FirmwareCpioReader *self, GBytes *archive);
gboolean
firmware_cpio_reader_next (FirmwareCpioReader *self, FirmwareCpioMember *member, GError **error);

void
firmware_cpio_append_member (GByteArray *archive, const char *name, const guint8 *data, gsize size);
void firmware_cpio_append_trailer (GByteArray *archive, gsize block_size);

G_END_DECLS
