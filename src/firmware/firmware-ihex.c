/* firmware-ihex.c: Intel HEX, from lines of text to bytes with addresses
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-ihex.h"

#include "firmware-error.h"
#include "firmware-esp-split.h"
#include "firmware-format.h"
#include "firmware-image-runs.h"

#include <string.h>

/* RECLEN, OFFSET (two bytes), RECTYP, then the data, then CHKSUM. */
#define LENGTH 0
#define OFFSET 1
#define TYPE 3
#define DATA 4
#define OVERHEAD 5
#define RECORD_MAX (OVERHEAD + G_MAXUINT8)

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
#define SEGMENT_SIZE 0x10000
#define PROBE_DIGITS 8 /* RECLEN, OFFSET and RECTYP */

/* One line, without what ends it. */
typedef struct {
  const char *text;
  gsize length;
  guint number;     /* from 1 */
  gboolean is_open; /* the file stops before anything ends it */
} Line;

typedef struct {
  FirmwareMemory *memory;
  guint64 base;     /* what the latest extended address record says, in bytes */
  gboolean linear;  /* whether that was an extended linear one */
  guint end_number; /* the line of the end record, 0 when it has not come */
} Reader;

static gboolean
is_blank (char character)
{
  return character == ' ' || character == '\t';
}

static gboolean
is_line_end (char character)
{
  return character == '\r' || character == '\n';
}

/* What Windows' editors put in front of text. */
static const char *
skip_mark (const char *text, gsize size)
{
  const gsize length = strlen (BYTE_ORDER_MARK);

  return size >= length && memcmp (text, BYTE_ORDER_MARK, length) == 0 ? text + length : text;
}

/* Lines end in CR, LF or both, also in one and the same file. */
static gboolean
next_line (Line *line, const char **at, const char *end)
{
  if (*at == end)
    return FALSE;

  line->number++;
  line->text = *at;
  while (*at < end && !is_line_end (**at))
    (*at)++;

  line->length = *at - line->text;
  line->is_open = *at == end;
  if (end - *at >= 2 && (*at)[0] == '\r' && (*at)[1] == '\n')
    (*at)++;
  if (*at < end)
    (*at)++;

  while (line->length > 0 && is_blank (line->text[line->length - 1]))
    line->length--;

  return TRUE;
}

/* Some compilers name the chip or the tool in lines of their own. A record whose colon was damaged
 * is none: a single bit makes a semicolon of it. */
static gboolean
is_comment (const Line *line)
{
  if (line->length == 0 || (line->text[0] != ';' && line->text[0] != '#'))
    return FALSE;

  for (gsize i = 1; i < line->length; i++) {
    if (!g_ascii_isxdigit (line->text[i]))
      return TRUE;
  }

  return line->length == 1;
}

static gboolean
refuse_character (const Line *line, gsize i, const char *expected, GError **error)
{
  const guchar character = (guchar) line->text[i];
  g_autofree char *shown = g_ascii_isgraph ((char) character)
                             ? g_strdup_printf ("\"%c\"", character)
                             : g_strdup_printf ("byte 0x%02x", character);

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "Line %u, column %" G_GSIZE_FORMAT ": %s stands where %s belongs", line->number,
               i + 1, shown, expected);
  return FALSE;
}

/* @n_data: what the record says, or the least it can say when it does not even get that far */
static gboolean
refuse_length (const Line *line, gsize n_digits, guint8 n_data, GError **error)
{
  const gsize expected = 2 * (gsize) (OVERHEAD + n_data);

  /* The file was cut in the middle of its last line. */
  if (line->is_open && n_digits < expected)
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TRUNCATED,
                 "The Intel HEX file ends in the middle of line %u", line->number);
  else if (n_digits < 2 * OVERHEAD)
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "Line %u has %" G_GSIZE_FORMAT " digits; no record has less than %d", line->number,
                 n_digits, 2 * OVERHEAD);
  else
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "Line %u has %" G_GSIZE_FORMAT " digits; with %u bytes of data, as it says, it "
                 "would have %" G_GSIZE_FORMAT,
                 line->number, n_digits, n_data, expected);
  return FALSE;
}

static gboolean
check_sum (const Line *line, const guint8 *record, gsize length, GError **error)
{
  guint8 sum = 0;

  for (gsize i = 0; i < length - 1; i++)
    sum += record[i];

  if ((guint8) (sum + record[length - 1]) == 0)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_CHECKSUM,
               "Line %u: its checksum is 0x%02x; its bytes make 0x%02x", line->number,
               record[length - 1], (guint8) -sum);
  return FALSE;
}

