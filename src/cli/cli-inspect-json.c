/* cli-inspect-json.c: what a firmware contains, for programs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "cli-inspect.h"

#include "cli-facts.h"
#include "cli-json.h"
#include "cli-memories.h"
#include "dfu-enums.h"
#include "firmware-esp-saving.h"
#include "firmware-format.h"
#include "wording-finding.h"

/* The manual page describes every key; what is there keeps its name, type and meaning. */

/* Adds one item of a list as an object. */
typedef void (*AddItem) (JsonBuilder *builder, FirmwareImage *image, gpointer item);

static void
add_suffix (JsonBuilder *builder, const FirmwareDfuSuffix *suffix)
{
  if (suffix != NULL) {
    cli_json_add_int (builder, "vendor", suffix->vendor);
    cli_json_add_int (builder, "product", suffix->product);
  } else {
    cli_json_add_null (builder, "vendor");
    cli_json_add_null (builder, "product");
  }
}

static void
add_flash_size (JsonBuilder *builder, guint64 flash_size)
{
  if (flash_size > 0)
    cli_json_add_int (builder, "flash_size", (gint64) flash_size);
  else
    cli_json_add_null (builder, "flash_size");
}

static void
add_saving (JsonBuilder *builder, FirmwareImage *image)
{
  FirmwareEspSaving saving;

  if (!firmware_esp_saving_find (image, &saving)) {
    cli_json_add_null (builder, "saving");
    return;
  }

  json_builder_set_member_name (builder, "saving");
  json_builder_begin_object (builder);
  cli_json_add_int (builder, "pieces", saving.n_cut);
  cli_json_add_int (builder, "written_as", saving.n_joined);
  cli_json_add_int (builder, "erases", firmware_esp_erase_count (&saving.before));
  cli_json_add_int (builder, "erases_saved", firmware_esp_saving_count (&saving));
  cli_json_add_int (builder, "milliseconds_saved", (gint64) firmware_esp_saving_get_time (&saving));
  json_builder_end_object (builder);
}

static void
add_table (JsonBuilder *builder, FirmwareSegment *segment)
{
  FirmwareEspProof md5;

  if (!firmware_segment_find_table_md5 (segment, &md5)) {
    cli_json_add_null (builder, "table");
    return;
  }

  json_builder_set_member_name (builder, "table");
  json_builder_begin_object (builder);
  cli_json_add_string (builder, "md5", dfu_enum_nick (FIRMWARE_TYPE_ESP_PROOF, (int) md5));
  json_builder_end_object (builder);
}

static void
add_piece (JsonBuilder *builder, FirmwareImage *image, guint i)
{
  gsize offset = 0;
  guint64 address = 0;
  const gsize size = firmware_image_get_piece (image, i, &offset, &address);
  g_autoptr (GBytes) data =
    g_bytes_new_from_bytes (firmware_image_get_payload (image), offset, size);
  g_autofree char *md5 = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, data);

  json_builder_begin_object (builder);
  cli_json_add_int (builder, "address", (gint64) address);
  cli_json_add_int (builder, "size", (gint64) size);
  cli_json_add_string (builder, "md5", md5);
  json_builder_end_object (builder);
}

static void
add_pieces (JsonBuilder *builder, FirmwareImage *image, FirmwareSegment *segment)
{
  json_builder_set_member_name (builder, "pieces");
  json_builder_begin_array (builder);

  for (guint i = 0; i < firmware_image_get_n_pieces (image); i++) {
    gsize offset = 0;

    firmware_image_get_piece (image, i, &offset, NULL);
    if (firmware_image_locate (image, offset, NULL) == segment)
      add_piece (builder, image, i);
  }

  json_builder_end_array (builder);
}

static void
add_segment (JsonBuilder *builder, FirmwareImage *image, gpointer item)
{
  FirmwareSegment *segment = item;

  json_builder_begin_object (builder);
  cli_json_add_string (builder, "name", firmware_segment_get_name (segment));
  cli_json_add_int (builder, "address", (gint64) firmware_segment_get_address (segment));
  cli_json_add_int (builder, "size", (gint64) firmware_segment_get_size (segment));
  cli_json_add_string (builder, "role",
                       dfu_enum_nick (FIRMWARE_TYPE_ROLE, firmware_segment_get_role (segment)));
  cli_json_add_int (builder, "alternate", firmware_segment_get_alternate (segment));
  cli_json_add_string (builder, "md5", firmware_segment_get_md5 (segment));
  cli_facts_add (builder, firmware_segment_get_facts (segment));
  add_pieces (builder, image, segment);
  add_table (builder, segment);
  json_builder_end_object (builder);
}

