/* esp32s2-rom-intake.c: how the loader takes a download apart
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "esp32s2-rom.h"

#include <string.h>

#define SHORTEST_ARCHIVE 232 /* fewer bytes in all are taken for raw data */
#define N_HEADER_FIELDS 13
#define FIELD_FILESIZE 6
#define FIELD_NAMESIZE 11
#define TABLE_NAME "dfuinfo0.dat"
#define TRAILER_NAME "TRAILER!!!"

static gboolean
parse_header (const guint8 *header, guint32 fields[N_HEADER_FIELDS])
{
  if (memcmp (header, "070701", 6) != 0 && memcmp (header, "070702", 6) != 0)
    return FALSE;

  for (guint i = 0; i < N_HEADER_FIELDS; i++) {
    fields[i] = 0;
    for (guint j = 0; j < 8; j++) {
      int digit = g_ascii_xdigit_value (header[6 + i * 8 + j]);

      if (digit < 0)
        return FALSE;
      fields[i] = fields[i] << 4 | digit;
    }
  }

  return TRUE;
}

static void
enter (Esp32s2RomIntake *self, Esp32s2RomIntakePhase phase)
{
  self->phase = phase;
  self->field_length = 0;
}

static void
fail (Esp32s2RomIntake *self, Esp32s2RomStatus error)
{
  self->error = error;
  enter (self, INTAKE_ENDED);
}

static void
finish_header (Esp32s2RomIntake *self)
{
  guint32 fields[N_HEADER_FIELDS];

  if (!parse_header (self->header, fields) || fields[FIELD_NAMESIZE] > ESP32S2_ROM_MAX_NAMESIZE) {
    fail (self, ROM_STATUS_TARGET);
    return;
  }

  self->file_size = fields[FIELD_FILESIZE];
  self->name_size = fields[FIELD_NAMESIZE];
  self->name_length = (sizeof self->header + self->name_size + 3) / 4 * 4 - sizeof self->header;
  enter (self, INTAKE_NAME);
}

static void
finish_file (Esp32s2RomIntake *self)
{
  if (self->sink == INTAKE_TABLE) {
    esp32s2_rom_writer_set_table (self->writer, self->table, self->file_size);
    self->has_table = TRUE;
  }

  enter (self, INTAKE_PADDING);
}

/* A file that no table has announced, and that is not the table, is passed over. */
static void
finish_name (Esp32s2RomIntake *self)
{
  const char *name = self->name;

  self->name[self->name_size] = '\0';
  self->sink = INTAKE_SKIP;

  if (g_str_equal (name, TRAILER_NAME)) {
    enter (self, INTAKE_ENDED);
    return;
  }

  if (!self->has_table && g_str_equal (name, TABLE_NAME)) {
    if (self->file_size > sizeof self->table) {
      fail (self, ROM_STATUS_FILE);
      return;
    }
    self->sink = INTAKE_TABLE;
  } else if (esp32s2_rom_writer_begin_file (self->writer, name, self->file_size)) {
    self->sink = INTAKE_FILE;
  }

  enter (self, INTAKE_DATA);
}

static gsize
take_header (Esp32s2RomIntake *self, const guint8 *data, gsize length)
{
  gsize taken = MIN (length, sizeof self->header - self->field_length);

  memcpy (self->header + self->field_length, data, taken);
  self->field_length += taken;
  if (self->field_length == sizeof self->header)
    finish_header (self);

  return taken;
}

static gsize
take_name (Esp32s2RomIntake *self, const guint8 *data, gsize length)
{
  gsize taken = MIN (length, self->name_length - self->field_length);

  for (gsize i = 0; i < taken; i++) {
    if (self->field_length + i < self->name_size)
      self->name[self->field_length + i] = data[i];
  }
  self->field_length += taken;
  if (self->field_length == self->name_length)
    finish_name (self);

  return taken;
}

static gsize
take_data (Esp32s2RomIntake *self, const guint8 *data, gsize length)
{
  gsize taken = MIN (length, self->file_size - self->field_length);

  if (self->sink == INTAKE_TABLE)
    memcpy (self->table + self->field_length, data, taken);
  else if (self->sink == INTAKE_FILE)
    esp32s2_rom_writer_write_file (self->writer, data, taken);
  self->field_length += taken;
  if (self->field_length == self->file_size)
    finish_file (self);

  return taken;
}

static gsize
take_padding (Esp32s2RomIntake *self, gsize length)
{
  gsize padding = (4 - self->file_size % 4) % 4;
  gsize taken = MIN (length, padding - self->field_length);

  self->field_length += taken;
  if (self->field_length == padding)
    enter (self, INTAKE_HEADER);

  return taken;
}

static void
look_at (Esp32s2RomIntake *self, const guint8 *data, gsize length)
{
  gsize taken = 0;

  while (length > 0) {
    switch (self->phase) {
    case INTAKE_UNDECIDED:
      g_assert_not_reached ();
    case INTAKE_RAW:
      esp32s2_rom_writer_write_raw (self->writer, data, length);
      return;
    case INTAKE_HEADER:
      taken = take_header (self, data, length);
      break;
    case INTAKE_NAME:
      taken = take_name (self, data, length);
      break;
    case INTAKE_DATA:
      taken = take_data (self, data, length);
      break;
    case INTAKE_PADDING:
      taken = take_padding (self, length);
      break;
    case INTAKE_ENDED:
      return;
    }
    data += taken;
    length -= taken;
  }
}

/* The first group decides what the whole download is. */
static void
look_at_group (Esp32s2RomIntake *self)
{
  guint32 fields[N_HEADER_FIELDS];

  if (self->phase == INTAKE_UNDECIDED) {
    gboolean is_archive = self->received >= SHORTEST_ARCHIVE && parse_header (self->group, fields);

    enter (self, is_archive ? INTAKE_HEADER : INTAKE_RAW);
  }

  look_at (self, self->group, self->group_length);
  self->group_length = 0;
}

void
esp32s2_rom_intake_begin (Esp32s2RomIntake *self, Esp32s2RomWriter *writer)
{
  self->writer = writer;
  self->phase = INTAKE_UNDECIDED;
  self->error = ROM_STATUS_OK;
  self->received = 0;
  self->group_length = 0;
  self->field_length = 0;
  self->has_table = FALSE;

  writer->n_files = 0;
  writer->raw_address = 0;
}

void
esp32s2_rom_intake_take (Esp32s2RomIntake *self, const guint8 *data, gsize length)
{
  self->received += length;

  while (length > 0) {
    gsize taken = MIN (length, sizeof self->group - self->group_length);

    memcpy (self->group + self->group_length, data, taken);
    self->group_length += taken;
    data += taken;
    length -= taken;

    if (self->group_length == sizeof self->group)
      look_at_group (self);
  }
}

void
esp32s2_rom_intake_end (Esp32s2RomIntake *self)
{
  if (self->group_length > 0)
    look_at_group (self);

  if (self->error == ROM_STATUS_OK)
    self->error = esp32s2_rom_writer_check (self->writer);
}
