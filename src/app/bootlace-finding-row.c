/* bootlace-finding-row.c: one thing that was found in a firmware
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-finding-row.h"

#include "bootlace-label.h"
#include "wording-finding.h"

static const char *
get_style (FirmwareSeverity severity)
{
  switch (severity) {
  case FIRMWARE_SEVERITY_ERROR:
    return "error";
  case FIRMWARE_SEVERITY_WARNING:
    return "warning";
  case FIRMWARE_SEVERITY_NOTE:
    break;
  }

  return "note";
}

static GtkWidget *
create_sentence (FirmwareFinding *finding)
{
  GtkWidget *label = bootlace_label_new_wrapping (NULL, NULL);
  const char *word = wording_severity_get_word (firmware_finding_get_severity (finding));
  g_autofree char *sentence = wording_finding_dup_sentence (finding);
  g_autofree char *markup = g_markup_printf_escaped ("<b>%s:</b> %s", word, sentence);

  gtk_label_set_markup (GTK_LABEL (label), markup);

  return label;
}

static GtkWidget *
create_icon (FirmwareSeverity severity)
{
  GtkWidget *icon =
    g_object_new (GTK_TYPE_IMAGE, "icon-name", bootlace_finding_get_icon (severity), "valign",
                  GTK_ALIGN_START, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  return icon;
}

/**
 * bootlace_finding_get_icon:
 * @severity: how heavy a finding is
 *
 * Returns: the name of its icon
 */
const char *
bootlace_finding_get_icon (FirmwareSeverity severity)
{
  switch (severity) {
  case FIRMWARE_SEVERITY_ERROR:
    return "bootlace-failed-symbolic";
  case FIRMWARE_SEVERITY_WARNING:
    return "bootlace-warning-symbolic";
  case FIRMWARE_SEVERITY_NOTE:
    break;
  }

  return "bootlace-note-symbolic";
}

/**
 * bootlace_finding_dup_text:
 * @finding: a finding
 *
 * Returns: (transfer full): how heavy it is, what it is and what to do, in a row
 */
char *
bootlace_finding_dup_text (FirmwareFinding *finding)
{
  const char *word = NULL;
  g_autofree char *sentence = NULL;
  g_autofree char *advice = NULL;

  g_return_val_if_fail (FIRMWARE_IS_FINDING (finding), NULL);

  word = wording_severity_get_word (firmware_finding_get_severity (finding));
  sentence = wording_finding_dup_sentence (finding);
  advice = wording_finding_dup_advice (finding);

  return g_strdup_printf ("%s: %s%s%s", word, sentence, advice != NULL ? " " : "",
                          advice != NULL ? advice : "");
}

/**
 * bootlace_finding_row_new:
 * @finding: what was found
 *
 * Returns: (transfer floating): a row for a list box that says so
 */
GtkWidget *
bootlace_finding_row_new (FirmwareFinding *finding)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  FirmwareSeverity severity = firmware_finding_get_severity (finding);
  g_autofree char *advice = wording_finding_dup_advice (finding);
  g_autofree char *text = bootlace_finding_dup_text (finding);

  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), create_sentence (finding));
  if (advice != NULL) {
    GtkWidget *label = bootlace_label_new_wrapping (NULL, NULL);

    gtk_label_set_label (GTK_LABEL (label), advice);
    gtk_widget_add_css_class (label, "advice");
    gtk_box_append (GTK_BOX (texts), label);
  }

  gtk_box_append (GTK_BOX (box), create_icon (severity));
  gtk_box_append (GTK_BOX (box), texts);

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_add_css_class (row, "finding");
  gtk_widget_add_css_class (row, get_style (severity));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);

  return row;
}
