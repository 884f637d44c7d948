/* bootlace-findings-view.c: what is wrong with the chosen firmware
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-findings-view.h"

#include <glib/gi18n.h>

#include "bootlace-announce.h"
#include "bootlace-finding-row.h"
#include "bootlace-label.h"

/* More than these are folded, so that they do not push the boards out of sight. */
#define N_SHOWN 3

struct _BootlaceFindingsView {
  GtkWidget parent_instance;

  BootlaceClearance *clearance;
  GSignalGroup *clearance_signals;
  guint n_errors;
  guint n_warnings;

  GtkListBox *list;
  GtkToggleButton *more_button;
  GtkWidget *consent_box;
  GtkWidget *consent;
  GtkLabel *consent_label;
};

enum {
  PROP_0,
  PROP_CLEARANCE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceFindingsView, bootlace_findings_view, GTK_TYPE_WIDGET)

static guint
add_rows (BootlaceFindingsView *self, GListModel *findings, FirmwareSeverity severity)
{
  guint n_rows = 0;

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++) {
    g_autoptr (FirmwareFinding) finding = g_list_model_get_item (findings, i);

    if (firmware_finding_get_severity (finding) != severity ||
        !bootlace_clearance_matters (self->clearance, finding))
      continue;

    gtk_list_box_append (self->list, bootlace_finding_row_new (finding));
    n_rows++;
  }

  return n_rows;
}

static void
fold (BootlaceFindingsView *self)
{
  gboolean all = gtk_toggle_button_get_active (self->more_button);
  guint n_rows = self->n_errors + self->n_warnings;
  g_autofree char *label = NULL;

  for (guint i = 0; i < n_rows; i++)
    gtk_widget_set_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i)),
                            all || i < N_SHOWN);

  label = all ? g_strdup (_ ("Show Fewer"))
              : g_strdup_printf (ngettext ("Show All %u", "Show All %u", n_rows), n_rows);
  gtk_button_set_label (GTK_BUTTON (self->more_button), label);
  gtk_widget_set_visible (GTK_WIDGET (self->more_button), n_rows > N_SHOWN);
}

/* What a person agrees to is a matter of warnings alone: nothing helps against errors. */
static void
ask_consent (BootlaceFindingsView *self)
{
  g_autofree char *label =
    g_strdup_printf (ngettext ("Flash anyway: I have read the warning",
                               "Flash anyway: I have read the %u warnings", self->n_warnings),
                     self->n_warnings);

  gtk_label_set_label (self->consent_label, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->consent), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label, -1);
  gtk_widget_set_visible (self->consent_box, self->n_errors == 0 && self->n_warnings > 0);
}

static char *
describe_counts (BootlaceFindingsView *self)
{
  if (self->n_errors > 0)
    return g_strdup_printf (ngettext ("This firmware has %u error", "This firmware has %u errors",
                                      self->n_errors),
                            self->n_errors);

  return g_strdup_printf (ngettext ("This firmware has %u warning", "This firmware has %u warnings",
                                    self->n_warnings),
                          self->n_warnings);
}

static void
announce (BootlaceFindingsView *self, GListModel *findings)
{
  GString *text = g_string_new (NULL);
  g_autofree char *counts = describe_counts (self);
  FirmwareSeverity worst = self->n_errors > 0 ? FIRMWARE_SEVERITY_ERROR : FIRMWARE_SEVERITY_WARNING;

  g_string_append_printf (text, "%s.", counts);
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++) {
    g_autoptr (FirmwareFinding) finding = g_list_model_get_item (findings, i);
    g_autofree char *sentence = bootlace_finding_dup_text (finding);

    if (firmware_finding_get_severity (finding) == worst &&
        bootlace_clearance_matters (self->clearance, finding))
      g_string_append_printf (text, " %s", sentence);
  }

  bootlace_announce (GTK_WIDGET (self), text->str);
  g_string_free (text, TRUE);
}

/* The whole band has the colour of the worst that is in it. */
static void
colour (BootlaceFindingsView *self)
{
  gboolean is_error = self->n_errors > 0;

  gtk_widget_remove_css_class (GTK_WIDGET (self), is_error ? "warning" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (self), is_error ? "error" : "warning");
}

