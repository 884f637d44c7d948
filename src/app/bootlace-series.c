/* bootlace-series.c: flashes each board as soon as it is connected
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-series.h"

#include <glib/gi18n.h>

#include "bootlace-board-rules.h"
#include "bootlace-restarts.h"
#include "bootlace-series-text.h"
#include "bootlace-visits.h"

struct _BootlaceSeries {
  GObject parent_instance;

  UsbBus *bus; /* nullable: then no board ever comes */
  BootlaceBoardList *boards;
  BootlaceFirmware *firmware;
  BootlaceReload *reload;

  gboolean armed;
  char *text; /* nullable */

  /* While it is armed: */
  BootlaceVisits *visits;
  BootlaceRestarts *restarts;
  FirmwareImage *image; /* nullable: what was loaded at the last look */
  guint lineage;        /* of that */
  guint look_id;
};

enum {
  PROP_0,
  PROP_BUS,
  PROP_BOARDS,
  PROP_FILES,
  PROP_ARMED,
  PROP_TEXT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceSeries, bootlace_series, G_TYPE_OBJECT)

/* Takes the text. */
static void
take_text (BootlaceSeries *self, char *text)
{
  g_autofree char *old = self->text;

  self->text = text;
  if (g_strcmp0 (old, text) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TEXT]);
}

static guint
get_lineage (BootlaceSeries *self)
{
  guint lineage;

  g_object_get (self->firmware, "lineage", &lineage, NULL);

  return lineage;
}

static BootlaceVerdict
get_verdict (BootlaceSeries *self)
{
  return bootlace_clearance_get_verdict (bootlace_board_list_get_clearance (self->boards));
}

/* Whatever Flash would ask about, and whatever somebody should read first. */
static BootlaceSeriesPause
find_pause (BootlaceSeries *self)
{
  const BootlaceVerdict verdict = get_verdict (self);

  if (bootlace_firmware_get_problem (self->firmware) != NULL)
    return BOOTLACE_SERIES_PROBLEM;
  if (verdict == BOOTLACE_VERDICT_NOTHING)
    return BOOTLACE_SERIES_EMPTY;
  if (verdict == BOOTLACE_VERDICT_REFUSED)
    return BOOTLACE_SERIES_REFUSED;
  if (!bootlace_board_rules_names_device (self->image))
    return BOOTLACE_SERIES_NAMELESS;
  if (verdict == BOOTLACE_VERDICT_NEEDS_CONSENT)
    return BOOTLACE_SERIES_ASKS;
  if (bootlace_reload_is_offering (self->reload))
    return BOOTLACE_SERIES_OFFERS;

  return BOOTLACE_SERIES_RUNS;
}

/* This is over by itself, and soon. */
static gboolean
is_reading (BootlaceSeries *self)
{
  return bootlace_firmware_is_loading (self->firmware) ||
         bootlace_reload_is_unsettled (self->reload);
}

static const char *
get_port (BootlaceBoard *board)
{
  return dfu_device_get_port_path (bootlace_board_get_device (board));
}

/* What the person does to a board, or is asked about it, is the person's. */
static gboolean
is_in_hand (BootlaceBoard *board)
{
  return bootlace_board_is_active (board) ||
         bootlace_board_get_state (board) == BOOTLACE_BOARD_CHOOSING;
}

/* A board has one chance: it is flashed when it first could be, or left to the person. Returns
 * whether it is to be flashed. */
static gboolean
take_chance (BootlaceSeries *self, BootlaceBoard *board, gboolean runs)
{
  if (bootlace_visits_is_settled (self->visits, get_port (board)))
    return FALSE;
  if (!is_in_hand (board) && !bootlace_board_can_flash (board))
    return FALSE;

  bootlace_visits_settle (self->visits, get_port (board));

  return runs && !is_in_hand (board) && bootlace_board_is_selected (board) &&
         !bootlace_restarts_account_for (self->restarts, bootlace_board_get_device (board));
}

static void
flash_comers (BootlaceSeries *self, gboolean runs)
{
  g_autoptr (GPtrArray) comers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->boards)); i++) {
    g_autoptr (BootlaceBoard) board = g_list_model_get_item (G_LIST_MODEL (self->boards), i);

    if (take_chance (self, board, runs))
      g_ptr_array_add (comers, g_steal_pointer (&board));
  }

  if (comers->len > 0)
    bootlace_board_list_flash (self->boards, comers);
}

/* They wait for the person. */
static void
settle_all (BootlaceSeries *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->boards)); i++) {
    g_autoptr (BootlaceBoard) board = g_list_model_get_item (G_LIST_MODEL (self->boards), i);

    bootlace_visits_settle (self->visits, get_port (board));
  }
}

