/* firmware-dfuse.c: ST's container of bytes with addresses, UM0391
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-dfuse.h"

#include <string.h>

#include "firmware-bytes.h"
#include "firmware-error.h"
#include "firmware-format.h"
#include "firmware-image-private.h"
#include "firmware-text.h"

#define VERSION_OFFSET 5

#define ALTERNATE_OFFSET 6
#define NAMED_OFFSET 7
#define NAME_OFFSET 11

#define ELEMENT_SIZE_OFFSET 4

/* Bytes for one place of one memory. */
typedef struct {
  guint8 alternate;
  guint32 address;
  guint32 size;
  gsize offset; /* of the first byte in the file */
  guint target; /* counted from 1, as is the element */
  guint number;
} Element;

typedef struct {
  GBytes *contents;
  const guint8 *data;
  gsize end;        /* where the suffix begins */
  gsize offset;     /* what was read so far */
  GPtrArray *names; /* of the targets */
  GArray *elements; /* of Element, without empty ones */
} Reader;

static void
reader_clear (Reader *self)
{
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_clear_pointer (&self->elements, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reader, reader_clear)

/* Says at which offset what is wrong; element 0 stands for the target itself. */
static gboolean G_GNUC_PRINTF (5, 6)
  refuse (const Reader *self, guint target, guint element, GError **error, const char *format, ...)
{
  g_autofree char *place = NULL;
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  if (element > 0)
    place = g_strdup_printf ("Target %u, element %u", target, element);
  else
    place = g_strdup_printf ("Target %u", target);

  g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
               "%s at offset 0x%" G_GSIZE_MODIFIER "x: %s", place, self->offset, what);
  firmware_error_set_offset (error, self->offset);
  return FALSE;
}

/* UM0391 calls DFUImageSize the length of the whole file, ST's own tool leaves out the suffix. Both
 * are found. */
static gboolean
check_prefix (const Reader *self, GError **error)
{
  guint32 size = firmware_bytes_read_u32 (self->data + FIRMWARE_DFUSE_IMAGE_SIZE_OFFSET);

  if (self->data[VERSION_OFFSET] != FIRMWARE_DFUSE_VERSION) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The DfuSe prefix has version %u; there is only version %d",
                 self->data[VERSION_OFFSET], FIRMWARE_DFUSE_VERSION);
    firmware_error_set_offset (error, VERSION_OFFSET);
    return FALSE;
  }

  if (size != self->end && size != g_bytes_get_size (self->contents)) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The DfuSe prefix says that %u bytes come before the suffix, but there are "
                 "%" G_GSIZE_FORMAT,
                 size, self->end);
    firmware_error_set_offset (error, FIRMWARE_DFUSE_IMAGE_SIZE_OFFSET);
    return FALSE;
  }

  return TRUE;
}

static gboolean
read_element (Reader *self, guint8 alternate, guint number, gsize end, GError **error)
{
  Element element = { .alternate = alternate, .target = self->names->len, .number = number };
  const guint8 *header = self->data + self->offset;
  gsize room = end - self->offset;

  if (room < FIRMWARE_DFUSE_ELEMENT_LENGTH)
    return refuse (self, element.target, number, error, "the target ends before it");

  element.address = firmware_bytes_read_u32 (header);
  element.size = firmware_bytes_read_u32 (header + ELEMENT_SIZE_OFFSET);
  element.offset = self->offset + FIRMWARE_DFUSE_ELEMENT_LENGTH;
  room -= FIRMWARE_DFUSE_ELEMENT_LENGTH;

  if (element.size > room)
    return refuse (self, element.target, number, error,
                   "it says %u bytes, but the target ends after %" G_GSIZE_FORMAT, element.size,
                   room);

  if (element.size > FIRMWARE_DFUSE_ADDRESS_END - element.address)
    return refuse (self, element.target, number, error,
                   "its %u bytes for address 0x%08x reach beyond 4 GiB", element.size,
                   element.address);

  if (self->elements->len == FIRMWARE_DFUSE_MAX_ELEMENTS)
    return refuse (self, element.target, number, error, "the file has more than %d elements",
                   FIRMWARE_DFUSE_MAX_ELEMENTS);

  /* An empty element asks for nothing. */
  if (element.size > 0)
    g_array_append_val (self->elements, element);
  self->offset = element.offset + element.size;

  return TRUE;
}

