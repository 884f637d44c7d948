/* bootlace-board-menu.c: what else can be done with a board
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-board-menu.h"

#include <glib/gi18n.h>

struct _BootlaceBoardMenu {
  GtkWidget parent_instance;

  BootlaceBoard *board; /* nullable */
  GMenu *menu;

  GtkMenuButton *button;
};

enum {
  PROP_0,
  PROP_BOARD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceBoardMenu, bootlace_board_menu, GTK_TYPE_WIDGET)

typedef struct {
  BootlaceDeed deed;
  const char *label;
  const char *action;        /* of this widget */
  const char *window_action; /* does it for the board at a port */
} Item;

static const Item items[] = {
  { BOOTLACE_DEED_READ, N_ ("_Read Flash to File…"), "board-menu.read", "win.read-board" },
  { BOOTLACE_DEED_ERASE, N_ ("_Erase…"), "board-menu.erase", "win.erase-board" },
  { BOOTLACE_DEED_UNPROTECT, N_ ("Remove Read _Protection…"), "board-menu.unprotect",
    "win.unprotect-board" },
};

/* Of several memories somebody must say which is meant; the protection is that of all of them. */
static gboolean
lacks_memory (BootlaceBoardMenu *self, BootlaceDeed deed)
{
  return deed != BOOTLACE_DEED_UNPROTECT &&
         bootlace_memory_choice_is_missing (bootlace_board_get_memory (self->board));
}

static void
append_item (BootlaceBoardMenu *self, const Item *item)
{
  g_autofree char *label = NULL;

  if (!bootlace_board_offers (self->board, item->deed))
    return;

  if (lacks_memory (self, item->deed))
    /* Translators: an item of a menu, like "Erase…", and why it cannot be chosen: the list of the
     * board's memories is beside it */
    label = g_strdup_printf (_ ("%s (choose a memory first)"), _ (item->label));

  g_menu_append (self->menu, label != NULL ? label : _ (item->label), item->action);
}

static void
refresh (BootlaceBoardMenu *self)
{
  const gboolean is_free = bootlace_board_is_free (self->board);

  g_menu_remove_all (self->menu);
  for (gsize i = 0; i < G_N_ELEMENTS (items); i++) {
    append_item (self, &items[i]);
    gtk_widget_action_set_enabled (GTK_WIDGET (self), items[i].action,
                                   is_free && !lacks_memory (self, items[i].deed));
  }

  gtk_widget_set_sensitive (GTK_WIDGET (self->button), is_free);
  gtk_widget_set_visible (GTK_WIDGET (self),
                          g_menu_model_get_n_items (G_MENU_MODEL (self->menu)) > 0 &&
                            (is_free || bootlace_board_is_active (self->board)));
}

static void
describe (BootlaceBoardMenu *self)
{
  /* Translators: a menu of one board, like "More for ESP32-S2 on USB port 1-10" */
  g_autofree char *label =
    g_strdup_printf (_ ("More for %s on %s"), bootlace_board_get_name (self->board),
                     bootlace_board_get_port (self->board));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
}

static void
set_board (BootlaceBoardMenu *self, BootlaceBoard *board)
{
  static const char *const signals[] = { "notify::state", "notify::active", "notify::absent" };
  static const char *const device_signals[] = { "notify::usb-device", "notify::mode",
                                                "notify::accessible" };

  if (!g_set_object (&self->board, board) || board == NULL)
    return;

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (board, signals[i], G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  for (gsize i = 0; i < G_N_ELEMENTS (device_signals); i++)
    g_signal_connect_object (bootlace_board_get_device (board), device_signals[i],
                             G_CALLBACK (refresh), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (bootlace_board_get_memory (board), "notify::selected",
                           G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "notify::name", G_CALLBACK (describe), self, G_CONNECT_SWAPPED);

  refresh (self);
  describe (self);
}

/* The row's actions name the board that the window's are about. */
static void
activate_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  DfuDevice *device = bootlace_board_get_device (BOOTLACE_BOARD_MENU (widget)->board);

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    if (g_str_equal (items[i].action, name))
      gtk_widget_activate_action (widget, items[i].window_action, "s",
                                  dfu_device_get_port_path (device));
}

/**
 * bootlace_board_menu_popup:
 * @self: a menu of a board
 *
 * Returns: whether there was something to open
 */
gboolean
bootlace_board_menu_popup (BootlaceBoardMenu *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD_MENU (self), FALSE);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->button)) ||
      !gtk_widget_is_sensitive (GTK_WIDGET (self->button)))
    return FALSE;

  gtk_menu_button_popup (self->button);
  return TRUE;
}

static void
bootlace_board_menu_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceBoardMenu *self = BOOTLACE_BOARD_MENU (object);

  switch (id) {
  case PROP_BOARD:
    g_value_set_object (value, self->board);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_board_menu_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_BOARD:
    set_board (BOOTLACE_BOARD_MENU (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_board_menu_dispose (GObject *object)
{
  BootlaceBoardMenu *self = BOOTLACE_BOARD_MENU (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  g_clear_object (&self->menu);
  g_clear_object (&self->board);

  G_OBJECT_CLASS (bootlace_board_menu_parent_class)->dispose (object);
}

static void
bootlace_board_menu_class_init (BootlaceBoardMenuClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_board_menu_get_property;
  object_class->set_property = bootlace_board_menu_set_property;
  object_class->dispose = bootlace_board_menu_dispose;

  properties[PROP_BOARD] =
    g_param_spec_object ("board", NULL, NULL, BOOTLACE_TYPE_BOARD,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-board-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, BootlaceBoardMenu, button);
  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    gtk_widget_class_install_action (widget_class, items[i].action, NULL, activate_cb);
}

static void
bootlace_board_menu_init (BootlaceBoardMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->menu = g_menu_new ();
  gtk_menu_button_set_menu_model (self->button, G_MENU_MODEL (self->menu));
}