/* Also of what is no board, or not now. */
static GPtrArray *
list_ports (BootlaceSeries *self)
{
  GPtrArray *ports = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; self->bus != NULL && i < g_list_model_get_n_items (G_LIST_MODEL (self->bus));
       i++) {
    g_autoptr (UsbDevice) device = g_list_model_get_item (G_LIST_MODEL (self->bus), i);

    g_ptr_array_add (ports, g_strdup (usb_device_get_port_path (device)));
  }

  return ports;
}

static void
remember_firmware (BootlaceSeries *self)
{
  g_set_object (&self->image, bootlace_firmware_get_image (self->firmware));
  self->lineage = get_lineage (self);
}

static void
begin (BootlaceSeries *self)
{
  g_autoptr (GPtrArray) ports = list_ports (self);

  self->restarts = bootlace_restarts_new ();
  self->visits = bootlace_visits_new ();
  settle_all (self);
  for (guint i = 0; i < ports->len; i++)
    bootlace_visits_settle (self->visits, ports->pdata[i]);
  bootlace_visits_look (self->visits, ports, g_get_monotonic_time ());

  remember_firmware (self);
  self->armed = TRUE;
}

static void
end (BootlaceSeries *self)
{
  self->armed = FALSE;
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_pointer (&self->visits, bootlace_visits_free);
  g_clear_pointer (&self->restarts, bootlace_restarts_free);
  g_clear_object (&self->image);
}

static void
tell (BootlaceSeries *self)
{
  const char *title = bootlace_firmware_get_title (self->firmware);

  take_text (self, bootlace_series_text_describe (find_pause (self), title));
}

/* Ends by itself, and says why until somebody has read it. */
static void
give_up (BootlaceSeries *self, const char *reason)
{
  end (self);
  take_text (self, g_strdup (reason));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ARMED]);
}

/* Whoever loads the first firmware sees which boards are there. */
static gboolean
follow_firmware (BootlaceSeries *self)
{
  const gboolean is_first = self->image == NULL;

  if (self->image == bootlace_firmware_get_image (self->firmware))
    return TRUE;

  if (!is_first && self->lineage != get_lineage (self)) {
    give_up (self, _ ("Boards are no longer flashed by themselves, because other firmware was "
                      "loaded."));
    return FALSE;
  }
  if (!is_first && get_verdict (self) != BOOTLACE_VERDICT_CLEAR) {
    give_up (self, _ ("Boards are no longer flashed by themselves, because of what is said about "
                      "the new build."));
    return FALSE;
  }

  if (is_first)
    settle_all (self);
  remember_firmware (self);

  return TRUE;
}

static gboolean
look_cb (gpointer user_data)
{
  BootlaceSeries *self = user_data;

  self->look_id = 0;
  if (!follow_firmware (self))
    return G_SOURCE_REMOVE;

  tell (self);
  if (!is_reading (self))
    flash_comers (self, find_pause (self) == BOOTLACE_SERIES_RUNS);

  return G_SOURCE_REMOVE;
}

/* Only when all have heard of what has changed: a board, its job and the firmware change in
 * several steps. */
static void
look_soon (BootlaceSeries *self)
{
  if (self->armed && self->look_id == 0)
    self->look_id = g_idle_add_full (G_PRIORITY_DEFAULT, look_cb, self, NULL);
}

static void
bus_cb (BootlaceSeries *self)
{
  g_autoptr (GPtrArray) ports = NULL;

  if (!self->armed)
    return;

  ports = list_ports (self);
  bootlace_visits_look (self->visits, ports, g_get_monotonic_time ());
  look_soon (self);
}

/* A board that fails to come back from DETACH has left because it was told to. */
static void
job_over_cb (BootlaceSeries *self, BootlaceJob *job)
{
  const char *port = dfu_device_get_port_path (bootlace_job_get_device (job));

  if (!self->armed)
    return;

  if (bootlace_job_get_error (job) != NULL &&
      bootlace_job_get_progress (job).phase == DFU_PHASE_RETURNING)
    bootlace_visits_expect (self->visits, port);

  bootlace_restarts_note_end (self->restarts, job);
}

/**
 * bootlace_series_is_armed:
 * @self: a series
 *
 * Returns: whether boards that are connected are flashed
 */
gboolean
bootlace_series_is_armed (BootlaceSeries *self)
{
  g_return_val_if_fail (BOOTLACE_IS_SERIES (self), FALSE);

  return self->armed;
}

/**
 * bootlace_series_set_armed:
 * @self: a series
 * @armed: whether to flash the boards that are connected from now on
 *
 * What is being flashed goes on in any case.
 */