/* From digits to bytes: whatever comes back is as long as it says, and its sum is right. */
static gboolean
decode_record (guint8 *record, const Line *line, GError **error)
{
  const gsize n_digits = line->length - 1;

  if (line->text[0] != ':')
    return refuse_character (line, 0, "a colon", error);

  for (gsize i = 0; i < n_digits; i++) {
    const int value = g_ascii_xdigit_value (line->text[1 + i]);

    if (value < 0)
      return refuse_character (line, 1 + i, "a hexadecimal digit", error);
    if (i / 2 < RECORD_MAX)
      record[i / 2] = (guint8) (i % 2 == 0 ? value << 4 : record[i / 2] | value);
  }

  if (n_digits < 2)
    return refuse_length (line, n_digits, 0, error);
  if (n_digits != 2 * (gsize) (OVERHEAD + record[LENGTH]))
    return refuse_length (line, n_digits, record[LENGTH], error);

  return check_sum (line, record, n_digits / 2, error);
}

static guint
read_u16 (const guint8 *data)
{
  return (guint) data[0] << 8 | data[1];
}

static gboolean
check_data_length (const Line *line, const guint8 *record, guint8 expected, GError **error)
{
  if (record[LENGTH] == expected)
    return TRUE;

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "Line %u: a record of type %02x has %u bytes of data instead of %u", line->number,
               record[TYPE], record[LENGTH], expected);
  return FALSE;
}

static gboolean
add_piece (Reader *self,
           const Line *line,
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
add_data (Reader *self, const Line *line, const guint8 *record, GError **error)
{
  const guint offset = read_u16 (record + OFFSET);
  const guint8 *data = record + DATA;
  const gsize size = record[LENGTH];
  const gsize n_before = self->linear ? size : MIN (size, SEGMENT_SIZE - offset);

  return add_piece (self, line, self->base + offset, data, n_before, error) &&
         add_piece (self, line, self->base, data + n_before, size - n_before, error);
}

static gboolean
read_extended_address (Reader *self, const Line *line, const guint8 *record, GError **error)
{
  if (!check_data_length (line, record, 2, error))
    return FALSE;

  self->linear = record[TYPE] == FIRMWARE_IHEX_LINEAR;
  self->base = (guint64) read_u16 (record + DATA) << (self->linear ? 16 : 4);
  return TRUE;
}

static gboolean
read_record (Reader *self, const Line *line, const guint8 *record, GError **error)
{
  switch (record[TYPE]) {
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
                 record[TYPE]);
    return FALSE;
  }
}

static gboolean
read_line (Reader *self, const Line *line, GError **error)
{
  guint8 record[RECORD_MAX];

  if (line->length == 0 || is_comment (line))
    return TRUE;

  if (self->end_number != 0) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "Line %u comes after the end record in line %u", line->number, self->end_number);
    return FALSE;
  }

  return decode_record (record, line, error) && read_record (self, line, record, error);
}

static gboolean
read_lines (Reader *self, GBytes *contents, GError **error)
{
  Line line = { 0 };
  gsize size = 0;
  const char *text = g_bytes_get_data (contents, &size);
  const char *end = text + size;
  const char *at = skip_mark (text, size);

  while (next_line (&line, &at, end)) {
    if (!read_line (self, &line, error))
      return FALSE;
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
begins_record (const Line *line, const char *end)
{
  const gboolean is_cut = line->text + line->length == end;

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
  Line line = { 0 };
  gsize size = 0;
  const char *text = NULL;
  const char *at = NULL;

  g_return_val_if_fail (contents != NULL, FALSE);

  text = g_bytes_get_data (contents, &size);
  at = skip_mark (text, size);
  while (next_line (&line, &at, text + size)) {
    while (line.length > 0 && is_blank (*line.text)) {
      line.text++;
      line.length--;
    }

    if (line.length > 0 && !is_comment (&line))
      return begins_record (&line, text + size);
  }

  return FALSE;
}

/**
 * firmware_ihex_read:
 * @contents: a whole file
 * @error: return location for an error, which names the line
 *
 * Reads a file with records of all six types. The addresses at which a program starts are not kept.
 * Lines that begin with a semicolon or a number sign are comments.
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

  g_return_val_if_fail (contents != NULL, NULL);

  if (!read_lines (&reader, contents, error))
    return NULL;

  runs = firmware_memory_join (memory, "line", error);
  if (runs == NULL)
    return NULL;

  if (runs->len == 0) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The end record in line %u comes before any data", reader.end_number);
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
