/* bootlace-report.c: what happened to a board, as a text to keep or to send
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-report.h"

#include <string.h>

#include "firmware-format.h"
#include "setup-symptom.h"
#include "wording-format.h"

/* Reports are English, whatever the window speaks: they are read by those who can help. */

static char *
format_time (gint64 time)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);

  return moment != NULL ? g_date_time_format (moment, "%F %T %z") : g_strdup ("unknown");
}

static void
append_system (GString *text)
{
  g_autofree char *system = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  g_string_append_printf (text, "Bootlace %s\n", VERSION);
  g_string_append_printf (text, "System: %s\n", system != NULL ? system : "unknown");
}

/* When it happened, whenever the report is made. */
static void
append_times (GString *text, BootlaceJob *job)
{
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;
  gint64 started;
  gint64 ended;

  bootlace_job_get_times (job, &started, &ended);
  start = started != 0 ? format_time (started) : g_strdup ("not yet");
  end = ended != 0 ? format_time (ended) : g_strdup ("not yet");
  g_string_append_printf (text, "Started: %s\nEnded: %s\n", start, end);
}

static void
append_device (GString *text, DfuDevice *device)
{
  UsbDevice *usb_device = dfu_device_get_usb_device (device);
  const char *name = dfu_device_get_name (device);
  g_autofree char *serial = dfu_device_dup_serial (device);

  g_string_append_printf (text, "Board: %s [%04x:%04x] at USB port %s, serial %s\n",
                          name != NULL ? name : "without a name",
                          usb_device_get_vendor_id (usb_device),
                          usb_device_get_product_id (usb_device), dfu_device_get_port_path (device),
                          serial != NULL ? serial : "none");
}

static char *
describe_target (FirmwareImage *image)
{
  const FirmwareDfuSuffix *suffix = firmware_image_get_suffix (image);
  const char *chip = firmware_image_get_chip (image);

  if (chip != NULL)
    return g_strdup (chip);
  if (suffix == NULL || suffix->vendor == FIRMWARE_DFU_SUFFIX_ANY_ID)
    return g_strdup ("a device that it does not name");

  return g_strdup_printf ("[%04x:%04x]", suffix->vendor, suffix->product);
}

static char *
name_image (FirmwareImage *image)
{
  const char *title = firmware_image_get_title (image);
  const char *path = firmware_image_get_path (image, NULL);

  if (title != NULL)
    return g_strdup (title);
  if (path != NULL && strchr (path, '\n') == NULL)
    return g_path_get_basename (path);

  return g_strdup ("without a name");
}

static gboolean
is_raw (FirmwareImage *image)
{
  return firmware_image_get_origin (image) == &firmware_format_raw;
}

/* What a person took for raw bytes has become another format only to be sent. */
static char *
describe_kind (FirmwareImage *image)
{
  g_autoptr (FirmwareSegment) segment =
    g_list_model_get_item (firmware_image_get_segments (image), 0);
  g_autofree char *target = NULL;
  g_autofree char *address = NULL;

  if (!is_raw (image)) {
    target = describe_target (image);
    return g_strdup_printf (" for %s, %s", target, firmware_image_get_format (image)->name);
  }

  if (segment == NULL)
    return g_strdup (", raw bytes from the beginning");

  address = wording_format_address (firmware_segment_get_address (segment));

  return g_strdup_printf (", raw bytes for %s", address);
}

static void
append_path (GString *text, FirmwareImage *image)
{
  gint64 modified = 0;
  const char *path = firmware_image_get_path (image, &modified);
  g_auto (GStrv) lines = path != NULL ? g_strsplit (path, "\n", -1) : NULL;
  g_autofree char *time = NULL;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    g_string_append_printf (text, "Read from: %s\n", lines[i]);

  if (modified != 0) {
    time = format_time (modified);
    g_string_append_printf (text, "Changed: %s\n", time);
  }
}

static void
append_image (GString *text, FirmwareImage *image)
{
  GListModel *segments = firmware_image_get_segments (image);
  g_autofree char *name = name_image (image);
  g_autofree char *kind = describe_kind (image);

  g_string_append_printf (text, "Firmware: %s%s, %" G_GUINT64_FORMAT " bytes\n", name, kind,
                          firmware_image_get_total_size (image));
  append_path (text, image);

  /* What has one piece and no names was told already. */
  if (is_raw (image))
    return;

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);
    g_autofree char *address = wording_format_address (firmware_segment_get_address (segment));

    g_string_append_printf (text, "  %s  %9" G_GUINT64_FORMAT "  %s\n", address,
                            firmware_segment_get_size (segment),
                            firmware_segment_get_name (segment));
  }
}

static void
append_deed (GString *text, BootlaceJob *job)
{
  const BootlaceDeed deed = bootlace_job_get_deed (job);

  if (deed == BOOTLACE_DEED_FLASH)
    append_image (text, bootlace_job_get_image (job));
  else
    g_string_append_printf (text, "Work: %s\n", dfu_enum_nick (BOOTLACE_TYPE_DEED, (int) deed));
}

/* The table's own sentences, which are English. */
static void
append_error (GString *text, BootlaceJob *job, const GError *error)
{
  const SetupMoment moment = setup_moment_find (error, bootlace_job_get_progress (job).reached);
  const SetupSymptom *symptom = setup_symptom_find (error, moment);

  g_string_append_printf (text, "Error: %s (%s, %d)\n", error->message,
                          g_quark_to_string (error->domain), error->code);
  g_string_append_printf (text, "Meaning: %s\nLikely cause: %s\nRemedy: %s\n", symptom->summary,
                          symptom->cause, symptom->advice);
}

static void
append_saved (GString *text, BootlaceJob *job)
{
  const gboolean is_backup = bootlace_job_get_deed (job) == BOOTLACE_DEED_FLASH;
  GFile *saved = bootlace_job_get_saved (job);
  g_autofree char *path = saved != NULL ? g_file_get_parse_name (saved) : NULL;

  if (path != NULL)
    g_string_append_printf (text, "%s: %s\n", is_backup ? "Backup" : "Saved as", path);
}

static void
append_outcome (GString *text, BootlaceJob *job)
{
  const GError *error = bootlace_job_get_error (job);
  const char *state = dfu_enum_nick (BOOTLACE_TYPE_JOB_STATE, (int) bootlace_job_get_state (job));

  g_string_append_printf (text, "Outcome: %s\n", state);
  if (error != NULL)
    append_error (text, job, error);
}

/**
 * bootlace_report_new:
 * @job: a job
 *
 * Returns: (transfer full): the report, English, with the job's log at the end
 */
char *
bootlace_report_new (BootlaceJob *job)
{
  GString *text = g_string_new (NULL);
  DfuLog *log = dfu_operation_get_log (DFU_OPERATION (bootlace_job_get_operation (job)));
  g_autofree char *lines = dfu_log_dup_text (log);

  append_system (text);
  append_times (text, job);
  append_device (text, bootlace_job_get_device (job));
  append_deed (text, job);
  append_outcome (text, job);
  append_saved (text, job);
  g_string_append_printf (text, "\n%s", lines);

  return g_string_free (text, FALSE);
}
