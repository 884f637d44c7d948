/* setup-bystander-list.c: the boards that are connected and cannot be flashed as they are
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "setup-bystander-list.h"

struct _SetupBystanderList {
  GObject parent_instance;

  DfuDeviceList *devices;
  GPtrArray *bystanders; /* of SetupBystander */
};

enum {
  PROP_N_ITEMS = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SetupBystanderList,
                               setup_bystander_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static gboolean
is_taken (SetupBystanderList *self, UsbDevice *device)
{
  GListModel *devices = G_LIST_MODEL (self->devices);

  for (guint i = 0; i < g_list_model_get_n_items (devices); i++) {
    g_autoptr (DfuDevice) other = g_list_model_get_item (devices, i);

    if (g_str_equal (dfu_device_get_port_path (other), usb_device_get_port_path (device)))
      return TRUE;
  }

  return FALSE;
}

/* What is there already stays the same object. */
static SetupBystander *
find_or_create (SetupBystanderList *self, UsbDevice *device)
{
  for (guint i = 0; i < self->bystanders->len; i++)
    if (setup_bystander_get_device (self->bystanders->pdata[i]) == device)
      return g_object_ref (self->bystanders->pdata[i]);

  return setup_bystander_new_for_device (device);
}

static GPtrArray *
collect (SetupBystanderList *self)
{
  GPtrArray *bystanders = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *bus = G_LIST_MODEL (dfu_device_list_get_bus (self->devices));

  for (guint i = 0; i < g_list_model_get_n_items (bus); i++) {
    g_autoptr (UsbDevice) device = g_list_model_get_item (bus, i);
    SetupBystander *bystander = is_taken (self, device) ? NULL : find_or_create (self, device);

    if (bystander != NULL)
      g_ptr_array_add (bystanders, bystander);
  }

  return bystanders;
}

/* Tells of nothing but what differs, so that rows of the others stay as they are. */
static void
refresh (SetupBystanderList *self)
{
  g_autoptr (GPtrArray) old = self->bystanders;
  GPtrArray *new = collect (self);
  const guint shorter = MIN (old->len, new->len);
  guint before = 0;
  guint behind = 0;

  self->bystanders = new;

  while (before < shorter && old->pdata[before] == new->pdata[before])
    before++;
  while (behind < shorter - before &&
         old->pdata[old->len - 1 - behind] == new->pdata[new->len - 1 - behind])
    behind++;

  if (before + behind == old->len && before + behind == new->len)
    return;

  g_list_model_items_changed (G_LIST_MODEL (self), before, old->len - before - behind,
                              new->len - before - behind);
  if (old->len != new->len)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static GType
setup_bystander_list_get_item_type (GListModel *model)
{
  return SETUP_TYPE_BYSTANDER;
}

static guint
setup_bystander_list_get_n_items (GListModel *model)
{
  return SETUP_BYSTANDER_LIST (model)->bystanders->len;
}

static gpointer
setup_bystander_list_get_item (GListModel *model, guint position)
{
  SetupBystanderList *self = SETUP_BYSTANDER_LIST (model);

  return position < self->bystanders->len ? g_object_ref (self->bystanders->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = setup_bystander_list_get_item_type;
  iface->get_n_items = setup_bystander_list_get_n_items;
  iface->get_item = setup_bystander_list_get_item;
}

static void
setup_bystander_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_N_ITEMS:
    g_value_set_uint (value, SETUP_BYSTANDER_LIST (object)->bystanders->len);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
setup_bystander_list_dispose (GObject *object)
{
  g_clear_object (&SETUP_BYSTANDER_LIST (object)->devices);

  G_OBJECT_CLASS (setup_bystander_list_parent_class)->dispose (object);
}

static void
setup_bystander_list_finalize (GObject *object)
{
  g_ptr_array_unref (SETUP_BYSTANDER_LIST (object)->bystanders);

  G_OBJECT_CLASS (setup_bystander_list_parent_class)->finalize (object);
}

static void
setup_bystander_list_class_init (SetupBystanderListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = setup_bystander_list_get_property;
  object_class->dispose = setup_bystander_list_dispose;
  object_class->finalize = setup_bystander_list_finalize;

  /**
   * SetupBystanderList:n-items:
   *
   * How many there are.
   */
  properties[PROP_N_ITEMS] =
    g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
setup_bystander_list_init (SetupBystanderList *self)
{
  self->bystanders = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * setup_bystander_list_new:
 * @devices: the boards that speak DFU
 *
 * Returns: (transfer full): the others on the same bus, now and later
 */
SetupBystanderList *
setup_bystander_list_new (DfuDeviceList *devices)
{
  SetupBystanderList *self = NULL;

  g_return_val_if_fail (DFU_IS_DEVICE_LIST (devices), NULL);

  self = g_object_new (SETUP_TYPE_BYSTANDER_LIST, NULL);
  self->devices = g_object_ref (devices);
  g_signal_connect_object (devices, "items-changed", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (dfu_device_list_get_bus (devices), "items-changed", G_CALLBACK (refresh),
                           self, G_CONNECT_SWAPPED);
  refresh (self);

  return self;
}
