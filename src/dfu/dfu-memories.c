/* dfu-memories.c: what memories a DfuSe device has, one for each alternate setting
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-memories.h"

#include "dfu-error.h"
#include "dfu-gd32.h"

#define N_ALTERNATES 256 /* bAlternateSetting is a byte */

struct _DfuMemories {
  DfuMemoryLayout *layouts[N_ALTERNATES];
  guint n_layouts;
};

/**
 * dfu_memories_new:
 *
 * Returns: (transfer full): no memories yet
 */
DfuMemories *
dfu_memories_new (void)
{
  return g_new0 (DfuMemories, 1);
}

/**
 * dfu_memories_free:
 * @self: (transfer full): memories
 *
 * Frees them.
 */
void
dfu_memories_free (DfuMemories *self)
{
  for (guint i = 0; i < N_ALTERNATES; i++)
    g_clear_pointer (&self->layouts[i], dfu_memory_layout_free);
  g_free (self);
}

/**
 * dfu_memories_add:
 * @self: memories
 * @alternate: bAlternateSetting; the first description of one counts
 * @text: how the device describes it
 * @error: return location for %DFU_ERROR_PROTOCOL
 *
 * Returns: whether the description was understood
 */
gboolean
dfu_memories_add (DfuMemories *self, guint8 alternate, const char *text, GError **error)
{
  DfuMemoryLayout *layout;

  g_return_val_if_fail (self != NULL, FALSE);

  layout = dfu_memory_layout_parse (text, error);
  if (layout == NULL)
    return FALSE;

  if (self->layouts[alternate] == NULL) {
    self->layouts[alternate] = layout;
    self->n_layouts++;
  } else {
    dfu_memory_layout_free (layout);
  }

  return TRUE;
}

/**
 * dfu_memories_find:
 * @self: memories
 * @alternate: bAlternateSetting
 *
 * Returns: (transfer none) (nullable): the memory behind it
 */
const DfuMemoryLayout *
dfu_memories_find (const DfuMemories *self, guint8 alternate)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->layouts[alternate];
}

/* What is known without asking, and better. */
static char *
find_description (UsbDevice *device, guint8 alternate)
{
  if ((dfu_quirks_find_device (device) & DFU_QUIRK_GD32_LAYOUT) == 0 || alternate != 0)
    return NULL;

  return dfu_gd32_describe_flash (usb_device_get_serial (device));
}

/* Returns whether it is known what the memory is, if only that it is none. */
static gboolean
add_named (DfuMemories *self, UsbDevice *device, const DfuAlternate *alternate)
{
  g_autofree char *known = find_description (device, alternate->number);
  const char *text = known != NULL ? known : alternate->name;

  if (text != NULL)
    dfu_memories_add (self, alternate->number, text, NULL);

  return text != NULL || alternate->string_index == 0;
}

/**
 * dfu_memories_new_from_names:
 * @device: a device that speaks DfuSe
 * @alternates: (element-type DfuAlternate): its alternate settings, with their names
 * @interface: bInterfaceNumber
 *
 * As dfu_memories_read(), of what was read before. Any thread.
 *
 * Returns: (transfer full) (nullable): what the interface leads to, if all of that is known
 */
DfuMemories *
dfu_memories_new_from_names (UsbDevice *device, GPtrArray *alternates, guint8 interface)
{
  g_autoptr (DfuMemories) self = dfu_memories_new ();

  g_return_val_if_fail (USB_IS_DEVICE (device), NULL);
  g_return_val_if_fail (alternates != NULL, NULL);

  for (guint i = 0; i < alternates->len; i++) {
    const DfuAlternate *alternate = g_ptr_array_index (alternates, i);

    if (alternate->interface == interface && !add_named (self, device, alternate))
      return NULL;
  }

  return self->n_layouts > 0 ? g_steal_pointer (&self) : NULL;
}

static char *
read_description (const DfuVisit *visit, const UsbInterface *interface, GError **error)
{
  char *known = find_description (visit->device, interface->alternate);

  if (known != NULL)
    return known;

  if (interface->string_index != 0)
    return dfu_session_read_string (visit->session, interface->string_index, error);

  g_set_error_literal (error, DFU_ERROR, DFU_ERROR_PROTOCOL, "The memory has no description");
  return NULL;
}

/* A memory that nobody understands is a memory that nobody can use; others are of use all the same.
 */
static gboolean
read_memory (DfuMemories *self,
             const DfuVisit *visit,
             const UsbInterface *interface,
             GError **error)
{
  DfuLog *log = dfu_operation_get_log (visit->operation);
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = read_description (visit, interface, &local_error);

  if (usb_error_is_silence (local_error)) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }

  if (text == NULL || !dfu_memories_add (self, interface->alternate, text, &local_error))
    dfu_log_append (log, "Alternate setting %u: %s", interface->alternate, local_error->message);
  else
    dfu_log_append (log, "Alternate setting %u: %s", interface->alternate, text);

  return TRUE;
}

/**
 * dfu_memories_read:
 * @visit: a visit with a session
 * @cancellable: (nullable): ends it after the description that is being read
 * @error: return location for an error
 *
 * Asks the device for the descriptions of its alternate settings. Worker thread.
 *
 * Returns: (transfer full) (nullable): what it has, at least one memory
 */
DfuMemories *
dfu_memories_read (const DfuVisit *visit, GCancellable *cancellable, GError **error)
{
  g_autoptr (DfuMemories) self = dfu_memories_new ();
  const UsbConfiguration *configuration = usb_device_get_configuration (visit->device);

  for (guint i = 0; i < configuration->interfaces->len; i++) {
    const UsbInterface *candidate = g_ptr_array_index (configuration->interfaces, i);

    if (!dfu_interface_has_alternate (&visit->interface, candidate))
      continue;

    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !read_memory (self, visit, candidate, error))
      return NULL;
  }

  if (self->n_layouts > 0)
    return g_steal_pointer (&self);

  g_set_error_literal (error, DFU_ERROR, DFU_ERROR_PROTOCOL,
                       "The device does not describe its memories as DfuSe devices do");
  return NULL;
}
