/* bootlace-reading.c: firmware as it was read, and the state of its files at that moment
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-reading.h"

#include "bootlace-fingerprint.h"
#include "bootlace-source-name.h"
#include "firmware-esp-build.h"

typedef struct {
  BootlaceSource *source;
  BootlaceRawOffer raw_offer; /* of a source that was refused */
} Order;

static void
order_free (Order *self)
{
  g_clear_pointer (&self->source, bootlace_source_unref);
  g_free (self);
}

/* A build is made of every file that it names; anything else only of itself. */
static void
add_inputs (GPtrArray *inputs, GFile *file, gboolean raw, GCancellable *cancellable)
{
  g_autoptr (FirmwareEspBuild) build =
    raw ? NULL : firmware_esp_build_open (file, cancellable, NULL);
  GPtrArray *others;

  if (build == NULL) {
    g_ptr_array_add (inputs, g_object_ref (file));
    return;
  }

  others = firmware_esp_build_get_inputs (build);
  for (guint i = 0; i < others->len; i++)
    g_ptr_array_add (inputs, g_object_ref (others->pdata[i]));
}

static GPtrArray *
list_inputs (const BootlaceSource *source, GCancellable *cancellable)
{
  GPtrArray *inputs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < source->files->len; i++)
    add_inputs (inputs, source->files->pdata[i], source->raw, cancellable);

  return inputs;
}

/* What the details show, so that the window need not compute it. They show the parts of what has
 * pieces only. */
static void
compute_sums (FirmwareImage *image)
{
  GListModel *segments = firmware_image_get_segments (image);

  if (firmware_image_get_n_pieces (image) == 0)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    firmware_segment_get_md5 (segment);
  }
}

/* Blocks. */
static BootlaceReading *
read_source (const BootlaceSource *source, GCancellable *cancellable, GError **error)
{
  g_autoptr (BootlaceReading) self = g_new0 (BootlaceReading, 1);
  g_autofree char *after = NULL;
  g_autofree char *paths = NULL;

  self->inputs = list_inputs (source, cancellable);
  self->fingerprint = bootlace_fingerprint_new (self->inputs, &self->modified);
  self->image = bootlace_source_read (source, cancellable, error);
  if (self->image == NULL)
    return NULL;

  paths = bootlace_source_find_paths (source, cancellable);
  firmware_image_set_path (self->image, paths, self->modified);
  compute_sums (self->image);
  after = bootlace_fingerprint_new (self->inputs, NULL);
  self->steady = g_str_equal (self->fingerprint, after);

  return g_steal_pointer (&self);
}

/* Runs in a worker thread. */
static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Order *order = data;
  g_autoptr (GError) error = NULL;
  BootlaceReading *reading = read_source (order->source, cancellable, &error);

  if (reading != NULL) {
    g_task_return_pointer (task, reading, (GDestroyNotify) bootlace_reading_free);
    return;
  }

  order->raw_offer = bootlace_source_offer_raw (order->source, error, cancellable);
  g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * bootlace_reading_new_async:
 * @source: what to read
 * @cancellable: (nullable): a cancellable
 * @callback: called when the firmware was read or refused
 * @user_data: data for @callback
 *
 * Reads firmware in a worker thread.
 */
void
bootlace_reading_new_async (BootlaceSource *source,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Order *order;

  g_return_if_fail (source != NULL);

  order = g_new0 (Order, 1);
  order->source = bootlace_source_ref (source);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bootlace_reading_new_async);
  g_task_set_task_data (task, order, (GDestroyNotify) order_free);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * bootlace_reading_new_finish:
 * @result: what the callback got
 * @raw_offer: (out) (optional): of what was refused, bootlace_source_offer_raw()
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what was read
 */
BootlaceReading *
bootlace_reading_new_finish (GAsyncResult *result, BootlaceRawOffer *raw_offer, GError **error)
{
  const Order *order;

  g_return_val_if_fail (g_async_result_is_tagged (result, bootlace_reading_new_async), NULL);

  order = g_task_get_task_data (G_TASK (result));
  if (raw_offer != NULL)
    *raw_offer = order->raw_offer;

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * bootlace_reading_free:
 * @self: a reading
 */
void
bootlace_reading_free (BootlaceReading *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->image);
  g_clear_pointer (&self->inputs, g_ptr_array_unref);
  g_clear_pointer (&self->fingerprint, g_free);
  g_free (self);
}