void
bootlace_series_set_armed (BootlaceSeries *self, gboolean armed)
{
  g_return_if_fail (BOOTLACE_IS_SERIES (self));

  if (self->armed == armed)
    return;

  if (armed) {
    begin (self);
    tell (self);
  } else {
    end (self);
    take_text (self, NULL);
  }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ARMED]);
}

/**
 * bootlace_series_get_text:
 * @self: a series
 *
 * Returns: (nullable): what to tell about it
 */
const char *
bootlace_series_get_text (BootlaceSeries *self)
{
  g_return_val_if_fail (BOOTLACE_IS_SERIES (self), NULL);

  return self->text;
}

/**
 * bootlace_series_dismiss:
 * @self: a series
 *
 * Stops telling why it has ended. That it is armed is told in any case.
 */
void
bootlace_series_dismiss (BootlaceSeries *self)
{
  g_return_if_fail (BOOTLACE_IS_SERIES (self));

  if (!self->armed)
    take_text (self, NULL);
}

static void
bootlace_series_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceSeries *self = BOOTLACE_SERIES (object);

  switch (id) {
  case PROP_ARMED:
    g_value_set_boolean (value, self->armed);
    break;
  case PROP_TEXT:
    g_value_set_string (value, self->text);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_series_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceSeries *self = BOOTLACE_SERIES (object);

  switch (id) {
  case PROP_BUS:
    self->bus = g_value_dup_object (value);
    break;
  case PROP_BOARDS:
    self->boards = g_value_dup_object (value);
    break;
  case PROP_FILES:
    self->firmware = g_object_ref (bootlace_files_get_firmware (g_value_get_object (value)));
    self->reload = g_object_ref (bootlace_files_get_reload (g_value_get_object (value)));
    break;
  case PROP_ARMED:
    bootlace_series_set_armed (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_series_constructed (GObject *object)
{
  BootlaceSeries *self = BOOTLACE_SERIES (object);
  const struct {
    gpointer object;
    const char *signal;
  } watched[] = {
    { self->boards, "changed" },           { self->firmware, "notify::image" },
    { self->firmware, "notify::loading" }, { self->firmware, "notify::problem" },
    { self->reload, "notify::offering" },  { self->reload, "notify::unsettled" },
  };

  G_OBJECT_CLASS (bootlace_series_parent_class)->constructed (object);

  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (watched[i].object, watched[i].signal, G_CALLBACK (look_soon), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (bootlace_board_list_get_jobs (self->boards), "job-over",
                           G_CALLBACK (job_over_cb), self, G_CONNECT_SWAPPED);
  if (self->bus != NULL)
    g_signal_connect_object (self->bus, "items-changed", G_CALLBACK (bus_cb), self,
                             G_CONNECT_SWAPPED);
}

static void
bootlace_series_dispose (GObject *object)
{
  BootlaceSeries *self = BOOTLACE_SERIES (object);

  end (self);
  g_clear_object (&self->reload);
  g_clear_object (&self->firmware);
  g_clear_object (&self->boards);
  g_clear_object (&self->bus);

  G_OBJECT_CLASS (bootlace_series_parent_class)->dispose (object);
}

static void
bootlace_series_finalize (GObject *object)
{
  BootlaceSeries *self = BOOTLACE_SERIES (object);

  g_free (self->text);

  G_OBJECT_CLASS (bootlace_series_parent_class)->finalize (object);
}

static void
bootlace_series_class_init (BootlaceSeriesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags given = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bootlace_series_get_property;
  object_class->set_property = bootlace_series_set_property;
  object_class->constructed = bootlace_series_constructed;
  object_class->dispose = bootlace_series_dispose;
  object_class->finalize = bootlace_series_finalize;

  properties[PROP_BUS] = g_param_spec_object ("bus", NULL, NULL, USB_TYPE_BUS, given);
  properties[PROP_BOARDS] =
    g_param_spec_object ("boards", NULL, NULL, BOOTLACE_TYPE_BOARD_LIST, given);
  properties[PROP_FILES] = g_param_spec_object ("files", NULL, NULL, BOOTLACE_TYPE_FILES, given);
  properties[PROP_ARMED] =
    g_param_spec_boolean ("armed", NULL, NULL, FALSE, G_PARAM_WRITABLE | shown);
  properties[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, NULL, shown);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bootlace_series_init (BootlaceSeries *self)
{
}

/**
 * bootlace_series_new:
 * @bus: (nullable): where boards are connected
 * @boards: these boards
 * @files: where the firmware comes from
 *
 * Returns: (transfer full): a series that is not armed
 */
BootlaceSeries *
bootlace_series_new (UsbBus *bus, BootlaceBoardList *boards, BootlaceFiles *files)
{
  return g_object_new (BOOTLACE_TYPE_SERIES, "bus", bus, "boards", boards, "files", files, NULL);
}
