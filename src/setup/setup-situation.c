/* setup-situation.c: what the questions of the setup assistant are asked about
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-situation.h"

/* How near a device is to being flashed over DFU, without regard to who may use it. */
static int
rate_kind (SetupBoardKind kind, gboolean speaks_dfu)
{
  static const int ratings[] = {
    [SETUP_BOARD_KIND_UNKNOWN] = 0,     [SETUP_BOARD_KIND_ROM] = 7,
    [SETUP_BOARD_KIND_APPLICATION] = 6, [SETUP_BOARD_KIND_SERIAL_BRIDGE] = 2,
    [SETUP_BOARD_KIND_SERIAL_JTAG] = 4, [SETUP_BOARD_KIND_DEBUG_PROBE] = 2,
    [SETUP_BOARD_KIND_UF2] = 5,         [SETUP_BOARD_KIND_UF2_ONLY] = 3,
    [SETUP_BOARD_KIND_DFU] = 7,         [SETUP_BOARD_KIND_FOREIGN] = 3,
  };

  return speaks_dfu && kind != SETUP_BOARD_KIND_UNKNOWN ? 8 : ratings[kind];
}

/* What is 0 is no board. Computers have Bluetooth adapters, cameras and headsets inside or nearby
 * that speak DFU in run-time mode and are nobody's to flash: unknown ones are boards only when
 * somebody has made them accessible, or when they are asked for by their port. */
static int
rate (UsbDevice *device)
{
  const SetupBoardId *board =
    setup_board_id_find (usb_device_get_vendor_id (device), usb_device_get_product_id (device));
  const gboolean accessible = usb_device_is_accessible (device);
  DfuInterface interface;
  gboolean speaks_dfu = dfu_interface_find (&interface, device);
  int rating = 0;

  /* What these have only looks like DFU. */
  if (board != NULL && board->kind == SETUP_BOARD_KIND_FOREIGN)
    speaks_dfu = FALSE;

  if (speaks_dfu && interface.mode == DFU_MODE_DFU)
    rating = 9;
  else if (speaks_dfu && board == NULL)
    rating = accessible ? 1 : 0;
  else if (board != NULL)
    rating = rate_kind (board->kind, speaks_dfu);

  /* Of two that are as near, the one that needs help. */
  return rating > 0 ? 2 * rating + !accessible : 0;
}

static UsbDevice *
find_at (GPtrArray *devices, const char *port_path)
{
  for (guint i = 0; i < devices->len; i++)
    if (g_str_equal (usb_device_get_port_path (devices->pdata[i]), port_path))
      return devices->pdata[i];

  return NULL;
}

static UsbDevice *
find_best (GPtrArray *devices)
{
  UsbDevice *best = NULL;
  int rating = 0;

  for (guint i = 0; i < devices->len; i++) {
    const int other = rate (devices->pdata[i]);

    if (other > rating) {
      best = devices->pdata[i];
      rating = other;
    }
  }

  return best;
}

/**
 * setup_situation_get_kind:
 * @self: a situation
 *
 * Returns: what the subject is by its ids; %SETUP_BOARD_KIND_UNKNOWN without one
 */
SetupBoardKind
setup_situation_get_kind (const SetupSituation *self)
{
  return self->board != NULL ? self->board->kind : SETUP_BOARD_KIND_UNKNOWN;
}

/**
 * setup_situation_has_bootloader:
 * @self: a situation
 *
 * What comes after the bootloader is worth asking only then: whether a serial bridge may be opened
 * concerns nobody.
 *
 * Returns: whether the subject speaks DFU, in whatever mode
 */
gboolean
setup_situation_has_bootloader (const SetupSituation *self)
{
  return self->subject != NULL && self->speaks_dfu;
}

/**
 * setup_situation_dup_name:
 * @self: a situation
 *
 * Returns: (transfer full) (nullable): what to call the subject, not translated; %NULL without one
 */
char *
setup_situation_dup_name (const SetupSituation *self)
{
  if (self->subject == NULL)
    return NULL;

  if (self->board != NULL)
    return g_strdup (self->board->name);

  if (usb_device_get_product (self->subject) != NULL)
    return g_strdup (usb_device_get_product (self->subject));

  return g_strdup_printf ("%04x:%04x", usb_device_get_vendor_id (self->subject),
                          usb_device_get_product_id (self->subject));
}

/**
 * setup_situation_dup_label:
 * @self: a situation
 *
 * Returns: (transfer full) (nullable): the same for people, translated
 */
char *
setup_situation_dup_label (const SetupSituation *self)
{
  return self->board != NULL ? g_strdup (setup_board_id_get_title (self->board))
                             : setup_situation_dup_name (self);
}

/**
 * setup_situation_new:
 * @root: what every path of a gatherer begins with
 * @devices: (element-type UsbDevice): what is connected; copied
 * @port_path: (nullable): the port that is asked about
 * @error: (nullable): how the last attempt on what is there failed
 *
 * Finds out which device the questions are about.
 *
 * Returns: (transfer full): a situation
 */
SetupSituation *
setup_situation_new (const char *root,
                     GPtrArray *devices,
                     const char *port_path,
                     const GError *error)
{
  SetupSituation *self = NULL;
  UsbDevice *subject = NULL;

  g_return_val_if_fail (root != NULL, NULL);
  g_return_val_if_fail (devices != NULL, NULL);

  subject = port_path != NULL ? find_at (devices, port_path) : find_best (devices);

  self = g_new0 (SetupSituation, 1);
  self->root = g_strdup (root);
  self->devices = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < devices->len; i++)
    g_ptr_array_add (self->devices, g_object_ref (devices->pdata[i]));
  self->port_path = g_strdup (port_path);
  g_set_object (&self->subject, subject);
  if (error != NULL)
    self->error = g_error_copy (error);

  if (subject != NULL) {
    self->board =
      setup_board_id_find (usb_device_get_vendor_id (subject), usb_device_get_product_id (subject));
    self->speaks_dfu = dfu_interface_find (&self->dfu, subject) &&
                       setup_situation_get_kind (self) != SETUP_BOARD_KIND_FOREIGN;
  }

  return self;
}

/**
 * setup_situation_free:
 * @self: (transfer full): a situation
 *
 * Frees a situation.
 */
void
setup_situation_free (SetupSituation *self)
{
  g_free (self->root);
  g_ptr_array_unref (self->devices);
  g_free (self->port_path);
  g_clear_object (&self->subject);
  g_clear_error (&self->error);
  g_free (self);
}
