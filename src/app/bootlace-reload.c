/* bootlace-reload.c: follows the loaded firmware when its files are built anew
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-reload.h"

#include "bootlace-file-watch.h"
#include "bootlace-patience.h"
#include "bootlace-reading.h"
#include "firmware-error.h"
#include "firmware-file.h"

struct _BootlaceReload {
  GObject parent_instance;

  BootlaceFirmware *firmware;
  BootlaceFileWatch *watch;
  gboolean busy;
  gboolean overtaken; /* boards are done, and the files may have changed before that */

  BootlaceNews *news;
  gint64 built;               /* what the news are about, in microseconds since 1970 */
  BootlaceReading *candidate; /* nullable: what waits or is offered */
  GCancellable *reading;      /* nullable: of the reading that is under way */

  BootlacePatience *patience;
  BootlaceNewsKind failure;  /* what to tell when the files are still not good after a while */
  BootlaceNewsKind adopting; /* what will be told of what is loaded at this moment; else none */
};

enum {
  PROP_0,
  PROP_FIRMWARE,
  PROP_BUSY,
  PROP_NEWS,
  PROP_OFFERING,
  PROP_UNSETTLED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceReload, bootlace_reload, G_TYPE_OBJECT)

static gboolean
tells (BootlaceReload *self, BootlaceNewsKind kind)
{
  return bootlace_news_get_kind (self->news) == kind;
}

/* About the candidate if there is one, else about what is loaded. */
static void
tell (BootlaceReload *self, BootlaceNewsKind kind)
{
  const BootlaceReading *reading =
    self->candidate != NULL ? self->candidate : bootlace_firmware_get_reading (self->firmware);
  const char *title = firmware_image_get_title (reading->image);

  if (title == NULL)
    title = bootlace_firmware_get_title (self->firmware);

  bootlace_news_tell (self->news, kind, title, firmware_image_get_chip (reading->image),
                      self->built);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OFFERING]);
}

static void
notify_unsettled (BootlaceReload *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNSETTLED]);
}

static void
stop_waiting (BootlaceReload *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  bootlace_patience_tell_nothing (self->patience);
  bootlace_patience_trust (self->patience);
  g_clear_pointer (&self->candidate, bootlace_reading_free);
  notify_unsettled (self);
}

/* The file's own time, unless it is a copy that brought along an old one. */
static gint64
find_build_time (BootlaceReload *self, const BootlaceReading *reading)
{
  const BootlaceReading *before = bootlace_firmware_get_reading (self->firmware);
  gint64 now = g_get_real_time ();

  return reading->modified > before->modified && reading->modified < now ? reading->modified : now;
}

/* The files hold what is loaded, so there is nothing to tell but that. */
static void
rest (BootlaceReload *self)
{
  stop_waiting (self);
  bootlace_firmware_forgive (self->firmware);
  if (!tells (self, BOOTLACE_NEWS_LOADED) && !tells (self, BOOTLACE_NEWS_LOADED_LATE))
    tell (self, BOOTLACE_NEWS_NONE);
}

static void
watch_inputs (BootlaceReload *self)
{
  const BootlaceReading *reading = bootlace_firmware_get_reading (self->firmware);

  bootlace_file_watch_set_files (self->watch, reading->inputs, reading->fingerprint);
}

static void
adopt (BootlaceReload *self, BootlaceNewsKind kind)
{
  BootlaceReading *reading = g_steal_pointer (&self->candidate);

  stop_waiting (self);
  self->adopting = kind;
  bootlace_firmware_adopt (self->firmware, reading);
  self->adopting = BOOTLACE_NEWS_NONE;
  watch_inputs (self);
  tell (self, kind);
}

/* What was wrong with files says nothing any more when they are gone. */
static void
tell_failure (BootlaceReload *self)
{
  if (self->failure == BOOTLACE_NEWS_GONE)
    bootlace_firmware_forgive (self->firmware);
  tell (self, self->failure);
}

/* Not at once, unless the like is told already. */
static void
tell_later (BootlaceReload *self, BootlaceNewsKind failure)
{
  self->failure = failure;
  if (tells (self, BOOTLACE_NEWS_CHANGING) || tells (self, BOOTLACE_NEWS_GONE))
    tell_failure (self);
  else
    bootlace_patience_wait (self->patience);
}

/* The same bytes once more. */
static void
ignore_candidate (BootlaceReload *self)
{
  bootlace_file_watch_set_files (self->watch, self->candidate->inputs,
                                 self->candidate->fingerprint);
  rest (self);
}

static void
consider (BootlaceReload *self)
{
  const BootlaceReading *before = bootlace_firmware_get_reading (self->firmware);

  bootlace_patience_tell_nothing (self->patience);
  self->built = find_build_time (self, self->candidate);
  bootlace_firmware_forgive (self->firmware);

  if (bootlace_reading_is_same (before, self->candidate))
    ignore_candidate (self);
  else if (!bootlace_reading_is_for_same_board (before, self->candidate))
    tell (self, BOOTLACE_NEWS_OFFERING);
  else if (self->busy)
    tell (self, BOOTLACE_NEWS_WAITING);
  else
    adopt (self, self->overtaken ? BOOTLACE_NEWS_LOADED_LATE : BOOTLACE_NEWS_LOADED);
}

