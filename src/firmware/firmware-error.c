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
}

static void
firmware_error_private_clear (FirmwareErrorPrivate *priv)
{
}

G_DEFINE_EXTENDED_ERROR (FirmwareError, firmware_error)

/* Whoever sees a fault first knows best where it is. */
static void
set_place (GError **error, FirmwarePlaceKind kind, guint64 number, guint64 column)
{
  FirmwarePlace *place = NULL;

  if (error == NULL || *error == NULL || (*error)->domain != FIRMWARE_ERROR)
    return;

  place = &firmware_error_get_private (*error)->place;
  if (place->kind == 0)
    *place = (FirmwarePlace){ kind, number, column };
}

/**
 * firmware_error_is_damage:
 * @error: (nullable): an error
 *
 * Tells whether a fresh copy of the same file would probably help: it was cut short or changed
 * on its way.
 *
 * Returns: whether the file is damaged, as opposed to the wrong one
 */
gboolean
firmware_error_is_damage (const GError *error)
{
  return g_error_matches (error, FIRMWARE_ERROR, FIRMWARE_ERROR_EMPTY) ||
         g_error_matches (error, FIRMWARE_ERROR, FIRMWARE_ERROR_TRUNCATED) ||
         g_error_matches (error, FIRMWARE_ERROR, FIRMWARE_ERROR_CHECKSUM) ||
         g_error_matches (error, FIRMWARE_ERROR, FIRMWARE_ERROR_DIGEST);
}

/**
 * firmware_error_set_line:
 * @error: (inout) (nullable): an error
 * @line: the line in which something is wrong, from 1
 * @column: the character in it, from 1; 0 for the whole line
 *
 * Lets @error remember where it is. Does nothing when there is none, when it is of another domain,
 * or when it has a place already.
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
 * The same for files that are no text.
 */
void
firmware_error_set_offset (GError **error, guint64 offset)
{
  set_place (error, FIRMWARE_PLACE_OFFSET, offset, 0);
}

/**
 * firmware_error_get_place:
 * @error: (nullable): an error
 *
 * Returns: (transfer none) (nullable): where in a file it is, or %NULL when it has no place
 */
const FirmwarePlace *
firmware_error_get_place (const GError *error)
{
  const FirmwarePlace *place = NULL;

  if (error == NULL || error->domain != FIRMWARE_ERROR)
    return NULL;

  place = &firmware_error_get_private (error)->place;

  return place->kind != 0 ? place : NULL;
}
