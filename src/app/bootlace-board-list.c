/* bootlace-board-list.c: the boards that the window shows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-board-list.h"

struct _BootlaceBoardList {
  GObject parent_instance;

  GListModel *devices; /* of DfuDevice */
  BootlaceJobList *jobs;
  FirmwareImage *image; /* nullable */
  guint lineage;
  BootlaceClearance *clearance;
  GPtrArray *boards; /* element-type BootlaceBoard */
  guint n_present;
  guint n_suitable;
  gboolean wants_board;
};

enum {
  PROP_0,
  PROP_DEVICES,
  PROP_JOBS,
  PROP_LINEAGE,
  PROP_CLEARANCE,
  PROP_N_BOARDS,
  PROP_N_PRESENT,
  PROP_N_SUITABLE,
  PROP_WANTS_BOARD,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum {
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GType
bootlace_board_list_get_item_type (GListModel *model)
{
  return BOOTLACE_TYPE_BOARD;
}

static guint
bootlace_board_list_get_n_items (GListModel *model)
{
  return BOOTLACE_BOARD_LIST (model)->boards->len;
}

static gpointer
bootlace_board_list_get_item (GListModel *model, guint position)
{
  BootlaceBoardList *self = BOOTLACE_BOARD_LIST (model);

  return position < self->boards->len ? g_object_ref (self->boards->pdata[position]) : NULL;
}

static void
implement_list_model (GListModelInterface *iface)
{
  iface->get_item_type = bootlace_board_list_get_item_type;
  iface->get_n_items = bootlace_board_list_get_n_items;
  iface->get_item = bootlace_board_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BootlaceBoardList,
                               bootlace_board_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, implement_list_model))

static void
set_count (BootlaceBoardList *self, guint *count, guint value, guint property)
{
  if (*count == value)
    return;

  *count = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_wants_board (BootlaceBoardList *self, gboolean wants_board)
{
  if (self->wants_board == wants_board)
    return;

  self->wants_board = wants_board;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WANTS_BOARD]);
}

static void
emit_changed (BootlaceBoardList *self)
{
  BootlaceBoardCounts counts;

  bootlace_board_list_count (self, &counts);
  bootlace_clearance_set_written_beside (self->clearance,
                                         bootlace_board_counts_are_written_beside (&counts));
  set_count (self, &self->n_present, counts.n_present, PROP_N_PRESENT);
  set_count (self, &self->n_suitable, counts.n_suitable, PROP_N_SUITABLE);
  set_wants_board (self, counts.n_present == 0 && counts.n_active == 0);

  g_signal_emit (self, signals[CHANGED], 0);
}

static BootlaceBoard *
create_board (BootlaceBoardList *self, guint position)
{
  static const char *const watched[] = { "notify::state", "notify::active", "notify::absent",
                                         "notify::can-flash", "notify::selected" };
  g_autoptr (DfuDevice) device = g_list_model_get_item (self->devices, position);
  BootlaceBoard *board = bootlace_board_new (device);

  bootlace_board_set_image (board, self->image, FALSE);
  bootlace_board_set_job (board, bootlace_job_list_find (self->jobs, device));

  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (board, watched[i], G_CALLBACK (emit_changed), self, G_CONNECT_SWAPPED);

  return board;
}

static void
devices_cb (BootlaceBoardList *self, guint position, guint removed, guint added)
{
  if (removed > 0)
    g_ptr_array_remove_range (self->boards, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->boards, (int) (position + i), create_board (self, position + i));

  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_BOARDS]);
  emit_changed (self);
}

static void
jobs_cb (BootlaceBoardList *self)
{
  for (guint i = 0; i < self->boards->len; i++) {
    BootlaceBoard *board = self->boards->pdata[i];
    DfuDevice *device = bootlace_board_get_device (board);

    bootlace_board_set_job (board, bootlace_job_list_find (self->jobs, device));
  }
}

