/* cli-inspect-text.c: what a firmware contains, for people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli-inspect.h"

#include <glib/gi18n.h>

#include "cli-facts.h"
#include "cli-findings.h"
#include "cli-memories.h"
#include "cli-print.h"
#include "firmware-format.h"
#include "wording-format.h"
#include "wording-saving.h"

#define NAME_WIDTH_MAX 24 /* characters; a longer name moves only its own line */

static void
print_field (const char *label, const char *value)
{
  if (value != NULL)
    cli_print_field (label, "%s", value);
}

static char *
describe_device (FirmwareImage *image)
{
  const FirmwareDfuSuffix *suffix = firmware_image_get_suffix (image);

  if (suffix == NULL)
    return NULL;

  return g_strdup_printf ("[%04x:%04x]", suffix->vendor, suffix->product);
}

/* That nothing says what a file is for is not that anything in it is wrong. */
static gboolean
has_fault (FirmwareImage *image)
{
  GListModel *findings = firmware_image_get_findings (image);

  for (guint i = 0; i < g_list_model_get_n_items (findings); i++) {
    g_autoptr (FirmwareFinding) finding = g_list_model_get_item (findings, i);

    if (firmware_finding_get_severity (finding) == FIRMWARE_SEVERITY_ERROR &&
        firmware_finding_get_kind (finding) != FIRMWARE_FINDING_NO_CHIP)
      return TRUE;
  }

  return FALSE;
}

static const char *
describe_checks (FirmwareImage *image)
{
  if (firmware_image_get_format (image) == &firmware_format_raw)
    return _ ("none: there is nothing in it to check");
  if (has_fault (image))
    return _ ("failed, see below");
  if (firmware_image_has_finding (image, FIRMWARE_SEVERITY_WARNING))
    return _ ("passed with warnings, see below");

  return _ ("all passed");
}

static void
print_summary (const char *path, FirmwareImage *image)
{
  const char *title = firmware_image_get_title (image);
  g_autofree char *device = describe_device (image);
  g_autofree char *build_date = wording_format_build_date (firmware_image_get_build_date (image));
  g_autofree char *size = wording_format_exact_size (firmware_image_get_total_size (image));
  g_autofree char *memories = cli_memories_dup_text (image);
  g_autofree char *saving = wording_saving_dup_text (image);
  g_autofree char *sha256 = cli_inspect_dup_sha256 (image);
  g_autofree char *flash_size = NULL;

  if (firmware_image_get_flash_size (image) > 0)
    flash_size = wording_format_flash_size (firmware_image_get_flash_size (image));

  g_print ("%s\n", title != NULL ? title : path);
  print_field (_ ("Format"), wording_format_name (firmware_image_get_origin (image)));
  print_field (_ ("Chip"), firmware_image_get_chip (image));
  print_field (_ ("Device"), device);
  /* Translators: those of a board, its alternate settings of DFU; numbers and names follow */
  print_field (_ ("Memories"), memories);
  print_field (_ ("ESP-IDF"), firmware_image_get_idf_version (image));
  print_field (_ ("Built"), build_date);
  print_field (_ ("Size"), size);
  print_field ("SHA-256", sha256);
  print_field (_ ("Flash chip"), flash_size);
  /* Translators: of a firmware, to a board; how many pieces are written follows */
  print_field (_ ("Writing"), saving);
  print_field (_ ("Checks"), describe_checks (image));
}

static int
count_padding (const char *text, glong width)
{
  return (int) MAX (0, width - g_utf8_strlen (text, -1));
}

/* printf() counts bytes, people count characters. */
static void
print_row (const char *address,
           const char *size,
           const char *name,
           int name_width,
           const char *what)
{
  g_print ("  %s%*s  %*s%s  %s%*s  %s\n", address, count_padding (address, 10), "",
           count_padding (size, 10), "", size, name, count_padding (name, name_width), "", what);
}

static int
widen (int width, const char *name)
{
  return CLAMP ((int) g_utf8_strlen (name, -1), width, NAME_WIDTH_MAX);
}

static void
print_facts (const FirmwareEspFacts *facts)
{
  g_autofree char *text = facts != NULL ? cli_facts_dup_text (facts, "      ") : NULL;

  if (text != NULL)
    g_print ("%s", text);
}

static void
print_table_md5 (FirmwareSegment *segment)
{
  FirmwareEspProof md5;

  if (firmware_segment_find_table_md5 (segment, &md5))
    g_print ("      %s\n", wording_format_table_md5 (md5));
}

/* What stands in the table of an archive. */
static void
print_piece (FirmwareImage *image, guint number, guint i)
{
  gsize offset = 0;
  guint64 place = 0;
  const gsize size = firmware_image_get_piece (image, i, &offset, &place);
  g_autoptr (GBytes) data =
    g_bytes_new_from_bytes (firmware_image_get_payload (image), offset, size);
  g_autofree char *address = wording_format_address (place);
  g_autofree char *md5 = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, data);

  /* Translators: one of the pieces that a file was cut into: its number, address, bytes, MD5 */
  g_print (_ ("piece %u: %s, %u bytes, MD5 %s"), number, address, (guint) size, md5);
}

