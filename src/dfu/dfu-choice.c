/* dfu-choice.c: which interface and which memory of a device are meant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "dfu-choice.h"

#include "dfu-alternates.h"
#include "dfu-error.h"
#include "dfu-memory-layout.h"
#include "dfu-quirks.h"

/* What is looked for, and where. */
typedef struct {
  const DfuChoice *choice;
  UsbDevice *device;
  DfuSession *session;
  DfuInterface *interface;
  GCancellable *cancellable;
} Search;

/**
 * dfu_choice_init:
 * @self: (out caller-allocates): a choice of what is the only one there
 */
void
dfu_choice_init (DfuChoice *self)
{
  *self = (DfuChoice){ .interface = DFU_CHOICE_ANY,
                       .alternate = DFU_CHOICE_ANY,
                       .vendor = DFU_CHOICE_ANY,
                       .product = DFU_CHOICE_ANY };
}

/**
 * dfu_choice_clear:
 * @self: a choice
 */
void
dfu_choice_clear (DfuChoice *self)
{
  g_clear_pointer (&self->alternate_name, g_free);
  g_clear_pointer (&self->serial, g_free);
}

/**
 * dfu_choice_copy:
 * @self: a choice, which becomes another
 * @other: what it becomes
 */
void
dfu_choice_copy (DfuChoice *self, const DfuChoice *other)
{
  g_autofree char *name = g_strdup (other->alternate_name);
  g_autofree char *serial = g_strdup (other->serial);

  dfu_choice_clear (self);
  *self = *other;
  self->alternate_name = g_steal_pointer (&name);
  self->serial = g_steal_pointer (&serial);
}

static gboolean
is_id (int meant, guint16 id)
{
  return meant == DFU_CHOICE_ANY || meant == id;
}

static gboolean
has_serial (const DfuChoice *self, UsbDevice *device)
{
  g_autofree char *serial = dfu_quirks_dup_serial (device);

  return self->serial == NULL || g_strcmp0 (serial, self->serial) == 0;
}

/**
 * dfu_choice_check_returned:
 * @self: (nullable): what is meant
 * @device: what has come back in DFU mode
 * @error: return location for a %DFU_ERROR_NOT_MEANT
 *
 * Where a device comes back, somebody may have plugged in another. Pure; any thread.
 *
 * Returns: whether it has the ids and the serial number that it should
 */
gboolean
dfu_choice_check_returned (const DfuChoice *self, UsbDevice *device, GError **error)
{
  const guint16 vendor = usb_device_get_vendor_id (device);
  const guint16 product = usb_device_get_product_id (device);

  if (self == NULL ||
      (is_id (self->vendor, vendor) && is_id (self->product, product) && has_serial (self, device)))
    return TRUE;

  g_set_error (error, DFU_ERROR, DFU_ERROR_NOT_MEANT,
               "The device came back as [%04x:%04x], which is not the one that is meant", vendor,
               product);
  return FALSE;
}

/**
 * dfu_choice_names_memory:
 * @self: (nullable): what is meant
 *
 * Returns: whether it says which memory, by number or by name
 */
gboolean
dfu_choice_names_memory (const DfuChoice *self)
{
  return self != NULL && (self->alternate != DFU_CHOICE_ANY || self->alternate_name != NULL);
}

static gboolean
has_several_memories (const DfuInterface *interface)
{
  return interface->n_alternates > 1 && !dfu_interface_takes_addresses (interface);
}

/**
 * dfu_choice_is_needed:
 * @interface: a device's first DFU interface
 *
 * Asks the device nothing. What a DfuSe device is sent says itself to which memory of an interface
 * it goes.
 *
 * Returns: whether somebody must say which memory, or at least which interface, of the device is
 *   meant
 */
gboolean
dfu_choice_is_needed (const DfuInterface *interface)
{
  g_return_val_if_fail (interface != NULL, FALSE);

  return interface->mode == DFU_MODE_DFU &&
         (interface->n_interfaces > 1 || has_several_memories (interface));
}

/* With DfuSe the name stands before the layout. */
static gboolean
is_name (const char *meant, const char *text)
{
  g_autoptr (DfuMemoryLayout) layout = NULL;

  if (text == NULL || g_str_equal (text, meant))
    return text != NULL;

  layout = dfu_memory_layout_parse (text, NULL);
  return layout != NULL && g_str_equal (dfu_memory_layout_get_name (layout), meant);
}

static gboolean
is_meant (const DfuChoice *self, const DfuAlternate *alternate)
{
  if (self->alternate_name == NULL)
    return self->alternate == alternate->number;

  return is_name (self->alternate_name, alternate->name);
}

/* Whether they are of several interfaces, each of which begins to count anew. */
static gboolean
are_spread (GPtrArray *alternates)
{
  const DfuAlternate *first = g_ptr_array_index (alternates, 0);
  const DfuAlternate *last = g_ptr_array_index (alternates, alternates->len - 1);

  return first->interface != last->interface;
}

/* Memories, or interfaces by the names of their first memories; without those that the device does
 * not say. */
static char *
describe (const Search *self, GPtrArray *alternates, gboolean of_interfaces)
{
  const gboolean names_interface = !of_interfaces && are_spread (alternates);
  GString *text = g_string_new (NULL);

  dfu_alternates_read_names (alternates, self->session, self->cancellable, NULL);
  for (guint i = 0; i < alternates->len; i++) {
    const DfuAlternate *alternate = g_ptr_array_index (alternates, i);

    g_string_append (text, i > 0 ? ", " : "");
    if (names_interface)
      g_string_append_printf (text, "interface %u: ", alternate->interface);
    g_string_append_printf (text, "%u \"%s\"",
                            of_interfaces ? alternate->interface : alternate->number,
                            alternate->name != NULL ? alternate->name : "");
  }

  return g_string_free (text, FALSE);
}