/* The memory of the old firmware need not be that of the new. A new build is for the same. */
static void
set_lineage (BootlaceBoardList *self, guint lineage)
{
  if (self->lineage == lineage)
    return;

  self->lineage = lineage;
  for (guint i = 0; i < self->boards->len; i++)
    bootlace_memory_choice_take_back (bootlace_board_get_memory (self->boards->pdata[i]));
}

static gboolean
is_startable (BootlaceBoard *board)
{
  return bootlace_board_can_flash (board) && bootlace_board_is_selected (board);
}

static GPtrArray *
collect_startable (BootlaceBoardList *self)
{
  GPtrArray *boards = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->boards->len; i++)
    if (is_startable (self->boards->pdata[i]))
      g_ptr_array_add (boards, g_object_ref (self->boards->pdata[i]));

  return boards;
}

static void
start_job (BootlaceBoardList *self, BootlaceBoard *board)
{
  g_auto (DfuChoice) choice = { 0 };

  bootlace_memory_choice_get (bootlace_board_get_memory (board), &choice);
  bootlace_job_list_start (self->jobs, bootlace_board_get_device (board), self->image, &choice);
}

/* With such a board somebody is done. What became of others has perhaps not been read yet. */
static gboolean
is_done_with (BootlaceJob *job)
{
  const BootlaceJobState state = bootlace_job_get_state (job);

  return !bootlace_job_is_active (job) && state != BOOTLACE_JOB_FAILED &&
         state != BOOTLACE_JOB_CANCELLED && !dfu_device_is_present (bootlace_job_get_device (job));
}

/* Rows of boards that left make room for the next ones. */
static void
dismiss_absent (BootlaceBoardList *self)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i > 0; i--) {
    g_autoptr (BootlaceJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i - 1);

    if (is_done_with (job))
      bootlace_job_list_dismiss (self->jobs, job);
  }
}

/**
 * bootlace_board_list_get_jobs:
 * @self: a list of boards
 *
 * Returns: the jobs of these and other boards
 */
BootlaceJobList *
bootlace_board_list_get_jobs (BootlaceBoardList *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD_LIST (self), NULL);

  return self->jobs;
}

/**
 * bootlace_board_list_set_image:
 * @self: a list of boards
 * @image: (nullable): the firmware that is chosen
 * @keeps_outcomes: as for bootlace_board_set_image()
 */
void
bootlace_board_list_set_image (BootlaceBoardList *self,
                               FirmwareImage *image,
                               gboolean keeps_outcomes)
{
  g_return_if_fail (BOOTLACE_IS_BOARD_LIST (self));
  g_return_if_fail (image == NULL || FIRMWARE_IS_IMAGE (image));

  if (!g_set_object (&self->image, image))
    return;

  bootlace_clearance_set_image (self->clearance, image);
  for (guint i = 0; i < self->boards->len; i++)
    bootlace_board_set_image (self->boards->pdata[i], image, keeps_outcomes);

  emit_changed (self);
}

/**
 * bootlace_board_list_count:
 * @self: a list of boards
 * @counts: (out caller-allocates): how many of each
 */
void
bootlace_board_list_count (BootlaceBoardList *self, BootlaceBoardCounts *counts)
{
  g_return_if_fail (BOOTLACE_IS_BOARD_LIST (self));
  g_return_if_fail (counts != NULL);

  *counts = (BootlaceBoardCounts){ 0 };
  for (guint i = 0; i < self->boards->len; i++)
    bootlace_board_counts_add (counts, self->boards->pdata[i]);
}

/**
 * bootlace_board_list_find_selected:
 * @self: a list of boards
 *
 * Returns: (nullable): the first board that would be flashed
 */
BootlaceBoard *
bootlace_board_list_find_selected (BootlaceBoardList *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD_LIST (self), NULL);

  for (guint i = 0; i < self->boards->len; i++)
    if (is_startable (self->boards->pdata[i]))
      return self->boards->pdata[i];

  return NULL;
}