/* What is loaded may look cut, too: then it is just as its maker wants it. */
static gboolean
is_cut (BootlaceReload *self, const BootlaceReading *reading)
{
  return bootlace_reading_is_damaged (reading) &&
         !bootlace_reading_is_damaged (bootlace_firmware_get_reading (self->firmware));
}

/* What is sure to be bad is refused as if somebody had opened it. Where nothing tells of changes,
 * looking and reading once more do. */
static void
doubt (BootlaceReload *self, const GError *fault, const BootlaceRawOffer *raw_offer)
{
  const gboolean is_sure = bootlace_patience_doubt (self->patience);

  bootlace_file_watch_look (self->watch);
  if (!is_sure)
    return;

  tell (self, BOOTLACE_NEWS_NONE);
  bootlace_firmware_refuse (self->firmware, fault, raw_offer);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BootlaceReload) self = user_data;
  g_autoptr (GError) error = NULL;
  BootlaceRawOffer raw_offer = { 0 };
  g_autoptr (BootlaceReading) reading = bootlace_reading_new_finish (result, &raw_offer, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->reading);
  notify_unsettled (self);
  if (reading == NULL && firmware_file_is_missing (error)) {
    bootlace_patience_trust (self->patience);
    tell_later (self, BOOTLACE_NEWS_GONE);
    return;
  }

  if (reading == NULL || is_cut (self, reading)) {
    if (error == NULL)
      g_set_error_literal (&error, FIRMWARE_ERROR, FIRMWARE_ERROR_TRUNCATED,
                           "A part of the firmware is cut, or its checksum is wrong");
    doubt (self, error, &raw_offer);
    return;
  }

  bootlace_patience_trust (self->patience);
  if (!reading->steady) {
    tell_later (self, BOOTLACE_NEWS_CHANGING);
    bootlace_file_watch_look (self->watch);
    return;
  }

  self->candidate = g_steal_pointer (&reading);
  consider (self);
}

static void
start_reading (BootlaceReload *self)
{
  self->reading = g_cancellable_new ();
  bootlace_reading_new_async (bootlace_firmware_get_source (self->firmware), self->reading, read_cb,
                              g_object_ref (self));
}

static void
stirred_cb (BootlaceReload *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  bootlace_patience_trust (self->patience);
  tell_later (self, BOOTLACE_NEWS_CHANGING);
  notify_unsettled (self);
}

static void
settled_cb (BootlaceReload *self)
{
  g_clear_pointer (&self->candidate, bootlace_reading_free);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OFFERING]);
  start_reading (self);
}

static void
calmed_cb (BootlaceReload *self)
{
  self->overtaken = FALSE;
  rest (self);
}

static void
unmoved_cb (BootlaceReload *self)
{
  self->overtaken = FALSE;
}

static void
image_cb (BootlaceReload *self)
{
  if (self->adopting != BOOTLACE_NEWS_NONE)
    return;

  self->overtaken = FALSE;
  stop_waiting (self);
  watch_inputs (self);
  tell (self, BOOTLACE_NEWS_NONE);
}

/* The boards are done. A build that is still being written has no candidate yet, and of one that
 * came just now nothing may have told: a look does. */
static void
catch_up (BootlaceReload *self)
{
  if (self->candidate != NULL && tells (self, BOOTLACE_NEWS_WAITING))
    adopt (self, BOOTLACE_NEWS_LOADED_LATE);

  self->overtaken = TRUE;
  bootlace_file_watch_look (self->watch);
}

static void
set_busy (BootlaceReload *self, gboolean busy)
{
  if (self->busy == busy)
    return;

  self->busy = busy;
  self->overtaken = FALSE;
  if (!busy)
    catch_up (self);
}

/**
 * bootlace_reload_is_late:
 * @self: a reload
 *
 * Returns: whether it loads, at this moment, what it held back until the boards were done
 */
gboolean
bootlace_reload_is_late (BootlaceReload *self)
{
  g_return_val_if_fail (BOOTLACE_IS_RELOAD (self), FALSE);

  return self->adopting == BOOTLACE_NEWS_LOADED_LATE;
}

/**
 * bootlace_reload_get_news:
 * @self: a reload
 *
 * Returns: what there is to tell about the files
 */
BootlaceNews *
bootlace_reload_get_news (BootlaceReload *self)
{
  g_return_val_if_fail (BOOTLACE_IS_RELOAD (self), NULL);

  return self->news;
}

/**
 * bootlace_reload_is_offering:
 * @self: a reload
 *
 * Returns: whether bootlace_reload_accept() would load something
 */
