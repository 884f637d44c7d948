/* bootlace-loaded.c: firmware that is loaded, with what to call it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-loaded.h"

#include "bootlace-firmware-text.h"
#include "bootlace-source-name.h"

/**
 * bootlace_loaded_is_new_build:
 * @self: firmware
 * @before: (nullable): what was loaded before
 *
 * Returns: whether @self comes from the same files as @before, and is for the same board
 */
gboolean
bootlace_loaded_is_new_build (const BootlaceLoaded *self, const BootlaceLoaded *before)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return before != NULL && bootlace_source_equal (before->source, self->source) &&
         bootlace_reading_is_for_same_board (before->reading, self->reading);
}

/**
 * bootlace_loaded_free:
 * @self: firmware
 */
void
bootlace_loaded_free (BootlaceLoaded *self)
{
  bootlace_reading_free (self->reading);
  bootlace_source_unref (self->source);
  g_free (self->name);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self);
}

/**
 * bootlace_loaded_new:
 * @source: what was read
 * @reading: (transfer full): what it held
 *
 * Returns: (transfer full): firmware
 */
BootlaceLoaded *
bootlace_loaded_new (BootlaceSource *source, BootlaceReading *reading)
{
  BootlaceLoaded *self;
  const char *title;

  g_return_val_if_fail (source != NULL, NULL);
  g_return_val_if_fail (reading != NULL, NULL);

  title = firmware_image_get_title (reading->image);

  self = g_new0 (BootlaceLoaded, 1);
  self->reading = reading;
  self->source = bootlace_source_ref (source);
  self->name = bootlace_source_dup_name (source);
  self->title = g_strdup (title != NULL ? title : self->name);
  self->subtitle = bootlace_firmware_text_describe (reading->image);

  return self;
}
