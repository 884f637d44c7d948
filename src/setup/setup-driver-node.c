/* setup-driver-node.c: what Windows knows about one function of a USB device
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-driver-node.h"

#include <string.h>

/* The drivers that libusb can talk through. */
static const char *const usable_services[] = { "WinUSB", "libusbK", "libusb0" };

static const char dfu_class[] = "USB\\Class_FE&SubClass_01";
static const char serial_class[] = "USB\\Class_02";

/* Reads as many hexadecimal digits as an id has behind @key. Windows writes upper case, but nothing
 * says that it must. */
static gboolean
read_id (const char *instance_id, const char *key, guint n_digits, guint *value)
{
  g_autofree char *upper = g_ascii_strup (instance_id, -1);
  const char *found = strstr (upper, key);
  guint number = 0;

  if (found == NULL)
    return FALSE;

  found += strlen (key);
  for (guint i = 0; i < n_digits; i++) {
    int digit = g_ascii_xdigit_value (found[i]);

    if (digit < 0)
      return FALSE;
    number = number << 4 | (guint) digit;
  }

  *value = number;
  return TRUE;
}

/* How far the names of all functions of one board are the same: up to the last "&", behind which
 * usbccgp counts them, in the last of the three parts, which tells one board from another. */
static gsize
measure_board (const SetupDriverNode *self, const char **board)
{
  const char *ids = strchr (self->instance_id, '\\');
  const char *end = NULL;

  *board = ids != NULL ? strchr (ids + 1, '\\') : NULL;
  end = *board != NULL ? strrchr (*board, '&') : NULL;

  return end != NULL ? (gsize) (end - *board) : 0;
}

/**
 * setup_driver_node_new:
 * @instance_id: Windows' name of a device node
 *
 * Creates a node that has no driver and whose numbers are those in @instance_id.
 *
 * Returns: (transfer full) (nullable): a node, or %NULL when that is no USB device
 */
SetupDriverNode *
setup_driver_node_new (const char *instance_id)
{
  SetupDriverNode *self = NULL;
  guint vendor = 0;
  guint product = 0;
  guint interface = 0;

  g_return_val_if_fail (instance_id != NULL, NULL);

  if (g_ascii_strncasecmp (instance_id, "USB\\", strlen ("USB\\")) != 0 ||
      !read_id (instance_id, "VID_", 4, &vendor) || !read_id (instance_id, "PID_", 4, &product))
    return NULL;

  self = g_new0 (SetupDriverNode, 1);
  self->instance_id = g_strdup (instance_id);
  self->vendor = vendor;
  self->product = product;
  self->interface =
    read_id (instance_id, "&MI_", 2, &interface) ? (int) interface : SETUP_DRIVER_NO_INTERFACE;

  return self;
}

/**
 * setup_driver_node_free:
 * @self: (transfer full): a node
 *
 * Frees a node.
 */
void
setup_driver_node_free (SetupDriverNode *self)
{
  g_clear_pointer (&self->instance_id, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->service, g_free);
  g_free (self);
}

/**
 * setup_driver_node_note_compatible_id:
 * @self: a node
 * @compatible_id: one of its compatible ids, such as "USB\Class_FE&SubClass_01&Prot_02"
 *
 * Learns from it what the node's interface is for. The device has told Windows so, whatever driver
 * it has.
 */
void
setup_driver_node_note_compatible_id (SetupDriverNode *self, const char *compatible_id)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (compatible_id != NULL);

  if (g_ascii_strncasecmp (compatible_id, dfu_class, strlen (dfu_class)) == 0)
    self->is_dfu = TRUE;
  else if (g_ascii_strncasecmp (compatible_id, serial_class, strlen (serial_class)) == 0)
    self->is_serial = TRUE;
}

/**
 * setup_driver_node_is_served:
 * @self: a node
 *
 * Returns: whether its driver is one that programs can talk to it through
 */
gboolean
setup_driver_node_is_served (const SetupDriverNode *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (usable_services); i++)
    if (self->service != NULL && g_ascii_strcasecmp (self->service, usable_services[i]) == 0)
      return TRUE;

  return FALSE;
}

/**
 * setup_driver_node_is_beside:
 * @self: a function of a composite device
 * @other: a node
 *
 * Returns: whether @other is another function of the very same board
 */
gboolean
setup_driver_node_is_beside (const SetupDriverNode *self, const SetupDriverNode *other)
{
  const char *mine = NULL;
  const char *theirs = NULL;
  gsize length;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  if (self->vendor != other->vendor || self->product != other->product ||
      self->interface == other->interface || self->interface == SETUP_DRIVER_NO_INTERFACE ||
      other->interface == SETUP_DRIVER_NO_INTERFACE)
    return FALSE;

  length = measure_board (self, &mine);

  return length > 0 && length == measure_board (other, &theirs) &&
         g_ascii_strncasecmp (mine, theirs, length) == 0;
}
