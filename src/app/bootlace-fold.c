/* bootlace-fold.c: a line that opens to show more
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-fold.h"

struct _BootlaceFold {
  GtkWidget parent_instance;

  GtkWidget *header;  /* nullable */
  GtkWidget *content; /* nullable */
  char *label;        /* nullable */
  gboolean can_open;
  gboolean open;

  GtkWidget *button;
  GtkBox *slot;
  GtkRevealer *revealer;
};

enum {
  PROP_0,
  PROP_HEADER,
  PROP_CONTENT,
  PROP_LABEL,
  PROP_CAN_OPEN,
  PROP_OPEN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceFold, bootlace_fold, GTK_TYPE_WIDGET)

static char *
choose_arrow_cb (BootlaceFold *self, gboolean open)
{
  return g_strdup (open ? "pan-up-symbolic" : "pan-down-symbolic");
}

/* Where there is no arrow, its room stays, so that what is left of it stands in one column. */
static double
choose_opacity_cb (BootlaceFold *self, gboolean can_open)
{
  return can_open ? 1.0 : 0.0;
}

/* What is folded away need not be measured, nor be found by a screen reader. */
static void
show_content (BootlaceFold *self)
{
  if (self->content != NULL)
    gtk_widget_set_visible (self->content,
                            self->open || gtk_revealer_get_child_revealed (self->revealer));
}

static void
clicked_cb (BootlaceFold *self)
{
  bootlace_fold_set_open (self, !self->open);
}

/* Where there is nothing to open, a screen reader must not say "collapsed". */
static void
describe_state (BootlaceFold *self)
{
  if (self->can_open)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED,
                                 self->open, -1);
  else
    gtk_accessible_reset_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_EXPANDED);
}

/* What is folded away cannot have the focus. */
static void
save_focus (BootlaceFold *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && self->content != NULL && gtk_widget_is_ancestor (focus, self->content))
    gtk_widget_grab_focus (self->button);
}

static void
set_header (BootlaceFold *self, GtkWidget *header)
{
  self->header = header;
  if (header == NULL)
    return;

  gtk_widget_set_hexpand (header, TRUE);
  gtk_box_prepend (self->slot, header);
}

static void
set_label (BootlaceFold *self, const char *label)
{
  g_free (self->label);
  self->label = g_strdup (label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label != NULL ? label : "", -1);
}

static void
set_can_open (BootlaceFold *self, gboolean can_open)
{
  if (self->can_open == can_open)
    return;

  self->can_open = can_open;
  if (!can_open)
    bootlace_fold_set_open (self, FALSE);
  describe_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_OPEN]);
}

/**
 * bootlace_fold_is_open:
 * @self: a fold
 *
 * Returns: whether its content is shown
 */
gboolean
bootlace_fold_is_open (BootlaceFold *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FOLD (self), FALSE);

  return self->open;
}

/**
 * bootlace_fold_set_open:
 * @self: a fold
 * @open: whether to show its content
 *
 * Opens or closes it; one that cannot be opened stays closed.
 */
void
bootlace_fold_set_open (BootlaceFold *self, gboolean open)
{
  g_return_if_fail (BOOTLACE_IS_FOLD (self));

  open = open && self->can_open;
  if (self->open == open)
    return;

  self->open = open;
  if (!open)
    save_focus (self);
  show_content (self);
  describe_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OPEN]);
}

/**
 * bootlace_fold_focus_header:
 * @self: a fold
 *
 * Moves the keyboard's focus to its button.
 *
 * Returns: whether that was possible
 */
gboolean
bootlace_fold_focus_header (BootlaceFold *self)
{
  g_return_val_if_fail (BOOTLACE_IS_FOLD (self), FALSE);

  return gtk_widget_grab_focus (self->button);
}

static void
bootlace_fold_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceFold *self = BOOTLACE_FOLD (object);

  switch (id) {
  case PROP_HEADER:
    g_value_set_object (value, self->header);
    break;
  case PROP_CONTENT:
    g_value_set_object (value, self->content);
    break;
  case PROP_LABEL:
    g_value_set_string (value, self->label);
    break;
  case PROP_CAN_OPEN:
    g_value_set_boolean (value, self->can_open);
    break;
  case PROP_OPEN:
    g_value_set_boolean (value, self->open);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_fold_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceFold *self = BOOTLACE_FOLD (object);

  switch (id) {
  case PROP_HEADER:
    set_header (self, g_value_get_object (value));
    break;
  case PROP_CONTENT:
    self->content = g_value_get_object (value);
    show_content (self);
    break;
  case PROP_LABEL:
    set_label (self, g_value_get_string (value));
    break;
  case PROP_CAN_OPEN:
    set_can_open (self, g_value_get_boolean (value));
    break;
  case PROP_OPEN:
    bootlace_fold_set_open (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_fold_dispose (GObject *object)
{
  BootlaceFold *self = BOOTLACE_FOLD (object);
  GtkWidget *child;

  self->header = NULL;
  self->content = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (bootlace_fold_parent_class)->dispose (object);
}

static void
bootlace_fold_finalize (GObject *object)
{
  g_free (BOOTLACE_FOLD (object)->label);

  G_OBJECT_CLASS (bootlace_fold_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags given = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  properties[PROP_HEADER] = g_param_spec_object ("header", NULL, NULL, GTK_TYPE_WIDGET, given);
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, given);
  properties[PROP_LABEL] = g_param_spec_string ("label", NULL, NULL, NULL, flags);
  properties[PROP_CAN_OPEN] = g_param_spec_boolean ("can-open", NULL, NULL, TRUE, flags);
  properties[PROP_OPEN] = g_param_spec_boolean ("open", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bootlace_fold_class_init (BootlaceFoldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_fold_get_property;
  object_class->set_property = bootlace_fold_set_property;
  object_class->dispose = bootlace_fold_dispose;
  object_class->finalize = bootlace_fold_finalize;

  install_properties (object_class);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-fold.ui");
  gtk_widget_class_bind_template_child (widget_class, BootlaceFold, button);
  gtk_widget_class_bind_template_child (widget_class, BootlaceFold, slot);
  gtk_widget_class_bind_template_child (widget_class, BootlaceFold, revealer);
  gtk_widget_class_bind_template_callback (widget_class, choose_arrow_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_opacity_cb);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_content);
  gtk_widget_class_set_css_name (widget_class, "fold");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bootlace_fold_init (BootlaceFold *self)
{
  self->can_open = TRUE;

  gtk_widget_init_template (GTK_WIDGET (self));
  describe_state (self);
}
