/* setup-surroundings.c: what the assistant's answers depend on, followed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "setup-surroundings.h"

#include "setup-rule-search.h"

struct _SetupSurroundings {
  GObject parent_instance;

  UsbBus *bus; /* NULL where there is none */
  char *root;

  GPtrArray *devices; /* of UsbDevice: those whose permissions are followed */
  GPtrArray *rules;   /* of GFileMonitor */
};

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SetupSurroundings, setup_surroundings, G_TYPE_OBJECT)

/**
 * setup_surroundings_get_root:
 * @self: surroundings
 *
 * Returns: what the path of every file that is read begins with
 */
const char *
setup_surroundings_get_root (SetupSurroundings *self)
{
  g_return_val_if_fail (SETUP_IS_SURROUNDINGS (self), NULL);

  return self->root;
}

/**
 * setup_surroundings_has_bus:
 * @self: surroundings
 *
 * Returns: whether there is a bus to look at
 */
gboolean
setup_surroundings_has_bus (SetupSurroundings *self)
{
  g_return_val_if_fail (SETUP_IS_SURROUNDINGS (self), FALSE);

  return self->bus != NULL;
}

/**
 * setup_surroundings_get_devices:
 * @self: surroundings
 *
 * Returns: (transfer none) (element-type UsbDevice): what is connected, in the order of the ports
 */
GPtrArray *
setup_surroundings_get_devices (SetupSurroundings *self)
{
  g_return_val_if_fail (SETUP_IS_SURROUNDINGS (self), NULL);

  return self->devices;
}

/**
 * setup_surroundings_rescan:
 * @self: surroundings
 *
 * Has the bus look for devices of which nothing was told.
 */
void
setup_surroundings_rescan (SetupSurroundings *self)
{
  g_return_if_fail (SETUP_IS_SURROUNDINGS (self));

  if (self->bus != NULL)
    usb_bus_rescan (self->bus);
}

/**
 * setup_surroundings_check_access:
 * @self: surroundings
 *
 * Looks whether the devices may be used by now, of which nothing tells.
 */
void
setup_surroundings_check_access (SetupSurroundings *self)
{
  g_return_if_fail (SETUP_IS_SURROUNDINGS (self));

  for (guint i = 0; i < self->devices->len; i++)
    usb_device_check_access (self->devices->pdata[i]);
}

static void
change (SetupSurroundings *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
bus_changed_cb (SetupSurroundings *self,
                guint position,
                guint removed,
                guint added,
                GListModel *bus)
{
  for (guint i = 0; i < removed; i++)
    g_signal_handlers_disconnect_by_data (self->devices->pdata[position + i], self);
  if (removed > 0)
    g_ptr_array_remove_range (self->devices, position, removed);

  for (guint i = 0; i < added; i++) {
    UsbDevice *device = g_list_model_get_item (bus, position + i);

    g_ptr_array_insert (self->devices, position + i, device);
    g_signal_connect_swapped (device, "notify::accessible", G_CALLBACK (change), self);
  }

  change (self);
}

static void
follow_bus (SetupSurroundings *self)
{
  GListModel *bus = G_LIST_MODEL (self->bus);

  g_signal_connect_swapped (bus, "items-changed", G_CALLBACK (bus_changed_cb), self);
  bus_changed_cb (self, 0, 0, g_list_model_get_n_items (bus), bus);
}

/* Waiting for a folder that is not there is looking for it again and again. Our own rule's will be
 * made; the others are there from the start of the computer on, or never. */
static gboolean
is_worth_following (const char *folder, const char *path)
{
  return g_str_equal (folder, SETUP_RULE_FOLDER) || g_file_test (path, G_FILE_TEST_IS_DIR);
}

static void
follow_rules (SetupSurroundings *self)
{
  static const char *const folders[] = { SETUP_RULE_FOLDERS };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *path = g_strconcat (self->root, folders[i], NULL);
    g_autoptr (GFile) folder = g_file_new_for_path (path);
    GFileMonitor *monitor = NULL;

    if (is_worth_following (folders[i], path))
      monitor = g_file_monitor_directory (folder, G_FILE_MONITOR_NONE, NULL, NULL);
    if (monitor == NULL)
      continue;

    g_signal_connect_swapped (monitor, "changed", G_CALLBACK (change), self);
    g_ptr_array_add (self->rules, monitor);
  }
}

static void
setup_surroundings_dispose (GObject *object)
{
  SetupSurroundings *self = SETUP_SURROUNDINGS (object);

  if (self->bus != NULL)
    g_signal_handlers_disconnect_by_data (self->bus, self);
  for (guint i = 0; i < self->devices->len; i++)
    g_signal_handlers_disconnect_by_data (self->devices->pdata[i], self);
  g_ptr_array_set_size (self->devices, 0);

  for (guint i = 0; i < self->rules->len; i++)
    g_signal_handlers_disconnect_by_data (self->rules->pdata[i], self);
  g_ptr_array_set_size (self->rules, 0);
  g_clear_object (&self->bus);

  G_OBJECT_CLASS (setup_surroundings_parent_class)->dispose (object);
}

static void
setup_surroundings_finalize (GObject *object)
{
  SetupSurroundings *self = SETUP_SURROUNDINGS (object);

  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->rules);
  g_free (self->root);

  G_OBJECT_CLASS (setup_surroundings_parent_class)->finalize (object);
}

static void
setup_surroundings_class_init (SetupSurroundingsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = setup_surroundings_dispose;
  object_class->finalize = setup_surroundings_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
setup_surroundings_init (SetupSurroundings *self)
{
  self->devices = g_ptr_array_new_with_free_func (g_object_unref);
  self->rules = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * setup_surroundings_new:
 * @bus: (nullable): the bus, or %NULL where there is none
 * @root: what the path of every file that is read begins with
 *
 * Returns: (transfer full): what is around
 */
SetupSurroundings *
setup_surroundings_new (UsbBus *bus, const char *root)
{
  SetupSurroundings *self = NULL;

  g_return_val_if_fail (bus == NULL || USB_IS_BUS (bus), NULL);
  g_return_val_if_fail (root != NULL, NULL);

  self = g_object_new (SETUP_TYPE_SURROUNDINGS, NULL);
  self->root = g_strdup (root);
  g_set_object (&self->bus, bus);
  if (bus != NULL)
    follow_bus (self);
  follow_rules (self);

  return self;
}