static gboolean
read_elements (Reader *self, guint8 alternate, guint32 n_elements, gsize end, GError **error)
{
  for (guint32 i = 0; i < n_elements; i++) {
    if (!read_element (self, alternate, i + 1, end, error))
      return FALSE;
  }

  if (self->offset == end)
    return TRUE;

  return refuse (self, self->names->len, 0, error,
                 "%" G_GSIZE_FORMAT " bytes are left behind its last element", end - self->offset);
}

/* ST's tool leaves what was in memory behind the NUL of a name. */
static char *
dup_name (const guint8 *target)
{
  g_autofree char *name = NULL;

  if (firmware_bytes_read_u32 (target + NAMED_OFFSET) != 0)
    name = firmware_text_dup_field (target + NAME_OFFSET, FIRMWARE_DFUSE_NAME_LENGTH);

  return name != NULL ? g_steal_pointer (&name)
                      : firmware_dfuse_dup_default_name (target[ALTERNATE_OFFSET]);
}

static gboolean
read_target (Reader *self, guint number, GError **error)
{
  const guint8 *target = self->data + self->offset;
  gsize room = self->end - self->offset;
  guint32 size = 0;
  guint32 n_elements = 0;

  if (room < FIRMWARE_DFUSE_TARGET_LENGTH)
    return refuse (self, number, 0, error, "the file ends before it");

  if (memcmp (target, FIRMWARE_DFUSE_TARGET_SIGNATURE, strlen (FIRMWARE_DFUSE_TARGET_SIGNATURE)))
    return refuse (self, number, 0, error, "it does not begin with \"Target\"");

  size = firmware_bytes_read_u32 (target + FIRMWARE_DFUSE_TARGET_SIZE_OFFSET);
  n_elements = firmware_bytes_read_u32 (target + FIRMWARE_DFUSE_ELEMENTS_OFFSET);
  room -= FIRMWARE_DFUSE_TARGET_LENGTH;

  if (size > room)
    return refuse (self, number, 0, error,
                   "it says %u bytes, but the suffix begins after %" G_GSIZE_FORMAT, size, room);

  if (n_elements > size / FIRMWARE_DFUSE_ELEMENT_LENGTH)
    return refuse (self, number, 0, error, "its %u bytes have no room for %u elements", size,
                   n_elements);

  g_ptr_array_add (self->names, dup_name (target));
  self->offset += FIRMWARE_DFUSE_TARGET_LENGTH;

  return read_elements (self, target[ALTERNATE_OFFSET], n_elements, self->offset + size, error);
}

static gboolean
read_targets (Reader *self, GError **error)
{
  guint n_targets = self->data[FIRMWARE_DFUSE_TARGETS_OFFSET];

  self->offset = FIRMWARE_DFUSE_PREFIX_LENGTH;
  for (guint i = 0; i < n_targets; i++) {
    if (!read_target (self, i + 1, error))
      return FALSE;
  }

  if (self->offset != self->end) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "At offset 0x%" G_GSIZE_MODIFIER "x, %" G_GSIZE_FORMAT
                 " bytes stand between the last of %u targets and the DFU suffix",
                 self->offset, self->end - self->offset, n_targets);
    firmware_error_set_offset (error, self->offset);
    return FALSE;
  }

  if (self->elements->len == 0) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                         "The DfuSe file holds no bytes for a device");
    firmware_error_set_offset (error, FIRMWARE_DFUSE_TARGETS_OFFSET);
    return FALSE;
  }

  return TRUE;
}

static int
compare_elements (gconstpointer a, gconstpointer b)
{
  const Element *first = a;
  const Element *second = b;

  if (first->alternate != second->alternate)
    return first->alternate < second->alternate ? -1 : 1;

  return (first->address > second->address) - (first->address < second->address);
}

