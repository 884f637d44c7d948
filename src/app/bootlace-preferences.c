/* bootlace-preferences.c: what is done beyond writing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-preferences.h"

#include <glib/gi18n.h>

#include "bootlace-announce.h"
#include "bootlace-drop-down.h"
#include "bootlace-folder.h"
#include "bootlace-settings.h"
#include "bootlace-wishes.h"

struct _BootlacePreferences {
  GtkWindow parent_instance;

  GSettings *settings; /* nullable */

  GtkLabel *read_back_title;
  GtkDropDown *read_back_choice;
  GtkSwitch *restart_switch;
  GtkSwitch *backup_switch;
  GtkSwitch *series_switch;
  GtkLabel *backup_label;
  GtkLabel *backup_message;
};

G_DEFINE_FINAL_TYPE (BootlacePreferences, bootlace_preferences, GTK_TYPE_WINDOW)

static void
bind (BootlacePreferences *self, const char *key, GtkSwitch *wish)
{
  gtk_widget_set_sensitive (GTK_WIDGET (wish), self->settings != NULL);
  if (self->settings != NULL)
    g_settings_bind (self->settings, key, wish, "active", G_SETTINGS_BIND_DEFAULT);
}

/* As the schema writes them; the choices stand in the same order. */
static const char *const read_back_nicks[] = {
  [BOOTLACE_READ_BACK_IF_NEEDED] = "if-needed",
  [BOOTLACE_READ_BACK_ALWAYS] = "always",
  [BOOTLACE_READ_BACK_NEVER] = "never",
  NULL,
};

static gboolean
get_selected_cb (GValue *value, GVariant *variant, gpointer user_data)
{
  const char *nick = g_variant_get_string (variant, NULL);

  for (guint i = 0; read_back_nicks[i] != NULL; i++) {
    if (g_str_equal (read_back_nicks[i], nick)) {
      g_value_set_uint (value, i);
      return TRUE;
    }
  }

  return FALSE;
}

static GVariant *
set_selected_cb (const GValue *value, const GVariantType *type, gpointer user_data)
{
  guint selected = g_value_get_uint (value);

  return selected < g_strv_length ((char **) read_back_nicks)
           ? g_variant_new_string (read_back_nicks[selected])
           : NULL;
}

static void
selected_cb (BootlacePreferences *self)
{
  bootlace_drop_down_describe (self->read_back_choice, gtk_label_get_text (self->read_back_title));
}

static void
bind_read_back (BootlacePreferences *self)
{
  g_signal_connect_object (self->read_back_choice, "notify::selected-item",
                           G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  selected_cb (self);
  bootlace_drop_down_name_items (self->read_back_choice, NULL);

  gtk_widget_set_sensitive (GTK_WIDGET (self->read_back_choice), self->settings != NULL);
  if (self->settings == NULL)
    return;

  g_settings_bind_with_mapping (self->settings, BOOTLACE_WISH_READ_BACK, self->read_back_choice,
                                "selected", G_SETTINGS_BIND_DEFAULT, get_selected_cb,
                                set_selected_cb, NULL, NULL);
}

/* Nobody must be surprised by it the next time, so it is not among the settings. */
static void
bind_series (BootlacePreferences *self, BootlaceSeries *series)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->series_switch), series != NULL);
  if (series != NULL)
    g_object_bind_property (series, "armed", self->series_switch, "active",
                            G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

static void
show_folder (BootlacePreferences *self)
{
  g_autofree char *folder = bootlace_wishes_dup_backup_folder ();
  g_autofree char *text = NULL;

  /* Translators: %s is a folder */
  text = g_strdup_printf (_ ("Saves what is on the board in %s before anything is written. Without "
                             "it, nothing is written."),
                          folder);
  gtk_label_set_label (self->backup_label, text);
}

static void
folder_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BootlacePreferences) self = user_data;
  const char *text = bootlace_folder_show_finish (result);

  gtk_widget_set_visible (GTK_WIDGET (self->backup_message), text != NULL);
  if (text == NULL)
    return;

  gtk_label_set_label (self->backup_message, text);
  bootlace_announce (GTK_WIDGET (self), text);
}

static void
show_backups_cb (BootlacePreferences *self)
{
  g_autofree char *path = bootlace_wishes_dup_backup_folder ();
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  bootlace_folder_show_async (folder, GTK_WIDGET (self), folder_cb, g_object_ref (self));
}

static void
bootlace_preferences_dispose (GObject *object)
{
  g_clear_object (&BOOTLACE_PREFERENCES (object)->settings);

  G_OBJECT_CLASS (bootlace_preferences_parent_class)->dispose (object);
}

static void
bootlace_preferences_class_init (BootlacePreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bootlace_preferences_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, BootlacePreferences, read_back_title);
  gtk_widget_class_bind_template_child (widget_class, BootlacePreferences, read_back_choice);
  gtk_widget_class_bind_template_child (widget_class, BootlacePreferences, restart_switch);
  gtk_widget_class_bind_template_child (widget_class, BootlacePreferences, backup_switch);
  gtk_widget_class_bind_template_child (widget_class, BootlacePreferences, series_switch);
  gtk_widget_class_bind_template_child (widget_class, BootlacePreferences, backup_label);
  gtk_widget_class_bind_template_child (widget_class, BootlacePreferences, backup_message);
  gtk_widget_class_bind_template_callback (widget_class, show_backups_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bootlace_preferences_init (BootlacePreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->settings = bootlace_settings_new ();
  bind_read_back (self);
  bind (self, BOOTLACE_WISH_RESTART, self->restart_switch);
  bind (self, BOOTLACE_WISH_BACKUP, self->backup_switch);
  show_folder (self);
}

/**
 * bootlace_preferences_new:
 * @parent: (nullable): the window that it belongs to
 * @series: (nullable): what flashes boards as soon as they are connected
 *
 * Returns: (transfer none): the window, not shown yet
 */
GtkWidget *
bootlace_preferences_new (GtkWindow *parent, BootlaceSeries *series)
{
  BootlacePreferences *self =
    g_object_new (BOOTLACE_TYPE_PREFERENCES, "transient-for", parent, NULL);

  bind_series (self, series);

  return GTK_WIDGET (self);
}