/**
 * bootlace_board_list_select_all:
 * @self: a list of boards
 * @selected: whether to flash them
 *
 * Selects every board that the firmware may be written to now, or none of them.
 */
void
bootlace_board_list_select_all (BootlaceBoardList *self, gboolean selected)
{
  g_return_if_fail (BOOTLACE_IS_BOARD_LIST (self));

  for (guint i = 0; i < self->boards->len; i++)
    bootlace_board_set_selected (self->boards->pdata[i], selected);
}

/**
 * bootlace_board_list_get_clearance:
 * @self: a list of boards
 *
 * Returns: whether the chosen firmware may be flashed, whichever the board is
 */
BootlaceClearance *
bootlace_board_list_get_clearance (BootlaceBoardList *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD_LIST (self), NULL);

  return self->clearance;
}

/**
 * bootlace_board_list_find_at:
 * @self: a list of boards
 * @port_path: where a board is plugged in
 *
 * Returns: (transfer none) (nullable): the board
 */
BootlaceBoard *
bootlace_board_list_find_at (BootlaceBoardList *self, const char *port_path)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD_LIST (self), NULL);
  g_return_val_if_fail (port_path != NULL, NULL);

  for (guint i = 0; i < self->boards->len; i++) {
    DfuDevice *device = bootlace_board_get_device (self->boards->pdata[i]);

    if (g_str_equal (dfu_device_get_port_path (device), port_path))
      return self->boards->pdata[i];
  }

  return NULL;
}

/**
 * bootlace_board_list_can_flash:
 * @self: a list of boards
 *
 * Returns: whether there is firmware that may be flashed and a selected board for it
 */
gboolean
bootlace_board_list_can_flash (BootlaceBoardList *self)
{
  g_return_val_if_fail (BOOTLACE_IS_BOARD_LIST (self), FALSE);

  return bootlace_clearance_get_verdict (self->clearance) == BOOTLACE_VERDICT_CLEAR &&
         bootlace_board_list_find_selected (self) != NULL;
}

/**
 * bootlace_board_list_flash:
 * @self: a list of boards
 * @boards: (element-type BootlaceBoard): those of them that are meant, in an array that holds them
 *
 * Starts a job for each of @boards that is selected, or none where the firmware may not be flashed.
 */
void
bootlace_board_list_flash (BootlaceBoardList *self, GPtrArray *boards)
{
  g_return_if_fail (BOOTLACE_IS_BOARD_LIST (self));
  g_return_if_fail (boards != NULL);

  if (!bootlace_board_list_can_flash (self))
    return;

  dismiss_absent (self);
  for (guint i = 0; i < boards->len; i++)
    if (is_startable (boards->pdata[i]))
      start_job (self, boards->pdata[i]);
}

/**
 * bootlace_board_list_flash_selected:
 * @self: a list of boards
 *
 * Starts a job for each selected board, or none where the firmware may not be flashed.
 */
void
bootlace_board_list_flash_selected (BootlaceBoardList *self)
{
  g_autoptr (GPtrArray) boards = NULL;

  g_return_if_fail (BOOTLACE_IS_BOARD_LIST (self));

  /* Starting jobs changes the selection, and dismissing changes the list. */
  boards = collect_startable (self);
  bootlace_board_list_flash (self, boards);
}

