/* bootlace-boards-panel.c: the boards, or how to get one to appear
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-boards-panel.h"

#include <glib/gi18n.h>

#include "bootlace-board-row.h"
#include "bootlace-bystander-row.h"
#include "bootlace-step.h"
#include "bootlace-wrap-box.h"
#include "setup-bystander-list.h"
#include "wording-message.h"

struct _BootlaceBoardsPanel {
  GtkWidget parent_instance;

  BootlaceBoardList *boards;
  SetupBystanderList *bystanders; /* nullable */
  WordingMessage *problem;        /* nullable */

  GtkListBox *list;
  GtkListBox *bystander_list;
};

enum {
  PROP_0,
  PROP_BOARDS,
  PROP_BYSTANDERS,
  PROP_PROBLEM,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceBoardsPanel, bootlace_boards_panel, GTK_TYPE_WIDGET)

static gboolean
has_problem_cb (BootlaceBoardsPanel *self, WordingMessage *problem)
{
  return problem != NULL;
}

static gboolean
has_boards_cb (BootlaceBoardsPanel *self, WordingMessage *problem, guint n_boards)
{
  return problem == NULL && n_boards > 0;
}

/* Also below the rows of boards that left. */
static gboolean
wants_board_cb (BootlaceBoardsPanel *self, WordingMessage *problem, gboolean wants_board)
{
  return problem == NULL && wants_board;
}

/* What is there to be chosen from takes two. */
static gboolean
offers_selection_cb (BootlaceBoardsPanel *self, WordingMessage *problem, guint n_suitable)
{
  return problem == NULL && n_suitable > 1;
}

static gboolean
has_bystanders_cb (BootlaceBoardsPanel *self, WordingMessage *problem, guint n_bystanders)
{
  return problem == NULL && n_bystanders > 0;
}

/* What there is comes first; how to get more follows. */
static char *
format_bystanders_cb (BootlaceBoardsPanel *self, guint n_boards)
{
  /* Translators: headings of a list of boards that cannot be flashed as they are: below those that
   * can, and where there are no others */
  return g_strdup (n_boards > 0 ? _ ("Also connected") : _ ("Connected, but not ready"));
}

static char *
format_count_cb (BootlaceBoardsPanel *self,
                 WordingMessage *problem,
                 guint n_present,
                 guint n_boards,
                 gboolean wants_board)
{
  /* One that is being flashed may be away for a moment. */
  if (problem != NULL || (n_present == 0 && !wants_board))
    return NULL;
  if (n_boards == 0)
    return g_strdup (_ ("none found"));
  if (n_present == 0)
    /* Translators: of boards, of which the rows are still there */
    return g_strdup (_ ("none connected"));

  return g_strdup_printf (ngettext ("%u connected", "%u connected", n_present), n_present);
}

static char *
format_summary_cb (BootlaceBoardsPanel *self, WordingMessage *problem)
{
  return problem != NULL ? g_strdup (problem->summary) : NULL;
}

static char *
format_remedy_cb (BootlaceBoardsPanel *self, WordingMessage *problem)
{
  return problem != NULL ? wording_message_dup_remedy (problem) : NULL;
}

static char *
format_details_cb (BootlaceBoardsPanel *self, WordingMessage *problem)
{
  return problem != NULL ? g_strdup (problem->details) : NULL;
}

static void
dismissed_cb (BootlaceBoardsPanel *self, BootlaceBoard *board)
{
  BootlaceJobList *jobs = bootlace_board_list_get_jobs (self->boards);
  BootlaceJob *job = bootlace_board_get_job (board);

  if (job != NULL && !bootlace_job_is_active (job))
    bootlace_job_list_dismiss (jobs, job);
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  GtkWidget *row = bootlace_board_row_new (item);

  g_signal_connect_object (row, "dismissed", G_CALLBACK (dismissed_cb), user_data,
                           G_CONNECT_SWAPPED);

  return row;
}

static void
set_boards (BootlaceBoardsPanel *self, BootlaceBoardList *boards)
{
  if (!g_set_object (&self->boards, boards))
    return;

  gtk_list_box_bind_model (self->list, boards != NULL ? G_LIST_MODEL (boards) : NULL, create_row,
                           self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BOARDS]);
}

static GtkWidget *
create_bystander_row (gpointer item, gpointer user_data)
{
  return bootlace_bystander_row_new (item);
}

