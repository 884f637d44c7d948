/* firmware-esp-archive-writer.c: makes the archive, byte for byte as Espressif's own tool does
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-esp-archive.h"

#include "firmware-cpio.h"
#include "firmware-dfu-suffix.h"
#include "firmware-error.h"
#include "firmware-esp-layout.h"
#include "firmware-esp-parameters.h"
#include "firmware-esp-table.h"

/* The archive is filled up to a multiple of this. */
#define ARCHIVE_BLOCK_SIZE 10240

/* What a member takes beside its bytes: header, name and filling, and a record in the table. */
#define MEMBER_OVERHEAD_MAX 512

/* What becomes one member. */
typedef struct {
  char *name;
  guint32 address;
  GBytes *data;
} Piece;

static void
piece_clear (gpointer data)
{
  Piece *piece = data;

  g_clear_pointer (&piece->name, g_free);
  g_clear_pointer (&piece->data, g_bytes_unref);
}

static int
compare_inputs (gconstpointer a, gconstpointer b)
{
  const FirmwareEspArchiveInput *const *first = a;
  const FirmwareEspArchiveInput *const *second = b;

  return ((*first)->address > (*second)->address) - ((*first)->address < (*second)->address);
}

static GPtrArray *
sort_inputs (const FirmwareEspArchiveInput *inputs, gsize n_inputs)
{
  GPtrArray *sorted = g_ptr_array_sized_new ((guint) n_inputs);

  for (gsize i = 0; i < n_inputs; i++)
    g_ptr_array_add (sorted, (gpointer) &inputs[i]);

  g_ptr_array_sort (sorted, compare_inputs);

  return sorted;
}

/* Large parts are cut, since the ROM erases all of a member inside one request. */
static void
cut_input (GArray *pieces, const FirmwareEspArchiveInput *input, guint32 part_size)
{
  gsize size = g_bytes_get_size (input->data);

  for (gsize offset = 0, i = 0; offset < size; offset += part_size, i++) {
    const Piece piece = {
      .name =
        i == 0 ? g_strdup (input->name) : g_strdup_printf ("%s.%" G_GSIZE_FORMAT, input->name, i),
      .address = input->address + (guint32) offset,
      .data = g_bytes_new_from_bytes (input->data, offset, MIN (part_size, size - offset)),
    };

    g_array_append_val (pieces, piece);
  }
}

static gboolean
check_target (guint16 product, guint32 flash_size, guint32 part_size, GError **error)
{
  if (firmware_esp_chip_find_by_product (product) == NULL) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "No ESP chip has a DFU loader with product id %04x", product);
    return FALSE;
  }

  if (part_size == 0 || part_size % FIRMWARE_ESP_SECTOR_SIZE != 0) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_MALFORMED,
                 "The part size is %u, which is no multiple of a flash sector's %d bytes",
                 part_size, FIRMWARE_ESP_SECTOR_SIZE);
    return FALSE;
  }

  return firmware_esp_parameters_check_size (flash_size, error);
}

static gboolean
check_places (GPtrArray *inputs, guint32 flash_size, GError **error)
{
  for (guint i = 0; i < inputs->len; i++) {
    const FirmwareEspArchiveInput *input = g_ptr_array_index (inputs, i);

    if (!firmware_esp_layout_check_place (input->name, input->address,
                                          g_bytes_get_size (input->data), flash_size, error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
check_names (GArray *pieces, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < pieces->len; i++) {
    char *name = g_array_index (pieces, Piece, i).name;

    if (!firmware_esp_table_is_name (name) || g_str_equal (name, FIRMWARE_ESP_PARAMETERS_NAME) ||
        !g_hash_table_add (names, name)) {
      g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_BAD_NAME,
                   "A part cannot be named \"%s\": names are printable, differ from each other and "
                   "have at most %d bytes",
                   name, FIRMWARE_ESP_RECORD_NAME_MAX);
      return FALSE;
    }
  }

  return TRUE;
}

/* Pieces of one input come into each other's way when it does not begin with a sector. */
static gboolean
check_pieces (GArray *pieces, GError **error)
{
  if (pieces->len == 0) {
    g_set_error_literal (error, FIRMWARE_ERROR, FIRMWARE_ERROR_NOTHING_TO_WRITE,
                         "There is nothing to put into an archive");
    return FALSE;
  }

  if (pieces->len >= FIRMWARE_ESP_RECORDS_MAX) {
    g_set_error (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TOO_MANY_PARTS,
                 "The archive would have %u parts; the chip's ROM takes at most %d", pieces->len,
                 FIRMWARE_ESP_RECORDS_MAX - 1);
    return FALSE;
  }

  for (guint i = 1; i < pieces->len; i++) {
    const Piece *first = &g_array_index (pieces, Piece, i - 1);
    const Piece *second = &g_array_index (pieces, Piece, i);

    if (!firmware_esp_layout_check_neighbours (first->name,
                                               (guint64) first->address +
                                                 g_bytes_get_size (first->data),
                                               second->name, second->address, error))
      return FALSE;
  }

  return check_names (pieces, error);
}

/* Table, members and trailer with their headers, and the suffix: more than is needed costs nothing,
 * but growing would copy all of it. */
static gsize
limit_size (GArray *pieces)
{
  gsize size = ARCHIVE_BLOCK_SIZE + MEMBER_OVERHEAD_MAX * ((gsize) pieces->len + 3);

  for (guint i = 0; i < pieces->len; i++)
    size += g_bytes_get_size (g_array_index (pieces, Piece, i).data);

  return size;
}

static void
append_record (GByteArray *table, const char *name, guint32 address, guint32 flags, GBytes *data)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);

  firmware_esp_table_append (table, name, address, flags, bytes, size);
}