gboolean
bootlace_reload_is_offering (BootlaceReload *self)
{
  g_return_val_if_fail (BOOTLACE_IS_RELOAD (self), FALSE);

  return self->candidate != NULL && tells (self, BOOTLACE_NEWS_OFFERING);
}

/**
 * bootlace_reload_is_unsettled:
 * @self: a reload
 *
 * Returns: whether something is being written or read that may be loaded in a moment
 */
gboolean
bootlace_reload_is_unsettled (BootlaceReload *self)
{
  g_return_val_if_fail (BOOTLACE_IS_RELOAD (self), FALSE);

  return bootlace_file_watch_is_stirring (self->watch) || self->reading != NULL ||
         (self->candidate != NULL && tells (self, BOOTLACE_NEWS_WAITING));
}

/**
 * bootlace_reload_look:
 * @self: a reload
 *
 * Looks at the files, as when somebody comes back from another window.
 */
void
bootlace_reload_look (BootlaceReload *self)
{
  g_return_if_fail (BOOTLACE_IS_RELOAD (self));

  bootlace_file_watch_look (self->watch);
}

/**
 * bootlace_reload_accept:
 * @self: a reload
 *
 * Loads what is offered.
 */
void
bootlace_reload_accept (BootlaceReload *self)
{
  g_return_if_fail (BOOTLACE_IS_RELOAD (self));

  if (bootlace_reload_is_offering (self))
    adopt (self, BOOTLACE_NEWS_LOADED);
}

/**
 * bootlace_reload_dismiss:
 * @self: a reload
 *
 * Stops telling. What waits for the boards goes on waiting.
 */
void
bootlace_reload_dismiss (BootlaceReload *self)
{
  g_return_if_fail (BOOTLACE_IS_RELOAD (self));

  if (bootlace_firmware_get_reading (self->firmware) != NULL &&
      !tells (self, BOOTLACE_NEWS_WAITING))
    tell (self, BOOTLACE_NEWS_NONE);
}

static void
bootlace_reload_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceReload *self = BOOTLACE_RELOAD (object);

  switch (id) {
  case PROP_NEWS:
    g_value_set_object (value, self->news);
    break;
  case PROP_OFFERING:
    g_value_set_boolean (value, bootlace_reload_is_offering (self));
    break;
  case PROP_UNSETTLED:
    g_value_set_boolean (value, bootlace_reload_is_unsettled (self));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_reload_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceReload *self = BOOTLACE_RELOAD (object);

  switch (id) {
  case PROP_FIRMWARE:
    self->firmware = g_value_dup_object (value);
    break;
  case PROP_BUSY:
    set_busy (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_reload_constructed (GObject *object)
{
  BootlaceReload *self = BOOTLACE_RELOAD (object);

  G_OBJECT_CLASS (bootlace_reload_parent_class)->constructed (object);

  g_signal_connect_object (self->firmware, "notify::image", G_CALLBACK (image_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
bootlace_reload_dispose (GObject *object)
{
  BootlaceReload *self = BOOTLACE_RELOAD (object);

  if (self->patience != NULL)
    stop_waiting (self);
  g_clear_object (&self->patience);
  g_clear_object (&self->watch);
  g_clear_object (&self->news);
  g_clear_object (&self->firmware);

  G_OBJECT_CLASS (bootlace_reload_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_FIRMWARE] =
    g_param_spec_object ("firmware", NULL, NULL, BOOTLACE_TYPE_FIRMWARE,
                         G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_BUSY] =
    g_param_spec_boolean ("busy", NULL, NULL, FALSE, G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NEWS] = g_param_spec_object ("news", NULL, NULL, BOOTLACE_TYPE_NEWS, shown);
  properties[PROP_OFFERING] = g_param_spec_boolean ("offering", NULL, NULL, FALSE, shown);
  properties[PROP_UNSETTLED] = g_param_spec_boolean ("unsettled", NULL, NULL, FALSE, shown);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bootlace_reload_class_init (BootlaceReloadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = bootlace_reload_get_property;
  object_class->set_property = bootlace_reload_set_property;
  object_class->constructed = bootlace_reload_constructed;
  object_class->dispose = bootlace_reload_dispose;

  install_properties (object_class);
}

static void
bootlace_reload_init (BootlaceReload *self)
{
  self->news = bootlace_news_new ();
  self->patience = bootlace_patience_new ();
  self->watch = bootlace_file_watch_new ();
  g_signal_connect_object (self->patience, "late", G_CALLBACK (tell_failure), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->patience, "due", G_CALLBACK (start_reading), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "stirred", G_CALLBACK (stirred_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "settled", G_CALLBACK (settled_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "calmed", G_CALLBACK (calmed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "unmoved", G_CALLBACK (unmoved_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * bootlace_reload_new:
 * @firmware: the firmware to follow
 *
 * Returns: (transfer full): a follower
 */
BootlaceReload *
bootlace_reload_new (BootlaceFirmware *firmware)
{
  return g_object_new (BOOTLACE_TYPE_RELOAD, "firmware", firmware, NULL);
}
