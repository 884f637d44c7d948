/* firmware-ihex.c: Intel HEX, from records to bytes with addresses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-ihex.h"

#include "firmware-error.h"
#include "firmware-esp-split.h"
#include "firmware-format.h"
#include "firmware-ihex-record.h"
#include "firmware-image-runs.h"

#define SEGMENT_SIZE 0x10000
#define PROBE_DIGITS 8 /* RECLEN, OFFSET and RECTYP */

typedef struct {
  FirmwareMemory *memory;
  guint64 base;     /* what the latest extended address record says, in bytes */
  gboolean linear;  /* whether that was an extended linear one */
  guint end_number; /* the line of the end record, 0 when it has not come */
} Reader;

static guint
read_u16 (const guint8 *data)
{
  return (guint) data[0] << 8 | data[1];
}

static gboolean
check_data_length (const FirmwareIhexLine *line,
                   const FirmwareIhexRecord *record,
                   guint8 expected,
                   GError **error)
{
  if (record->size == expected)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "Line %u: a record of type %02x has %u bytes of data instead of %u", line->number,
               record->type, record->size, expected);
  return FALSE;
}

static gboolean
add_piece (Reader *self,
           const FirmwareIhexLine *line,
           guint64 address,
           const guint8 *data,
           gsize size,
           GError **error)
{
  if (firmware_memory_add (self->memory, address, data, size, line->number, error))
    return TRUE;

  g_prefix_error (error, "Line %u: ", line->number);
  return FALSE;
}

/* Within a segment offsets start over after 64 KiB; linear addresses go on into the next page. */
static gboolean
add_data (Reader *self,
          const FirmwareIhexLine *line,
          const FirmwareIhexRecord *record,
          GError **error)
{
  const guint8 *data = record->data;
  const gsize size = record->size;
  const gsize n_before = self->linear ? size : MIN (size, SEGMENT_SIZE - (gsize) record->offset);

  return add_piece (self, line, self->base + record->offset, data, n_before, error) &&
         add_piece (self, line, self->base, data + n_before, size - n_before, error);
}

static gboolean
read_extended_address (Reader *self,
                       const FirmwareIhexLine *line,
                       const FirmwareIhexRecord *record,
                       GError **error)
{
  if (!check_data_length (line, record, 2, error))
    return FALSE;

  self->linear = record->type == FIRMWARE_IHEX_LINEAR;
  self->base = (guint64) read_u16 (record->data) << (self->linear ? 16 : 4);
  return TRUE;
}

static gboolean
read_record (Reader *self,
             const FirmwareIhexLine *line,
             const FirmwareIhexRecord *record,
             GError **error)
{
  switch (record->type) {
  case FIRMWARE_IHEX_DATA:
    return add_data (self, line, record, error);

  case FIRMWARE_IHEX_END:
    self->end_number = line->number;
    return check_data_length (line, record, 0, error);

  case FIRMWARE_IHEX_SEGMENT:
  case FIRMWARE_IHEX_LINEAR:
    return read_extended_address (self, line, record, error);

  /* Where a program starts is for whoever loads it to memory; a flash has no use for it. */
  case FIRMWARE_IHEX_START_SEGMENT:
  case FIRMWARE_IHEX_START_LINEAR:
    return check_data_length (line, record, 4, error);

  default:
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "Line %u: there is no record type %02x; types go from 00 to 05", line->number,
                 record->type);
    return FALSE;
  }
}

static gboolean
read_line (Reader *self, const FirmwareIhexLine *line, GError **error)
{
  FirmwareIhexRecord record;

  if (line->length == 0 || firmware_ihex_line_is_comment (line))
    return TRUE;

  if (self->end_number != 0) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "Line %u comes after the end record in line %u", line->number, self->end_number);
    return FALSE;
  }

  return firmware_ihex_record_decode (&record, line, error) &&
         read_record (self, line, &record, error);
}

static gboolean
read_lines (Reader *self, GBytes *contents, GError **error)
{
  FirmwareIhexLine line;

  firmware_ihex_line_init (&line, contents);
  while (firmware_ihex_line_next (&line)) {
    if (!read_line (self, &line, error)) {
      firmware_error_set_line (error, line.number, 0);
      return FALSE;
    }
  }

  if (self->end_number == 0) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TRUNCATED,
                 "The Intel HEX file ends with line %u, before an end record has come",
                 line.number);
    return FALSE;
  }

  return TRUE;
}

