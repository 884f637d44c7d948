/* firmware-error.c: what can be wrong with a file
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-error.h"

typedef struct {
  FirmwarePlace place;
} FirmwareErrorPrivate;

static void
firmware_error_private_init (FirmwareErrorPrivate *priv)
{
  priv->place = (FirmwarePlace){ 0 };
}

static void
firmware_error_private_copy (const FirmwareErrorPrivate *source, FirmwareErrorPrivate *priv)
{
  priv->place = source->place;
  priv->place.file = g_strdup (source->place.file);
}

static void
firmware_error_private_clear (FirmwareErrorPrivate *priv)
{
  g_free (priv->place.file);
}

G_DEFINE_EXTENDED_ERROR (FirmwareError, firmware_error)

static FirmwarePlace *
find_place (GError **error)
{
  if (error == NULL || *error == NULL || (*error)->domain != FIRMWARE_ERROR)
    return NULL;

  return &firmware_error_get_private (*error)->place;
}

/* Whoever sees a fault first knows best where it is. */
static void
set_place (GError **error, FirmwarePlaceKind kind, guint64 number, guint64 column)
{
  FirmwarePlace *place = find_place (error);

  if (place == NULL || place->kind != 0)
    return;

  place->kind = kind;
  place->number = number;
  place->column = column;
}

/**
 * firmware_error_is_foreign:
 * @error: (nullable): why a file was refused
 *
 * Tells whether a file was refused for what it is, not for what is wrong in it. Somebody may know
 * better, and take it for raw bytes.
 *
 * Returns: whether it is no firmware of any known kind
 */
gboolean
firmware_error_is_foreign (const GError *error)
{
  static const FirmwareError codes[] = {
    FIRMWARE_ERROR_UNKNOWN_FORMAT, FIRMWARE_ERROR_PACKED,     FIRMWARE_ERROR_FOR_COMPUTER,
    FIRMWARE_ERROR_FOR_DRIVE,      FIRMWARE_ERROR_OTHER_JSON,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, FIRMWARE_ERROR, (int) codes[i]))
      return TRUE;

  return FALSE;
}

/**
 * firmware_error_set_file:
 * @error: (inout) (nullable): an error
 * @name: the name of a file
 *
 * Lets @error remember in which of several files it is. Does nothing when there is none, when it is
 * of another domain, or when it has a file already.
 */
void
firmware_error_set_file (GError **error, const char *name)
{
  FirmwarePlace *place = find_place (error);

  g_return_if_fail (name != NULL);

  if (place != NULL && place->file == NULL)
    place->file = g_strdup (name);
}

/**
 * firmware_error_set_line:
 * @error: (inout) (nullable): an error
 * @line: the line in which something is wrong, from 1
 * @column: the character in it, from 1; 0 for the whole line
 *
 * The same of the place in the file.
 */
void
firmware_error_set_line (GError **error, guint64 line, guint64 column)
{
  set_place (error, FIRMWARE_PLACE_LINE, line, column);
}

/**
 * firmware_error_set_offset:
 * @error: (inout) (nullable): an error
 * @offset: at which byte of the file something is wrong, from 0
 *
 * The same in files that are no text.
 */
void
firmware_error_set_offset (GError **error, guint64 offset)
{
  set_place (error, FIRMWARE_PLACE_OFFSET, offset, 0);
}

/**
 * firmware_error_set_address:
 * @error: (inout) (nullable): an error
 * @address: of the first byte that does not go where it shall
 *
 * The same where it is not the file that is at fault, but what shall go where.
 */
void
firmware_error_set_address (GError **error, guint64 address)
{
  set_place (error, FIRMWARE_PLACE_ADDRESS, address, 0);
}

/**
 * firmware_error_move_offset:
 * @error: (inout) (nullable): an error of a part of a file
 * @start: at which byte of the file that part begins
 *
 * Lets an error that counts bytes from the start of the part count them from the start of the file.
 */
void
firmware_error_move_offset (GError **error, guint64 start)
{
  FirmwarePlace *place = find_place (error);

  if (place != NULL && place->kind == FIRMWARE_PLACE_OFFSET)
    place->number += start;
}

/**
 * firmware_error_get_place:
 * @error: (nullable): an error
 *
 * Returns: (transfer none) (nullable): where it is, or %NULL when that is not known
 */
const FirmwarePlace *
firmware_error_get_place (const GError *error)
{
  const FirmwarePlace *place = NULL;

  if (error == NULL || error->domain != FIRMWARE_ERROR)
    return NULL;

  place = &firmware_error_get_private (error)->place;

  return place->kind != 0 || place->file != NULL ? place : NULL;
}