static void
set_not_one (const DfuChoice *choice, guint n_found, const char *memories, GError **error)
{
  if (choice->alternate_name != NULL)
    g_set_error (error, DFU_ERROR, DFU_ERROR_NO_SUCH_MEMORY,
                 "The device has %u alternate settings named \"%s\"; it has %s", n_found,
                 choice->alternate_name, memories);
  else
    g_set_error (error, DFU_ERROR, DFU_ERROR_NO_SUCH_MEMORY,
                 "The device has no alternate setting %d; it has %s", choice->alternate, memories);
}

static gboolean
check_only (const Search *self, GError **error)
{
  g_autoptr (GPtrArray) alternates = NULL;
  g_autofree char *memories = NULL;

  if (!has_several_memories (self->interface))
    return TRUE;

  alternates = dfu_alternates_list (self->interface, self->device);
  memories = describe (self, alternates, FALSE);
  g_set_error (error, DFU_ERROR, DFU_ERROR_SEVERAL_MEMORIES,
               "The device has several alternate settings: %s", memories);
  return FALSE;
}

/* Does not guess among several. */
static gboolean
check_only_interface (const Search *self, GError **error)
{
  g_autoptr (GPtrArray) firsts = NULL;
  g_autofree char *interfaces = NULL;

  if (self->interface->n_interfaces <= 1)
    return TRUE;

  firsts = dfu_alternates_list_firsts (self->interface, self->device);
  interfaces = describe (self, firsts, TRUE);
  g_set_error (error, DFU_ERROR, DFU_ERROR_SEVERAL_INTERFACES,
               "The device has several DFU interfaces: %s", interfaces);
  return FALSE;
}

static gboolean
choose_interface (const Search *self, GError **error)
{
  const int interface = self->choice->interface;

  if (interface == DFU_CHOICE_ANY)
    return self->choice->takes_any || check_only_interface (self, error);

  if (dfu_interface_find_number (self->interface, self->device, (guint8) interface))
    return TRUE;

  g_set_error (error, DFU_ERROR, DFU_ERROR_NO_SUCH_MEMORY,
               "Interface %d of the device speaks no DFU", interface);
  return FALSE;
}

/* Where the memory may be that is meant. */
static GPtrArray *
list_alternates (const Search *self)
{
  return self->choice->interface == DFU_CHOICE_ANY
           ? dfu_alternates_list_all (self->interface, self->device)
           : dfu_alternates_list (self->interface, self->device);
}

/* Returns the last that is meant. */
static const DfuAlternate *
find_alternate (const Search *self, GPtrArray *alternates, guint *n_found)
{
  const DfuAlternate *found = NULL;

  *n_found = 0;
  for (guint i = 0; i < alternates->len; i++) {
    const DfuAlternate *alternate = g_ptr_array_index (alternates, i);

    if (is_meant (self->choice, alternate)) {
      found = alternate;
      ++*n_found;
    }
  }

  return found;
}

static gboolean
choose_alternate (const Search *self, GError **error)
{
  DfuInterface *interface = self->interface;
  g_autoptr (GPtrArray) alternates = list_alternates (self);
  g_autofree char *memories = NULL;
  const DfuAlternate *found;
  guint n_found;

  if (self->choice->alternate_name != NULL &&
      !dfu_alternates_read_names (alternates, self->session, self->cancellable, error))
    return FALSE;

  found = find_alternate (self, alternates, &n_found);
  if (n_found > 1 && are_spread (alternates))
    return check_only_interface (self, error);

  if (n_found == 1 && (found->interface == interface->number ||
                       dfu_interface_find_number (interface, self->device, found->interface))) {
    interface->alternate = found->number;
    interface->string_index = found->string_index;
    return TRUE;
  }

  memories = describe (self, alternates, FALSE);
  set_not_one (self->choice, n_found, memories, error);
  return FALSE;
}

static gboolean
choose (const Search *self, GError **error)
{
  const gboolean names_memory = dfu_choice_names_memory (self->choice);

  if (names_memory && self->choice->interface == DFU_CHOICE_ANY)
    return choose_alternate (self, error);

  if (!choose_interface (self, error))
    return FALSE;

  if (!names_memory)
    return self->choice->takes_any || check_only (self, error);

  return choose_alternate (self, error);
}

/**
 * dfu_choice_apply:
 * @self: (nullable): what is meant
 * @device: a device
 * @session: a session with it, without an interface; names are read through this
 * @interface: (inout): its first DFU interface, which becomes the one that is meant
 * @cancellable: (nullable): ends it after the name that is being read
 * @error: return location for a %DFU_ERROR_NO_SUCH_MEMORY, a %DFU_ERROR_SEVERAL_INTERFACES, a
 *   %DFU_ERROR_SEVERAL_MEMORIES, or for why the device was not asked for all of its names
 *
 * Run-time mode knows neither the interface nor the memories of DFU mode, so nothing is chosen
 * there. A memory that only one of several interfaces has says which of them is meant. Never
 * guesses. Any thread.
 *
 * Returns: whether the device has exactly one that is meant
 */
gboolean
dfu_choice_apply (const DfuChoice *self,
                  UsbDevice *device,
                  DfuSession *session,
                  DfuInterface *interface,
                  GCancellable *cancellable,
                  GError **error)
{
  const Search search = { self, device, session, interface, cancellable };
  g_autoptr (GError) local_error = NULL;

  if (self == NULL || interface->mode == DFU_MODE_RUNTIME || choose (&search, &local_error))
    return TRUE;

  /* Who has cancelled does not want to know what there is to choose among. */
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}