static void
set_bystanders (BootlaceBoardsPanel *self, SetupBystanderList *bystanders)
{
  if (!g_set_object (&self->bystanders, bystanders))
    return;

  gtk_list_box_bind_model (self->bystander_list, (GListModel *) bystanders, create_bystander_row,
                           NULL, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BYSTANDERS]);
}

/**
 * bootlace_boards_panel_focus_boards:
 * @self: a panel
 *
 * Gives the keyboard's focus to the first board with which something can be done, or to what helps
 * where there is none.
 */
void
bootlace_boards_panel_focus_boards (BootlaceBoardsPanel *self)
{
  GtkWidget *list;

  g_return_if_fail (BOOTLACE_IS_BOARDS_PANEL (self));

  list = GTK_WIDGET (self->list);
  if (!gtk_widget_get_mapped (list) || !gtk_widget_child_focus (list, GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}

static void
bootlace_boards_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceBoardsPanel *self = BOOTLACE_BOARDS_PANEL (object);

  switch (id) {
  case PROP_BOARDS:
    g_value_set_object (value, self->boards);
    break;
  case PROP_BYSTANDERS:
    g_value_set_object (value, self->bystanders);
    break;
  case PROP_PROBLEM:
    g_value_set_boxed (value, self->problem);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_boards_panel_set_property (GObject *object,
                                    guint id,
                                    const GValue *value,
                                    GParamSpec *pspec)
{
  BootlaceBoardsPanel *self = BOOTLACE_BOARDS_PANEL (object);

  switch (id) {
  case PROP_BOARDS:
    set_boards (self, g_value_get_object (value));
    break;
  case PROP_BYSTANDERS:
    set_bystanders (self, g_value_get_object (value));
    break;
  case PROP_PROBLEM:
    g_clear_pointer (&self->problem, wording_message_free);
    self->problem = g_value_dup_boxed (value);
    g_object_notify_by_pspec (object, pspec);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_boards_panel_dispose (GObject *object)
{
  BootlaceBoardsPanel *self = BOOTLACE_BOARDS_PANEL (object);
  GtkWidget *child;

  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  self->list = NULL;
  if (self->bystander_list != NULL)
    gtk_list_box_bind_model (self->bystander_list, NULL, NULL, NULL, NULL);
  self->bystander_list = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  g_clear_object (&self->boards);
  g_clear_object (&self->bystanders);

  G_OBJECT_CLASS (bootlace_boards_panel_parent_class)->dispose (object);
}

static void
bootlace_boards_panel_finalize (GObject *object)
{
  g_clear_pointer (&BOOTLACE_BOARDS_PANEL (object)->problem, wording_message_free);

  G_OBJECT_CLASS (bootlace_boards_panel_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-boards-panel.ui");

  gtk_widget_class_bind_template_child (widget_class, BootlaceBoardsPanel, list);
  gtk_widget_class_bind_template_child (widget_class, BootlaceBoardsPanel, bystander_list);

  gtk_widget_class_bind_template_callback (widget_class, format_bystanders_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_count_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_details_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_remedy_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_summary_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_boards_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_bystanders_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_problem_cb);
  gtk_widget_class_bind_template_callback (widget_class, offers_selection_cb);
  gtk_widget_class_bind_template_callback (widget_class, wants_board_cb);
}

static void
bootlace_boards_panel_class_init (BootlaceBoardsPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bootlace_boards_panel_get_property;
  object_class->set_property = bootlace_boards_panel_set_property;
  object_class->dispose = bootlace_boards_panel_dispose;
  object_class->finalize = bootlace_boards_panel_finalize;

  properties[PROP_BOARDS] =
    g_param_spec_object ("boards", NULL, NULL, BOOTLACE_TYPE_BOARD_LIST, flags);
  properties[PROP_BYSTANDERS] =
    g_param_spec_object ("bystanders", NULL, NULL, SETUP_TYPE_BYSTANDER_LIST, flags);
  properties[PROP_PROBLEM] =
    g_param_spec_boxed ("problem", NULL, NULL, WORDING_TYPE_MESSAGE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BOOTLACE_TYPE_STEP);
  g_type_ensure (BOOTLACE_TYPE_WRAP_BOX);
  bind_template (widget_class);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bootlace_boards_panel_init (BootlaceBoardsPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