static gboolean
is_same_list (GListModel *ours, GListModel *theirs, gboolean (*is_same) (gpointer, gpointer))
{
  const guint n_items = g_list_model_get_n_items (ours);

  if (n_items != g_list_model_get_n_items (theirs))
    return FALSE;

  for (guint i = 0; i < n_items; i++) {
    g_autoptr (GObject) our = g_list_model_get_item (ours, i);
    g_autoptr (GObject) their = g_list_model_get_item (theirs, i);

    if (!is_same (our, their))
      return FALSE;
  }

  return TRUE;
}

static gboolean
is_same_finding (gpointer first, gpointer second)
{
  return firmware_finding_get_kind (first) == firmware_finding_get_kind (second) &&
         g_strcmp0 (firmware_finding_get_part (first), firmware_finding_get_part (second)) == 0 &&
         g_strcmp0 (firmware_finding_get_found (first), firmware_finding_get_found (second)) == 0 &&
         g_strcmp0 (firmware_finding_get_expected (first),
                    firmware_finding_get_expected (second)) == 0;
}

static gboolean
has_same_findings (FirmwareImage *first, FirmwareImage *second)
{
  return is_same_list (firmware_image_get_findings (first), firmware_image_get_findings (second),
                       is_same_finding);
}

static gboolean
is_same_segment (gpointer first, gpointer second)
{
  return firmware_segment_get_address (first) == firmware_segment_get_address (second) &&
         firmware_segment_get_alternate (first) == firmware_segment_get_alternate (second) &&
         g_strcmp0 (firmware_segment_get_name (first), firmware_segment_get_name (second)) == 0 &&
         g_bytes_equal (firmware_segment_get_data (first), firmware_segment_get_data (second));
}

/* What gives its bytes addresses has no payload. */
static gboolean
has_same_segments (FirmwareImage *first, FirmwareImage *second)
{
  return is_same_list (firmware_image_get_segments (first), firmware_image_get_segments (second),
                       is_same_segment);
}

static gboolean
has_same_bytes (FirmwareImage *first, FirmwareImage *second)
{
  GBytes *ours = firmware_image_get_payload (first);
  GBytes *theirs = firmware_image_get_payload (second);

  if (ours == NULL || theirs == NULL)
    return ours == theirs && has_same_segments (first, second);

  return g_bytes_equal (ours, theirs);
}

/**
 * bootlace_reading_is_same:
 * @self: a reading
 * @other: another one
 *
 * Not everything that a look finds stands in the bytes: only a build's flasher_args.json tells that
 * the chip will encrypt itself.
 *
 * Returns: whether both are the same firmware, byte for byte, for the same board and with the same
 *   findings
 */
gboolean
bootlace_reading_is_same (const BootlaceReading *self, const BootlaceReading *other)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  return bootlace_reading_is_for_same_board (self, other) &&
         has_same_bytes (self->image, other->image) &&
         has_same_findings (self->image, other->image);
}

/**
 * bootlace_reading_is_for_same_board:
 * @self: a reading
 * @other: another one
 *
 * Tells what two builds of a project have in common, whatever else has changed.
 *
 * Returns: whether both are for the same chip or device, in the same form
 */
gboolean
bootlace_reading_is_for_same_board (const BootlaceReading *self, const BootlaceReading *other)
{
  const FirmwareDfuSuffix *first = NULL;
  const FirmwareDfuSuffix *second = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (other != NULL, FALSE);

  first = firmware_image_get_suffix (self->image);
  second = firmware_image_get_suffix (other->image);
  if (firmware_image_get_format (self->image) != firmware_image_get_format (other->image) ||
      g_strcmp0 (firmware_image_get_chip (self->image), firmware_image_get_chip (other->image)) !=
        0)
    return FALSE;

  if (first == NULL || second == NULL)
    return first == second;

  return first->vendor == second->vendor && first->product == second->product;
}

static gboolean
is_damage (FirmwareFindingKind kind)
{
  return kind == FIRMWARE_FINDING_IMAGE_CUT || kind == FIRMWARE_FINDING_IMAGE_CHECKSUM ||
         kind == FIRMWARE_FINDING_IMAGE_HASH || kind == FIRMWARE_FINDING_TABLE_DAMAGED;
}

/**
 * bootlace_reading_is_damaged:
 * @self: a reading
 *
 * Tells whether a part looks as if it were cut while it was written. A build does not notice, for
 * it has no checksum over its files.
 *
 * Returns: whether it is so
 */
gboolean
bootlace_reading_is_damaged (const BootlaceReading *self)
{
  GListModel *findings = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  findings = firmware_image_get_findings (self->image);
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++) {
    g_autoptr (FirmwareFinding) finding = g_list_model_get_item (findings, i);

    if (is_damage (firmware_finding_get_kind (finding)))
      return TRUE;
  }

  return FALSE;
}