/* Each member of an archive has an MD5 of its own; what was cut is told piece by piece, too. */
static void
print_pieces (FirmwareImage *image, FirmwareSegment *segment)
{
  guint n_pieces = 0;

  if (firmware_image_get_n_pieces (image) > 0)
    g_print ("      MD5 %s\n", firmware_segment_get_md5 (segment));

  for (guint i = 0; i < firmware_image_get_n_pieces (image); i++) {
    gsize offset = 0;
    const gsize size = firmware_image_get_piece (image, i, &offset, NULL);

    if (firmware_image_locate (image, offset, NULL) != segment ||
        size == firmware_segment_get_size (segment))
      continue;

    g_print ("        ");
    print_piece (image, ++n_pieces, i);
    g_print ("\n");
  }
}

static char *
describe_segment (FirmwareSegment *segment, gboolean with_memory)
{
  const guint8 alternate = firmware_segment_get_alternate (segment);
  /* Translators: %u is the number of a memory of the board, the alternate setting of DFU */
  g_autofree char *memory = with_memory ? g_strdup_printf (_ ("memory %u"), alternate) : NULL;
  const char *const texts[] = { wording_format_role (firmware_segment_get_role (segment)), memory };

  return wording_format_join (texts, G_N_ELEMENTS (texts));
}

static void
print_segment (FirmwareImage *image, FirmwareSegment *segment, int name_width)
{
  g_autofree char *address = wording_format_address (firmware_segment_get_address (segment));
  g_autofree char *size =
    g_strdup_printf ("%" G_GUINT64_FORMAT, firmware_segment_get_size (segment));
  g_autofree char *what = describe_segment (segment, cli_memories_are_named (image));

  print_row (address, size, firmware_segment_get_name (segment), name_width, what);
  print_facts (firmware_segment_get_facts (segment));
  print_table_md5 (segment);
  print_pieces (image, segment);
}

static void
print_segments (FirmwareImage *image)
{
  GListModel *segments = firmware_image_get_segments (image);
  int width = widen (0, _ ("Part"));

  if (g_list_model_get_n_items (segments) == 0)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    width = widen (width, firmware_segment_get_name (segment));
  }

  g_print ("\n");
  print_row (_ ("Address"), _ ("Size"), _ ("Part"), width, _ ("Contents"));
  for (guint i = 0; i < g_list_model_get_n_items (segments); i++) {
    g_autoptr (FirmwareSegment) segment = g_list_model_get_item (segments, i);

    print_segment (image, segment, width);
  }
}

static char *
describe_partition (FirmwarePartition *partition)
{
  const char *const texts[] = {
    firmware_partition_get_kind (partition),
    firmware_partition_is_encrypted (partition) ? _ ("encrypted") : NULL,
    firmware_partition_is_read_only (partition) ? _ ("read-only") : NULL,
  };

  return wording_format_join (texts, G_N_ELEMENTS (texts));
}

static void
print_partition (FirmwarePartition *partition, int name_width)
{
  g_autofree char *address = wording_format_address (firmware_partition_get_address (partition));
  g_autofree char *size =
    g_strdup_printf ("%" G_GUINT32_FORMAT, firmware_partition_get_size (partition));
  g_autofree char *what = describe_partition (partition);

  print_row (address, size, firmware_partition_get_label (partition), name_width, what);
}

static void
print_partitions (GListModel *partitions)
{
  int width = widen (0, _ ("Partition"));

  if (g_list_model_get_n_items (partitions) == 0)
    return;

  for (guint i = 0; i < g_list_model_get_n_items (partitions); i++) {
    g_autoptr (FirmwarePartition) partition = g_list_model_get_item (partitions, i);

    width = widen (width, firmware_partition_get_label (partition));
  }

  g_print ("\n");
  print_row (_ ("Address"), _ ("Size"), _ ("Partition"), width, _ ("Use"));
  for (guint i = 0; i < g_list_model_get_n_items (partitions); i++) {
    g_autoptr (FirmwarePartition) partition = g_list_model_get_item (partitions, i);

    print_partition (partition, width);
  }
}

/**
 * cli_inspect_print_text:
 * @path: the firmware, as it stands on the command line
 * @image: the firmware
 *
 * Prints to standard output all that is known of a firmware.
 */
void
cli_inspect_print_text (const char *path, FirmwareImage *image)
{
  g_autofree char *findings =
    cli_findings_dup_text (firmware_image_get_findings (image), FIRMWARE_SEVERITY_NOTE);

  print_summary (path, image);
  print_segments (image);
  print_partitions (firmware_image_get_partitions (image));
  if (*findings != '\0')
    g_print ("\n%s", findings);
}
