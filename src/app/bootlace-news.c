/* bootlace-news.c: what is told about the files of the loaded firmware
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-news.h"

#include <glib/gi18n.h>

#include "wording-format.h"

#define YOUNG 60      /* seconds; below, an age is refreshed every STEP */
#define STEP 5        /* seconds */
#define OLD (60 * 60) /* seconds after which something is no news */

struct _BootlaceNews {
  GObject parent_instance;

  BootlaceNewsKind kind;
  char *title;
  char *chip;  /* nullable */
  gint64 time; /* in microseconds since 1970 */

  char *text; /* nullable */
  guint age_id;
};

enum {
  PROP_0,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  SIGNAL_TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BootlaceNews, bootlace_news, G_TYPE_OBJECT)

static char *
describe_offer (const char *title, const char *chip)
{
  if (chip == NULL)
    /* Translators: the name of a firmware */
    return g_strdup_printf (_ ("The file holds firmware for another board now: %s."), title);

  /* Translators: the name of a firmware, and that of a chip */
  return g_strdup_printf (_ ("The file holds firmware for another board now: %s for %s."), title,
                          chip);
}

static char *
describe (BootlaceNews *self, gint64 age)
{
  g_autofree char *ago = wording_format_ago (age);

  switch (self->kind) {
  case BOOTLACE_NEWS_NONE:
    break;
  case BOOTLACE_NEWS_CHANGING:
    /* Translators: the name of a firmware */
    return g_strdup_printf (_ ("The files of %s are changing. What was loaded stays until they are "
                               "complete."),
                            self->title);
  case BOOTLACE_NEWS_GONE:
    /* Translators: the name of a firmware */
    return g_strdup_printf (_ ("The file of %s is not there any more. What was loaded stays."),
                            self->title);
  case BOOTLACE_NEWS_WAITING:
    /* Translators: the name of a firmware, and "5 s ago" */
    return g_strdup_printf (_ ("%s was rebuilt %s. It will be loaded when the boards are done."),
                            self->title, ago);
  case BOOTLACE_NEWS_OFFERING:
    return describe_offer (self->title, self->chip);
  case BOOTLACE_NEWS_LOADED:
    /* Translators: the name of a firmware, and "5 s ago" */
    return g_strdup_printf (_ ("%s was rebuilt %s and is loaded now."), self->title, ago);
  case BOOTLACE_NEWS_LOADED_LATE:
    /* Translators: the name of a firmware, and "5 s ago" */
    return g_strdup_printf (_ ("%s was rebuilt %s and is loaded now. The boards that are done got "
                               "what was there before."),
                            self->title, ago);
  }

  return NULL;
}

static gint64
get_age (BootlaceNews *self)
{
  return MAX (0, g_get_real_time () - self->time) / G_USEC_PER_SEC;
}

static void
refresh_text (BootlaceNews *self)
{
  g_autofree char *text = describe (self, get_age (self));

  if (g_strcmp0 (text, self->text) == 0)
    return;

  g_free (self->text);
  self->text = g_steal_pointer (&text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static gboolean
has_age (BootlaceNews *self)
{
  return self->kind == BOOTLACE_NEWS_WAITING || self->kind == BOOTLACE_NEWS_LOADED ||
         self->kind == BOOTLACE_NEWS_LOADED_LATE;
}

static gboolean
age_cb (gpointer user_data)
{
  BootlaceNews *self = user_data;
  gint64 age = get_age (self);
  guint wait = (guint) (age < YOUNG ? STEP - age % STEP : 60 - age % 60);

  self->age_id = 0;
  if (has_age (self) && age >= OLD && self->kind != BOOTLACE_NEWS_WAITING)
    self->kind = BOOTLACE_NEWS_NONE;
  refresh_text (self);

  if (has_age (self))
    self->age_id = g_timeout_add_seconds (wait, age_cb, self);

  return G_SOURCE_REMOVE;
}

/**
 * bootlace_news_tell:
 * @self: some news
 * @kind: what is so
 * @title: (nullable): the name of the firmware that it is about
 * @chip: (nullable): what that is for
 * @time: when it was built, in microseconds since 1970
 *
 * Tells something else from now on.
 */
void
bootlace_news_tell (BootlaceNews *self,
                    BootlaceNewsKind kind,
                    const char *title,
                    const char *chip,
                    gint64 time)
{
  gboolean is_new;

  g_return_if_fail (BOOTLACE_IS_NEWS (self));
  g_return_if_fail (title != NULL || kind == BOOTLACE_NEWS_NONE);

  is_new = kind != self->kind || (has_age (self) && time != self->time);
  self->kind = kind;
  self->time = time;
  g_free (self->title);
  self->title = g_strdup (title);
  g_free (self->chip);
  self->chip = g_strdup (chip);

  g_clear_handle_id (&self->age_id, g_source_remove);
  age_cb (self);
  if (is_new && self->text != NULL)
    g_signal_emit (self, signals[SIGNAL_TOLD], 0);
}

/**
 * bootlace_news_get_kind:
 * @self: some news
 *
 * Returns: what is so
 */
BootlaceNewsKind
bootlace_news_get_kind (BootlaceNews *self)
{
  g_return_val_if_fail (BOOTLACE_IS_NEWS (self), BOOTLACE_NEWS_NONE);

  return self->kind;
}

/**
 * bootlace_news_get_text:
 * @self: some news
 *
 * Returns: (nullable): what to say
 */
const char *
bootlace_news_get_text (BootlaceNews *self)
{
  g_return_val_if_fail (BOOTLACE_IS_NEWS (self), NULL);

  return self->text;
}

static void
bootlace_news_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_TEXT:
    g_value_set_string (value, BOOTLACE_NEWS (object)->text);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_news_finalize (GObject *object)
{
  BootlaceNews *self = BOOTLACE_NEWS (object);

  g_clear_handle_id (&self->age_id, g_source_remove);
  g_free (self->title);
  g_free (self->chip);
  g_free (self->text);

  G_OBJECT_CLASS (bootlace_news_parent_class)->finalize (object);
}

static void
bootlace_news_class_init (BootlaceNewsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = bootlace_news_get_property;
  object_class->finalize = bootlace_news_finalize;

  properties[PROP_TEXT] =
    g_param_spec_string ("text", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_TOLD] = g_signal_new ("told", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bootlace_news_init (BootlaceNews *self)
{
}

/**
 * bootlace_news_new:
 *
 * Returns: (transfer full): no news
 */
BootlaceNews *
bootlace_news_new (void)
{
  return g_object_new (BOOTLACE_TYPE_NEWS, NULL);
}
