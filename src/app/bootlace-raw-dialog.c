/* bootlace-raw-dialog.c: where the bytes of an unknown file go
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-raw-dialog.h"

#include <glib/gi18n.h>

#include "bootlace-announce.h"
#include "bootlace-raw-address.h"
#include "wording-finding.h"

struct _BootlaceRawDialog {
  GtkWindow parent_instance;

  GFile *file;
  BootlaceRawOffer offer;

  gint64 address; /* what the choices come to, as in a source */
  char *problem;  /* nullable: why they come to nothing */

  GtkLabel *heading_label;
  GtkLabel *body_label;
  GtkCheckButton *address_choice;
  GtkEditable *address_entry;
  GtkLabel *address_label;
};

enum {
  ACCEPTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BootlaceRawDialog, bootlace_raw_dialog, GTK_TYPE_WINDOW)

static void
use_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (BootlaceRawDialog) self = g_object_ref (BOOTLACE_RAW_DIALOG (widget));
  g_autoptr (BootlaceSource) source = bootlace_source_new_raw (self->file, self->address);

  g_signal_emit (self, signals[ACCEPTED], 0, source);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
cancel_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gtk_window_destroy (GTK_WINDOW (widget));
}

static void
show_problem (BootlaceRawDialog *self)
{
  GtkWidget *entry = GTK_WIDGET (self->address_entry);
  gboolean is_wrong = self->problem != NULL;

  gtk_label_set_label (self->address_label,
                       is_wrong ? self->problem : _ ("An STM32’s flash begins at 0x08000000."));
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE
                                        : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (is_wrong)
    gtk_widget_add_css_class (entry, "error");
  else
    gtk_widget_remove_css_class (entry, "error");

  if (is_wrong)
    bootlace_announce (GTK_WIDGET (self), self->problem);
}

/* Says what is wrong once, not with every key. */
static void
choice_cb (BootlaceRawDialog *self)
{
  g_autofree char *before = g_steal_pointer (&self->problem);

  self->address = FIRMWARE_CONVERSION_UNSET;
  if (gtk_check_button_get_active (self->address_choice))
    self->problem = bootlace_raw_address_parse (gtk_editable_get_text (self->address_entry),
                                                self->offer.size, &self->address);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "raw.use", self->problem == NULL);
  if (g_strcmp0 (before, self->problem) != 0)
    show_problem (self);
}

static void
bootlace_raw_dialog_dispose (GObject *object)
{
  g_clear_object (&BOOTLACE_RAW_DIALOG (object)->file);

  G_OBJECT_CLASS (bootlace_raw_dialog_parent_class)->dispose (object);
}

static void
bootlace_raw_dialog_finalize (GObject *object)
{
  g_free (BOOTLACE_RAW_DIALOG (object)->problem);

  G_OBJECT_CLASS (bootlace_raw_dialog_parent_class)->finalize (object);
}

static void
bootlace_raw_dialog_class_init (BootlaceRawDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bootlace_raw_dialog_dispose;
  object_class->finalize = bootlace_raw_dialog_finalize;

  signals[ACCEPTED] = g_signal_new ("accepted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, BOOTLACE_TYPE_SOURCE);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-raw-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BootlaceRawDialog, heading_label);
  gtk_widget_class_bind_template_child (widget_class, BootlaceRawDialog, body_label);
  gtk_widget_class_bind_template_child (widget_class, BootlaceRawDialog, address_choice);
  gtk_widget_class_bind_template_child (widget_class, BootlaceRawDialog, address_entry);
  gtk_widget_class_bind_template_child (widget_class, BootlaceRawDialog, address_label);
  gtk_widget_class_bind_template_callback (widget_class, choice_cb);

  gtk_widget_class_install_action (widget_class, "raw.use", NULL, use_cb);
  gtk_widget_class_install_action (widget_class, "raw.cancel", NULL, cancel_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "raw.cancel", NULL);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
}

static void
bootlace_raw_dialog_init (BootlaceRawDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->address_entry));
  show_problem (self);
}

/* What will be said again when it is to be flashed. */
static void
show_look (BootlaceRawDialog *self)
{
  g_autoptr (FirmwareFinding) finding =
    firmware_finding_new (FIRMWARE_FINDING_TAKEN_RAW, NULL,
                          firmware_stranger_get_nick (self->offer.stranger), NULL);
  g_autofree char *sentence = wording_finding_dup_sentence (finding);

  if (self->offer.stranger == FIRMWARE_STRANGER_NOTHING)
    return;

  gtk_label_set_label (self->body_label, sentence);
  gtk_widget_add_css_class (GTK_WIDGET (self->body_label), "notice");
  gtk_widget_add_css_class (GTK_WIDGET (self->body_label), "warn");
}

static void
show_file (BootlaceRawDialog *self)
{
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *display = g_filename_display_name (name);
  /* Translators: %s is the name of a file */
  g_autofree char *heading = g_strdup_printf (_ ("Use “%s” as raw bytes"), display);

  gtk_label_set_label (self->heading_label, heading);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, heading,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  gtk_label_get_label (self->body_label), -1);
}

/**
 * bootlace_raw_dialog_new:
 * @parent: the window that it belongs to
 * @file: a file of which nothing is known
 * @offer: its size and what it looks like
 *
 * Returns: (transfer none): the dialog; present it with gtk_window_present()
 */
GtkWidget *
bootlace_raw_dialog_new (GtkWindow *parent, GFile *file, const BootlaceRawOffer *offer)
{
  BootlaceRawDialog *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (offer != NULL, NULL);

  self = g_object_new (BOOTLACE_TYPE_RAW_DIALOG, "transient-for", parent, NULL);
  self->file = g_object_ref (file);
  self->offer = *offer;
  show_look (self);
  show_file (self);
  choice_cb (self);

  return GTK_WIDGET (self);
}