static void
bootlace_board_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceBoardList *self = BOOTLACE_BOARD_LIST (object);

  switch (id) {
  case PROP_CLEARANCE:
    g_value_set_object (value, self->clearance);
    break;
  case PROP_N_BOARDS:
    g_value_set_uint (value, self->boards->len);
    break;
  case PROP_N_PRESENT:
    g_value_set_uint (value, self->n_present);
    break;
  case PROP_N_SUITABLE:
    g_value_set_uint (value, self->n_suitable);
    break;
  case PROP_WANTS_BOARD:
    g_value_set_boolean (value, self->wants_board);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_board_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceBoardList *self = BOOTLACE_BOARD_LIST (object);

  switch (id) {
  case PROP_DEVICES:
    self->devices = g_value_dup_object (value);
    break;
  case PROP_JOBS:
    self->jobs = g_value_dup_object (value);
    break;
  case PROP_LINEAGE:
    set_lineage (self, g_value_get_uint (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_board_list_constructed (GObject *object)
{
  BootlaceBoardList *self = BOOTLACE_BOARD_LIST (object);

  G_OBJECT_CLASS (bootlace_board_list_parent_class)->constructed (object);

  g_signal_connect_object (self->devices, "items-changed", G_CALLBACK (devices_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->jobs, "items-changed", G_CALLBACK (jobs_cb), self,
                           G_CONNECT_SWAPPED);

  devices_cb (self, 0, 0, g_list_model_get_n_items (self->devices));
}

static void
bootlace_board_list_dispose (GObject *object)
{
  BootlaceBoardList *self = BOOTLACE_BOARD_LIST (object);

  g_clear_object (&self->devices);
  g_clear_object (&self->jobs);
  g_clear_object (&self->image);
  g_ptr_array_set_size (self->boards, 0);

  G_OBJECT_CLASS (bootlace_board_list_parent_class)->dispose (object);
}

static void
bootlace_board_list_finalize (GObject *object)
{
  BootlaceBoardList *self = BOOTLACE_BOARD_LIST (object);

  g_clear_object (&self->clearance);
  g_ptr_array_unref (self->boards);

  G_OBJECT_CLASS (bootlace_board_list_parent_class)->finalize (object);
}

static void
bootlace_board_list_class_init (BootlaceBoardListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags given = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bootlace_board_list_get_property;
  object_class->set_property = bootlace_board_list_set_property;
  object_class->constructed = bootlace_board_list_constructed;
  object_class->dispose = bootlace_board_list_dispose;
  object_class->finalize = bootlace_board_list_finalize;

  properties[PROP_DEVICES] = g_param_spec_object ("devices", NULL, NULL, G_TYPE_LIST_MODEL, given);
  properties[PROP_JOBS] = g_param_spec_object ("jobs", NULL, NULL, BOOTLACE_TYPE_JOB_LIST, given);
  properties[PROP_LINEAGE] = g_param_spec_uint ("lineage", NULL, NULL, 0, G_MAXUINT, 0,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CLEARANCE] =
    g_param_spec_object ("clearance", NULL, NULL, BOOTLACE_TYPE_CLEARANCE, shown);
  properties[PROP_N_BOARDS] = g_param_spec_uint ("n-boards", NULL, NULL, 0, G_MAXUINT, 0, shown);
  properties[PROP_N_PRESENT] = g_param_spec_uint ("n-present", NULL, NULL, 0, G_MAXUINT, 0, shown);
  properties[PROP_N_SUITABLE] =
    g_param_spec_uint ("n-suitable", NULL, NULL, 0, G_MAXUINT, 0, shown);
  properties[PROP_WANTS_BOARD] = g_param_spec_boolean ("wants-board", NULL, NULL, FALSE, shown);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
bootlace_board_list_init (BootlaceBoardList *self)
{
  self->boards = g_ptr_array_new_with_free_func (g_object_unref);
  self->clearance = bootlace_clearance_new ();
  g_signal_connect_object (self->clearance, "notify::verdict", G_CALLBACK (emit_changed), self,
                           G_CONNECT_SWAPPED);
}

/**
 * bootlace_board_list_new:
 * @devices: a list of #DfuDevice
 * @jobs: where to look for the jobs of these devices
 *
 * Returns: (transfer full): the boards
 */
BootlaceBoardList *
bootlace_board_list_new (GListModel *devices, BootlaceJobList *jobs)
{
  return g_object_new (BOOTLACE_TYPE_BOARD_LIST, "devices", devices, "jobs", jobs, NULL);
}