static void
add_partition (JsonBuilder *builder, FirmwareImage *image, gpointer item)
{
  FirmwarePartition *partition = item;

  json_builder_begin_object (builder);
  cli_json_add_string (builder, "label", firmware_partition_get_label (partition));
  cli_json_add_int (builder, "address", firmware_partition_get_address (partition));
  cli_json_add_int (builder, "size", firmware_partition_get_size (partition));
  cli_json_add_int (builder, "type", firmware_partition_get_partition_type (partition));
  cli_json_add_int (builder, "subtype", firmware_partition_get_subtype (partition));
  cli_json_add_string (builder, "kind", firmware_partition_get_kind (partition));
  cli_json_add_boolean (builder, "encrypted", firmware_partition_is_encrypted (partition));
  cli_json_add_boolean (builder, "read_only", firmware_partition_is_read_only (partition));
  json_builder_end_object (builder);
}

static void
add_finding (JsonBuilder *builder, FirmwareImage *image, gpointer item)
{
  FirmwareFinding *finding = item;
  const FirmwareFindingKind kind = firmware_finding_get_kind (finding);
  const FirmwareSeverity severity = firmware_finding_get_severity (finding);
  g_autofree char *sentence = wording_finding_dup_sentence (finding);
  g_autofree char *advice = wording_finding_dup_advice (finding);

  json_builder_begin_object (builder);
  cli_json_add_string (builder, "kind", dfu_enum_nick (FIRMWARE_TYPE_FINDING_KIND, kind));
  cli_json_add_string (builder, "severity", dfu_enum_nick (FIRMWARE_TYPE_SEVERITY, severity));
  cli_json_add_string (builder, "part", firmware_finding_get_part (finding));
  cli_json_add_string (builder, "found", firmware_finding_get_found (finding));
  cli_json_add_string (builder, "expected", firmware_finding_get_expected (finding));
  cli_json_add_string (builder, "sentence", sentence);
  cli_json_add_string (builder, "advice", advice);
  json_builder_end_object (builder);
}

static void
add_list (JsonBuilder *builder,
          const char *name,
          FirmwareImage *image,
          GListModel *list,
          AddItem add_item)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);

  for (guint i = 0; i < g_list_model_get_n_items (list); i++) {
    g_autoptr (GObject) item = g_list_model_get_item (list, i);

    add_item (builder, image, item);
  }

  json_builder_end_array (builder);
}

/**
 * cli_inspect_print_json:
 * @image: a firmware
 *
 * Prints to standard output all that is known of a firmware.
 */
void
cli_inspect_print_json (FirmwareImage *image)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *sha256 = cli_inspect_dup_sha256 (image);

  json_builder_begin_object (builder);
  cli_json_add_string (builder, "format", firmware_image_get_origin (image)->nick);
  cli_json_add_string (builder, "title", firmware_image_get_title (image));
  cli_json_add_string (builder, "chip", firmware_image_get_chip (image));
  add_suffix (builder, firmware_image_get_suffix (image));
  cli_json_add_string (builder, "idf_version", firmware_image_get_idf_version (image));
  cli_json_add_string (builder, "build_date", firmware_image_get_build_date (image));
  cli_json_add_int (builder, "size", (gint64) firmware_image_get_total_size (image));
  cli_json_add_string (builder, "sha256", sha256);
  add_flash_size (builder, firmware_image_get_flash_size (image));
  add_saving (builder, image);
  cli_memories_add (builder, image);
  add_list (builder, "segments", image, firmware_image_get_segments (image), add_segment);
  add_list (builder, "partitions", image, firmware_image_get_partitions (image), add_partition);
  add_list (builder, "findings", image, firmware_image_get_findings (image), add_finding);
  json_builder_end_object (builder);

  cli_json_print (builder);
}