static void
image_cb (BootlaceFindingsView *self)
{
  g_autoptr (FirmwareImage) image = NULL;
  GListModel *findings = NULL;

  if (self->clearance != NULL)
    g_object_get (self->clearance, "image", &image, NULL);

  bootlace_list_clear (self->list);
  self->n_errors = 0;
  self->n_warnings = 0;
  gtk_toggle_button_set_active (self->more_button, FALSE);

  if (image != NULL) {
    findings = firmware_image_get_findings (image);
    self->n_errors = add_rows (self, findings, FIRMWARE_SEVERITY_ERROR);
    self->n_warnings = add_rows (self, findings, FIRMWARE_SEVERITY_WARNING);
  }

  fold (self);
  colour (self);
  ask_consent (self);
  gtk_widget_set_visible (GTK_WIDGET (self), self->n_errors + self->n_warnings > 0);
  if (self->n_errors + self->n_warnings > 0)
    announce (self, findings);
}

/* Which rows there are hangs on it only where one of them is about what an application lacks: else
 * a board that comes or goes would have the same rows told again. */
static void
written_beside_cb (BootlaceFindingsView *self)
{
  const guint n_errors = bootlace_clearance_count (self->clearance, FIRMWARE_SEVERITY_ERROR);
  const guint n_warnings = bootlace_clearance_count (self->clearance, FIRMWARE_SEVERITY_WARNING);

  if (n_errors != self->n_errors || n_warnings != self->n_warnings)
    image_cb (self);
}

static void
consent_cb (BootlaceFindingsView *self)
{
  gboolean consent = bootlace_clearance_get_consent (self->clearance);
  const char *text =
    consent ? _ ("Flashing is allowed now.") : _ ("Flashing waits until you agree.");

  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->consent), consent);

  /* Where nobody is asked, nobody is told; but the next firmware asks with the same box. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->consent),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  if (gtk_widget_get_visible (self->consent_box))
    bootlace_announce (self->consent, text);
}

static void
toggled_cb (BootlaceFindingsView *self, GtkCheckButton *check)
{
  if (self->clearance != NULL)
    bootlace_clearance_set_consent (self->clearance, gtk_check_button_get_active (check));
}

static void
set_clearance (BootlaceFindingsView *self, BootlaceClearance *clearance)
{
  if (!g_set_object (&self->clearance, clearance))
    return;

  g_signal_group_set_target (self->clearance_signals, clearance);
  image_cb (self);
  if (clearance != NULL)
    consent_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CLEARANCE]);
}

static void
bootlace_findings_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_CLEARANCE:
    g_value_set_object (value, BOOTLACE_FINDINGS_VIEW (object)->clearance);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_findings_view_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  switch (id) {
  case PROP_CLEARANCE:
    set_clearance (BOOTLACE_FINDINGS_VIEW (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_findings_view_dispose (GObject *object)
{
  BootlaceFindingsView *self = BOOTLACE_FINDINGS_VIEW (object);
  GtkWidget *child;

  g_clear_object (&self->clearance_signals);
  g_clear_object (&self->clearance);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (bootlace_findings_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-findings-view.ui");

  gtk_widget_class_bind_template_child (widget_class, BootlaceFindingsView, list);
  gtk_widget_class_bind_template_child (widget_class, BootlaceFindingsView, more_button);
  gtk_widget_class_bind_template_child (widget_class, BootlaceFindingsView, consent_box);
  gtk_widget_class_bind_template_child (widget_class, BootlaceFindingsView, consent);
  gtk_widget_class_bind_template_child (widget_class, BootlaceFindingsView, consent_label);

  gtk_widget_class_bind_template_callback (widget_class, fold);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

static void
bootlace_findings_view_class_init (BootlaceFindingsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_findings_view_get_property;
  object_class->set_property = bootlace_findings_view_set_property;
  object_class->dispose = bootlace_findings_view_dispose;

  properties[PROP_CLEARANCE] =
    g_param_spec_object ("clearance", NULL, NULL, BOOTLACE_TYPE_CLEARANCE,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "findings");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
}

static void
bootlace_findings_view_init (BootlaceFindingsView *self)
{
  self->clearance_signals = g_signal_group_new (BOOTLACE_TYPE_CLEARANCE);
  g_signal_group_connect_swapped (self->clearance_signals, "notify::image", G_CALLBACK (image_cb),
                                  self);
  g_signal_group_connect_swapped (self->clearance_signals, "notify::written-beside",
                                  G_CALLBACK (written_beside_cb), self);
  g_signal_group_connect_swapped (self->clearance_signals, "notify::consent",
                                  G_CALLBACK (consent_cb), self);

  gtk_widget_init_template (GTK_WIDGET (self));
  image_cb (self);
}