static gboolean
begins_record (const FirmwareIhexLine *line)
{
  const gboolean is_cut = line->text + line->length == line->end;

  if (line->text[0] != ':' || (line->length <= PROBE_DIGITS && !is_cut))
    return FALSE;

  for (gsize i = 1; i <= PROBE_DIGITS && i < line->length; i++) {
    if (!g_ascii_isxdigit (line->text[i]))
      return FALSE;
  }

  return TRUE;
}

/**
 * firmware_ihex_is_present:
 * @contents: a whole file
 *
 * Tells whether a file begins with a record: a colon, then digits, unless it is cut off before
 * them. There may be blanks, empty lines and comments before it.
 *
 * Returns: whether it does
 */
gboolean
firmware_ihex_is_present (GBytes *contents)
{
  FirmwareIhexLine line;

  g_return_val_if_fail (contents != NULL, FALSE);

  firmware_ihex_line_init (&line, contents);
  while (firmware_ihex_line_next (&line)) {
    firmware_ihex_line_skip_blanks (&line);
    if (line.length > 0 && !firmware_ihex_line_is_comment (&line))
      return begins_record (&line);
  }

  return FALSE;
}

/**
 * firmware_ihex_read:
 * @contents: a whole file
 * @error: return location for an error, which names the line
 *
 * Reads a file with records of all six types. The addresses at which a program starts are not kept.
 * Lines that begin with a semicolon or a number sign are comments, unless all that follows are
 * digits.
 *
 * Returns: (transfer full) (nullable) (element-type FirmwareRun): its bytes in the order of
 * addresses, at least one run
 */
GArray *
firmware_ihex_read (GBytes *contents, GError **error)
{
  g_autoptr (FirmwareMemory) memory = firmware_memory_new (FIRMWARE_IHEX_LIMIT);
  g_autoptr (GArray) runs = NULL;
  Reader reader = { .memory = memory };
  guint fault = 0;

  g_return_val_if_fail (contents != NULL, NULL);

  if (!read_lines (&reader, contents, error))
    return NULL;

  runs = firmware_memory_join (memory, "line", &fault, error);
  if (runs == NULL) {
    firmware_error_set_line (error, fault, 0);
    return NULL;
  }

  if (runs->len == 0) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The end record in line %u comes before any data", reader.end_number);
    firmware_error_set_line (error, reader.end_number, 0);
    return NULL;
  }

  return g_steal_pointer (&runs);
}

static FirmwareImage *
read_flash (const FirmwareRun *runs, gsize n_runs, GError **error)
{
  g_autoptr (FirmwareEspBuild) build = firmware_esp_split (runs, n_runs, NULL, error);

  return build != NULL ? firmware_esp_build_read (build, &firmware_format_ihex, NULL, error) : NULL;
}

/* The file does not say what it is for; a flash of an ESP chip is known by what is in it. */
static FirmwareImage *
read_image (GBytes *contents, GError **error)
{
  g_autoptr (GArray) runs = firmware_ihex_read (contents, error);
  const FirmwareRun *first = NULL;

  if (runs == NULL)
    return NULL;

  first = (const FirmwareRun *) runs->data;
  if (firmware_esp_split_is_flash (first, runs->len))
    return read_flash (first, runs->len, error);

  return firmware_image_new_from_runs (&firmware_format_ihex, runs, NULL);
}

static FirmwareEspBuild *
open_build (GFile *file,
            GBytes *contents,
            const FirmwareEspChip *chip,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GArray) runs = firmware_ihex_read (contents, error);
  FirmwareEspBuild *build = NULL;

  if (runs == NULL)
    return NULL;

  if (chip == NULL && !firmware_esp_split_is_flash ((const FirmwareRun *) runs->data, runs->len)) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NO_BUILD,
                         "There is neither an application nor a bootloader of an ESP chip in its "
                         "place");
    return NULL;
  }

  build = firmware_esp_split ((const FirmwareRun *) runs->data, runs->len, chip, error);
  if (build != NULL)
    firmware_esp_build_add_input (build, file);

  return build;
}

const FirmwareFormat firmware_format_ihex = {
  .nick = "ihex",
  .name = "Intel HEX file",
  .probe = firmware_ihex_is_present,
  .read = read_image,
  .open_build = open_build,
};