/* Several targets may name one alternate setting; that is still one memory. */
static gboolean
check_overlaps (const Reader *self, GError **error)
{
  for (guint i = 1; i < self->elements->len; i++) {
    const Element *first = &g_array_index (self->elements, Element, i - 1);
    const Element *second = &g_array_index (self->elements, Element, i);

    if (first->alternate != second->alternate || second->address - first->address >= first->size)
      continue;

    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_OVERLAP,
                 "Target %u, element %u and target %u, element %u both have a byte for address "
                 "0x%08x of alternate setting %u",
                 first->target, first->number, second->target, second->number, second->address,
                 second->alternate);
    firmware_error_set_offset (error,
                               MAX (first->offset, second->offset) - FIRMWARE_DFUSE_ELEMENT_LENGTH);
    return FALSE;
  }

  return TRUE;
}

static FirmwareImage *
create_image (const Reader *self, const FirmwareDfuSuffix *suffix)
{
  FirmwareImage *image = firmware_image_new (&firmware_format_dfuse, NULL, suffix);

  for (guint i = 0; i < self->elements->len; i++) {
    const Element *element = &g_array_index (self->elements, Element, i);
    g_autoptr (GBytes) data =
      g_bytes_new_from_bytes (self->contents, element->offset, element->size);
    g_autoptr (FirmwareSegment) segment =
      firmware_segment_new_for_alternate (g_ptr_array_index (self->names, element->target - 1),
                                          element->alternate, element->address, data);

    firmware_image_add_segment (image, segment);
  }

  return image;
}

static gboolean
parse_suffix (FirmwareDfuSuffix *suffix, GBytes *contents, GError **error)
{
  if (!firmware_dfu_suffix_parse (suffix, contents, error))
    return FALSE;

  if (suffix->specification == FIRMWARE_DFU_SUFFIX_DFUSE &&
      g_bytes_get_size (contents) - suffix->length >= FIRMWARE_DFUSE_PREFIX_LENGTH)
    return TRUE;

  if (suffix->specification != FIRMWARE_DFU_SUFFIX_DFUSE) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The file begins as a DfuSe file, but its DFU suffix names specification %04x "
                 "instead of %04x",
                 suffix->specification, FIRMWARE_DFU_SUFFIX_DFUSE);
    firmware_dfu_suffix_locate (error, contents);
  } else {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                         "The file ends in its DfuSe prefix");
    firmware_error_set_offset (error, 0);
  }

  return FALSE;
}

static FirmwareImage *
read_image (GBytes *contents, GError **error)
{
  g_auto (Reader) reader = { .contents = contents };
  FirmwareDfuSuffix suffix;

  if (!parse_suffix (&suffix, contents, error))
    return NULL;

  reader.data = g_bytes_get_data (contents, NULL);
  reader.end = g_bytes_get_size (contents) - suffix.length;
  reader.names = g_ptr_array_new_with_free_func (g_free);
  reader.elements = g_array_new (FALSE, FALSE, sizeof (Element));

  if (!check_prefix (&reader, error) || !read_targets (&reader, error))
    return NULL;

  g_array_sort (reader.elements, compare_elements);
  if (!check_overlaps (&reader, error))
    return NULL;

  return create_image (&reader, &suffix);
}

/**
 * firmware_dfuse_is_present:
 * @contents: a whole file
 *
 * Tells whether a file begins as a DfuSe file does. Nothing else is checked: one whose end is
 * missing is still meant to be one.
 *
 * Returns: whether it does
 */
gboolean
firmware_dfuse_is_present (GBytes *contents)
{
  const gsize length = strlen (FIRMWARE_DFUSE_SIGNATURE);
  const guint8 *data = NULL;
  gsize size = 0;

  g_return_val_if_fail (contents != NULL, FALSE);

  data = g_bytes_get_data (contents, &size);

  return size >= length && memcmp (data, FIRMWARE_DFUSE_SIGNATURE, length) == 0;
}

/**
 * firmware_dfuse_dup_default_name:
 * @alternate: an alternate setting
 *
 * Makes a name for a target that has none of its own, or none that can be shown.
 *
 * Returns: (transfer full): the name
 */
char *
firmware_dfuse_dup_default_name (guint8 alternate)
{
  return g_strdup_printf ("memory-%u", alternate);
}

const FirmwareFormat firmware_format_dfuse = {
  .nick = "dfuse",
  .name = "DfuSe file",
  .probe = firmware_dfuse_is_present,
  .read = read_image,
};
