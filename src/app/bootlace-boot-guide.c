/* bootlace-boot-guide.c: how a board gets into its bootloader, step by step
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-boot-guide.h"

#include <glib/gi18n.h>

#include "bootlace-announce.h"
#include "bootlace-sign.h"
#include "bootlace-step.h"

struct _BootlaceBootGuide {
  GtkWidget parent_instance;

  BootlaceBootWatch *watch; /* nullable */
  GSignalGroup *watch_signals;
};

enum {
  PROP_0,
  PROP_WATCH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceBootGuide, bootlace_boot_guide, GTK_TYPE_WIDGET)

static const char *
get_text (BootlaceBootStage stage)
{
  switch (stage) {
  case BOOTLACE_BOOT_STAGE_LEFT:
    return _ ("RESET was noticed. Now let go of BOOT.");
  case BOOTLACE_BOOT_STAGE_RETURNED:
    return _ ("Something was connected, but no bootloader. Hold BOOT before you tap RESET, and let "
              "go of it last.");
  case BOOTLACE_BOOT_STAGE_DONE:
    return _ ("It worked: the board is in its bootloader.");
  case BOOTLACE_BOOT_STAGE_BEGIN:
    break;
  }

  return _ ("Waiting for you. The steps go green as they are noticed.");
}

static char *
format_text_cb (BootlaceBootGuide *self, BootlaceBootStage stage)
{
  return g_strdup (get_text (stage));
}

static char *
choose_icon_cb (BootlaceBootGuide *self, BootlaceBootStage stage)
{
  switch (stage) {
  case BOOTLACE_BOOT_STAGE_DONE:
    return g_strdup ("bootlace-done-symbolic");
  case BOOTLACE_BOOT_STAGE_RETURNED:
    return g_strdup ("bootlace-warning-symbolic");
  case BOOTLACE_BOOT_STAGE_BEGIN:
  case BOOTLACE_BOOT_STAGE_LEFT:
    break;
  }

  return g_strdup ("bootlace-waiting-symbolic");
}

static char **
choose_classes_cb (BootlaceBootGuide *self, BootlaceBootStage stage)
{
  static const char *const styles[] = {
    [BOOTLACE_BOOT_STAGE_BEGIN] = "neutral",
    [BOOTLACE_BOOT_STAGE_LEFT] = "neutral",
    [BOOTLACE_BOOT_STAGE_RETURNED] = "warn",
    [BOOTLACE_BOOT_STAGE_DONE] = "good",
  };
  const char *classes[] = { "notice", styles[stage], NULL };

  return g_strdupv ((char **) classes);
}

static gboolean
has_pressed_cb (BootlaceBootGuide *self, BootlaceBootStage stage)
{
  return stage == BOOTLACE_BOOT_STAGE_LEFT || stage == BOOTLACE_BOOT_STAGE_DONE;
}

static gboolean
is_done_cb (BootlaceBootGuide *self, BootlaceBootStage stage)
{
  return stage == BOOTLACE_BOOT_STAGE_DONE;
}

/* Whoever has the steps open has the hands at the board. */
static void
stage_cb (BootlaceBootGuide *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    bootlace_announce (GTK_WIDGET (self), get_text (bootlace_boot_watch_get_stage (self->watch)));
}

/**
 * bootlace_boot_guide_set_watch:
 * @self: a guide
 * @watch: (nullable): what notices how far somebody has come
 *
 * Lets the drawings follow @watch.
 */
void
bootlace_boot_guide_set_watch (BootlaceBootGuide *self, BootlaceBootWatch *watch)
{
  g_return_if_fail (BOOTLACE_IS_BOOT_GUIDE (self));
  g_return_if_fail (watch == NULL || BOOTLACE_IS_BOOT_WATCH (watch));

  if (!g_set_object (&self->watch, watch))
    return;

  g_signal_group_set_target (self->watch_signals, watch);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WATCH]);
}

static void
bootlace_boot_guide_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_WATCH:
    g_value_set_object (value, BOOTLACE_BOOT_GUIDE (object)->watch);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_boot_guide_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_WATCH:
    bootlace_boot_guide_set_watch (BOOTLACE_BOOT_GUIDE (object), g_value_get_object (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_boot_guide_dispose (GObject *object)
{
  BootlaceBootGuide *self = BOOTLACE_BOOT_GUIDE (object);
  GtkWidget *child;

  g_clear_object (&self->watch_signals);
  g_clear_object (&self->watch);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (bootlace_boot_guide_parent_class)->dispose (object);
}

static void
bootlace_boot_guide_class_init (BootlaceBootGuideClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = bootlace_boot_guide_get_property;
  object_class->set_property = bootlace_boot_guide_set_property;
  object_class->dispose = bootlace_boot_guide_dispose;

  properties[PROP_WATCH] =
    g_param_spec_object ("watch", NULL, NULL, BOOTLACE_TYPE_BOOT_WATCH,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (BOOTLACE_TYPE_SIGN);
  g_type_ensure (BOOTLACE_TYPE_STEP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/dev/bootlace/Bootlace/bootlace-boot-guide.ui");
  gtk_widget_class_bind_template_callback (widget_class, choose_classes_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_icon_cb);
  gtk_widget_class_bind_template_callback (widget_class, format_text_cb);
  gtk_widget_class_bind_template_callback (widget_class, has_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, is_done_cb);
  gtk_widget_class_set_css_name (widget_class, "bootguide");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bootlace_boot_guide_init (BootlaceBootGuide *self)
{
  self->watch_signals = g_signal_group_new (BOOTLACE_TYPE_BOOT_WATCH);
  g_signal_group_connect_swapped (self->watch_signals, "notify::stage", G_CALLBACK (stage_cb),
                                  self);

  gtk_widget_init_template (GTK_WIDGET (self));
}
