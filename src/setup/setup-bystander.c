/* setup-bystander.c: a board that is connected and cannot be flashed as it is
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-bystander.h"

#include "dfu-interface.h"

struct _SetupBystander {
  GObject parent_instance;

  UsbDevice *device;
  const SetupBoardId *board;
  SetupBoardKind kind;
  char *hint;
};

enum {
  PROP_TITLE = 1,
  PROP_PORT_PATH,
  PROP_KIND,
  PROP_LABEL,
  PROP_HINT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SetupBystander, setup_bystander, G_TYPE_OBJECT)

/**
 * setup_bystander_get_device:
 * @self: a bystander
 *
 * Returns: (transfer none): the device
 */
UsbDevice *
setup_bystander_get_device (SetupBystander *self)
{
  g_return_val_if_fail (SETUP_IS_BYSTANDER (self), NULL);

  return self->device;
}

/**
 * setup_bystander_get_name:
 * @self: a bystander
 *
 * Returns: (transfer none): what it is called, not translated
 */
const char *
setup_bystander_get_name (SetupBystander *self)
{
  g_return_val_if_fail (SETUP_IS_BYSTANDER (self), NULL);

  return self->board->name;
}

/**
 * setup_bystander_get_title:
 * @self: a bystander
 *
 * Returns: (transfer none): the same for people, translated
 */
const char *
setup_bystander_get_title (SetupBystander *self)
{
  g_return_val_if_fail (SETUP_IS_BYSTANDER (self), NULL);

  return setup_board_id_get_title (self->board);
}

/**
 * setup_bystander_get_port_path:
 * @self: a bystander
 *
 * Returns: (transfer none): where it is plugged in, such as "1-2.3"
 */
const char *
setup_bystander_get_port_path (SetupBystander *self)
{
  g_return_val_if_fail (SETUP_IS_BYSTANDER (self), NULL);

  return usb_device_get_port_path (self->device);
}

/**
 * setup_bystander_get_kind:
 * @self: a bystander
 *
 * Returns: what it is; never one of the kinds that speak DFU
 */
SetupBoardKind
setup_bystander_get_kind (SetupBystander *self)
{
  g_return_val_if_fail (SETUP_IS_BYSTANDER (self), SETUP_BOARD_KIND_UNKNOWN);

  return self->kind;
}

/**
 * setup_bystander_get_label:
 * @self: a bystander
 *
 * Returns: (transfer none): what it is in a word or two, translated
 */
const char *
setup_bystander_get_label (SetupBystander *self)
{
  g_return_val_if_fail (SETUP_IS_BYSTANDER (self), NULL);

  return setup_board_kind_get_label (self->kind);
}

/**
 * setup_bystander_get_hint:
 * @self: a bystander
 *
 * Returns: (transfer none): the one thing that helps, translated
 */
const char *
setup_bystander_get_hint (SetupBystander *self)
{
  g_return_val_if_fail (SETUP_IS_BYSTANDER (self), NULL);

  return self->hint;
}

static void
setup_bystander_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SetupBystander *self = SETUP_BYSTANDER (object);

  switch (id) {
  case PROP_TITLE:
    g_value_set_string (value, setup_bystander_get_title (self));
    break;
  case PROP_PORT_PATH:
    g_value_set_string (value, setup_bystander_get_port_path (self));
    break;
  case PROP_KIND:
    g_value_set_enum (value, (int) self->kind);
    break;
  case PROP_LABEL:
    g_value_set_string (value, setup_bystander_get_label (self));
    break;
  case PROP_HINT:
    g_value_set_string (value, self->hint);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
setup_bystander_finalize (GObject *object)
{
  SetupBystander *self = SETUP_BYSTANDER (object);

  g_clear_object (&self->device);
  g_free (self->hint);

  G_OBJECT_CLASS (setup_bystander_parent_class)->finalize (object);
}

static void
setup_bystander_class_init (SetupBystanderClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = setup_bystander_get_property;
  object_class->finalize = setup_bystander_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_PORT_PATH] = g_param_spec_string ("port-path", NULL, NULL, NULL, flags);
  properties[PROP_KIND] =
    g_param_spec_enum ("kind", NULL, NULL, SETUP_TYPE_BOARD_KIND, SETUP_BOARD_KIND_UNKNOWN, flags);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
setup_bystander_init (SetupBystander *self)
{
}

/* An application may have the ids of the chip's ROM, which would have a DFU interface. */
static SetupBoardKind
find_kind (const SetupBoardId *board)
{
  return board->kind == SETUP_BOARD_KIND_ROM ? SETUP_BOARD_KIND_APPLICATION : board->kind;
}

/**
 * setup_bystander_new_for_device:
 * @device: a device
 *
 * Returns: (transfer full) (nullable): the bystander that it is, or %NULL when it speaks DFU or is
 *   no board that is known
 */
SetupBystander *
setup_bystander_new_for_device (UsbDevice *device)
{
  SetupBystander *self = NULL;
  const SetupBoardId *board = NULL;
  g_autofree char *hint = NULL;
  DfuInterface interface;

  g_return_val_if_fail (USB_IS_DEVICE (device), NULL);

  board =
    setup_board_id_find (usb_device_get_vendor_id (device), usb_device_get_product_id (device));
  if (board == NULL || dfu_interface_find (&interface, device))
    return NULL;

  hint = setup_board_kind_dup_hint (find_kind (board));
  if (hint == NULL)
    return NULL;

  self = g_object_new (SETUP_TYPE_BYSTANDER, NULL);
  self->device = g_object_ref (device);
  self->board = board;
  self->kind = find_kind (board);
  self->hint = g_steal_pointer (&hint);

  return self;
}