static void
append_member (GByteArray *archive, const char *name, GBytes *data)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (data, &size);

  firmware_cpio_append_member (archive, name, bytes, size);
}

static GByteArray *
write_payload (GArray *pieces, guint32 flash_size)
{
  GByteArray *archive = g_byte_array_sized_new ((guint) limit_size (pieces));
  g_autoptr (GByteArray) table = g_byte_array_new ();
  g_autoptr (GBytes) parameters = firmware_esp_parameters_new (flash_size);

  append_record (table, FIRMWARE_ESP_PARAMETERS_NAME, 0, FIRMWARE_ESP_FLAGS_PARAMETERS, parameters);
  for (guint i = 0; i < pieces->len; i++) {
    const Piece *piece = &g_array_index (pieces, Piece, i);

    append_record (table, piece->name, piece->address, 0, piece->data);
  }

  firmware_cpio_append_member (archive, FIRMWARE_ESP_TABLE_NAME, table->data, table->len);
  append_member (archive, FIRMWARE_ESP_PARAMETERS_NAME, parameters);
  for (guint i = 0; i < pieces->len; i++) {
    const Piece *piece = &g_array_index (pieces, Piece, i);

    append_member (archive, piece->name, piece->data);
  }
  firmware_cpio_append_trailer (archive, ARCHIVE_BLOCK_SIZE);

  return archive;
}

/**
 * firmware_esp_archive_write:
 * @inputs: (array length=n_inputs): what shall go where, in any order
 * @n_inputs: how many
 * @product: idProduct of the chip's ROM loader, which tells the chip
 * @flash_size: how large its flash is, in bytes
 * @part_size: where to cut inputs into members, in bytes: %FIRMWARE_ESP_PART_SIZE_DEFAULT unless
 *   there is a reason; a multiple of %FIRMWARE_ESP_SECTOR_SIZE
 * @error: return location for an error
 *
 * Makes a dfu.bin, byte for byte what "idf.py dfu" makes of the same inputs. Inputs without bytes
 * are left out, as there. What the ROM would not write as it stands is refused.
 *
 * Returns: (transfer full) (nullable): the whole file with its suffix
 */
GBytes *
firmware_esp_archive_write (const FirmwareEspArchiveInput *inputs,
                            gsize n_inputs,
                            guint16 product,
                            guint32 flash_size,
                            guint32 part_size,
                            GError **error)
{
  g_autoptr (GPtrArray) sorted = NULL;
  g_autoptr (GArray) pieces = NULL;
  GByteArray *file = NULL;
  const FirmwareDfuSuffix ids = {
    .device = FIRMWARE_DFU_SUFFIX_ANY_ID,
    .product = product,
    .vendor = FIRMWARE_ESP_VENDOR,
    .specification = FIRMWARE_DFU_SUFFIX_DFU,
  };

  g_return_val_if_fail (inputs != NULL || n_inputs == 0, NULL);

  sorted = sort_inputs (inputs, n_inputs);
  if (!check_target (product, flash_size, part_size, error) ||
      !check_places (sorted, flash_size, error))
    return NULL;

  pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (pieces, piece_clear);
  for (guint i = 0; i < sorted->len; i++)
    cut_input (pieces, g_ptr_array_index (sorted, i), part_size);

  if (!check_pieces (pieces, error))
    return NULL;

  file = write_payload (pieces, flash_size);
  firmware_dfu_suffix_finish (file, &ids);

  return g_byte_array_free_to_bytes (file);
}

/**
 * firmware_esp_archive_new_parameters:
 * @flash_size: how large the flash is, in bytes; a size that firmware_esp_parameters_check_size()
 *   knows
 *
 * Makes an archive that tells a ROM how large its flash is, and has nothing to write.
 *
 * Returns: (transfer full): the archive, without a suffix
 */
GBytes *
firmware_esp_archive_new_parameters (guint32 flash_size)
{
  g_autoptr (GArray) nothing = g_array_new (FALSE, FALSE, sizeof (Piece));

  g_return_val_if_fail (firmware_esp_parameters_check_size (flash_size, NULL), NULL);

  return g_byte_array_free_to_bytes (write_payload (nothing, flash_size));
}
