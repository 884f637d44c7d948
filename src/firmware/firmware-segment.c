/* firmware-segment.c: bytes that belong at one address of the flash
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-segment.h"

#include "firmware-esp-partitions.h"

struct _FirmwareSegment {
  GObject parent_instance;

  char *name;
  guint64 address;
  GBytes *data;
  FirmwareRole role;
  guint8 alternate;
  FirmwareEspFacts *facts;
  char *md5; /* atomic; NULL until somebody asks */
};

enum {
  PROP_NAME = 1,
  PROP_ADDRESS,
  PROP_SIZE,
  PROP_ROLE,
  PROP_ALTERNATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (FirmwareRole,
                    firmware_role,
                    G_DEFINE_ENUM_VALUE (FIRMWARE_ROLE_DATA, "data"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_ROLE_BOOTLOADER, "bootloader"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_ROLE_PARTITION_TABLE, "partition-table"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_ROLE_OTA_DATA, "ota-data"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_ROLE_APPLICATION, "application"))

G_DEFINE_FINAL_TYPE (FirmwareSegment, firmware_segment, G_TYPE_OBJECT)

/**
 * firmware_segment_get_name:
 * @self: a segment
 *
 * Gets the name that the file gives this part, such as "bootloader.bin".
 *
 * Returns: (transfer none): the name
 */
const char *
firmware_segment_get_name (FirmwareSegment *self)
{
  g_return_val_if_fail (FIRMWARE_IS_SEGMENT (self), NULL);

  return self->name;
}

/**
 * firmware_segment_get_address:
 * @self: a segment
 *
 * Gets where the segment goes, in bytes from the start of the flash.
 *
 * Returns: the address of the first byte
 */
guint64
firmware_segment_get_address (FirmwareSegment *self)
{
  g_return_val_if_fail (FIRMWARE_IS_SEGMENT (self), 0);

  return self->address;
}

/**
 * firmware_segment_get_size:
 * @self: a segment
 *
 * Gets how long the segment is.
 *
 * Returns: the number of bytes
 */
guint64
firmware_segment_get_size (FirmwareSegment *self)
{
  g_return_val_if_fail (FIRMWARE_IS_SEGMENT (self), 0);

  return g_bytes_get_size (self->data);
}

/**
 * firmware_segment_get_data:
 * @self: a segment
 *
 * Gets the bytes that will stand in the flash, without anything that the file puts between them.
 *
 * Returns: (transfer none): the bytes
 */
GBytes *
firmware_segment_get_data (FirmwareSegment *self)
{
  g_return_val_if_fail (FIRMWARE_IS_SEGMENT (self), NULL);

  return self->data;
}

/**
 * firmware_segment_get_role:
 * @self: a segment
 *
 * Gets what the segment was recognised as.
 *
 * Returns: the role, %FIRMWARE_ROLE_DATA when nothing was recognised
 */
FirmwareRole
firmware_segment_get_role (FirmwareSegment *self)
{
  g_return_val_if_fail (FIRMWARE_IS_SEGMENT (self), FIRMWARE_ROLE_DATA);

  return self->role;
}

/**
 * firmware_segment_get_alternate:
 * @self: a segment
 *
 * Gets which memory of the device the address is of: a DfuSe device has an alternate setting for
 * each.
 *
 * Returns: bAlternateSetting, 0 where a format knows of one memory only
 */
guint8
firmware_segment_get_alternate (FirmwareSegment *self)
{
  g_return_val_if_fail (FIRMWARE_IS_SEGMENT (self), 0);

  return self->alternate;
}

/**
 * firmware_segment_get_md5:
 * @self: a segment
 *
 * Computes what "md5sum" tells of the file that the segment was made of, once.
 *
 * Returns: (transfer none): its digits
 */
const char *
firmware_segment_get_md5 (FirmwareSegment *self)
{
  char *md5 = NULL;

  g_return_val_if_fail (FIRMWARE_IS_SEGMENT (self), NULL);

  if (g_atomic_pointer_get (&self->md5) == NULL) {
    md5 = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, self->data);
    if (!g_atomic_pointer_compare_and_exchange (&self->md5, NULL, md5))
      g_free (md5);
  }

  return g_atomic_pointer_get (&self->md5);
}

/**
 * firmware_segment_find_table_md5:
 * @self: a segment
 * @md5: (out caller-allocates): what came of comparing it with the entries
 *
 * Verifies the MD5 inside of a partition table.
 *
 * Returns: whether the segment is a partition table at all
 */
gboolean
firmware_segment_find_table_md5 (FirmwareSegment *self, FirmwareEspProof *md5)
{
  g_auto (FirmwareEspPartitions) table = { NULL };
  gsize size = 0;
  const guint8 *data = NULL;

  g_return_val_if_fail (FIRMWARE_IS_SEGMENT (self), FALSE);
  g_return_val_if_fail (md5 != NULL, FALSE);

  data = g_bytes_get_data (self->data, &size);
  if (self->role != FIRMWARE_ROLE_PARTITION_TABLE ||
      !firmware_esp_partitions_is_present (data, size))
    return FALSE;

  firmware_esp_partitions_parse (&table, data, size);
  *md5 = firmware_esp_partitions_get_md5 (&table);
  return TRUE;
}

/**
 * firmware_segment_get_facts:
 * @self: a segment
 *
 * Gets what the segment's own header and descriptions tell, when it is an image for an ESP chip.
 *
 * Returns: (transfer none) (nullable): the facts, or %NULL when the segment is something else
 */
const FirmwareEspFacts *
firmware_segment_get_facts (FirmwareSegment *self)
{
  g_return_val_if_fail (FIRMWARE_IS_SEGMENT (self), NULL);

  return self->facts;
}

static void
firmware_segment_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  FirmwareSegment *self = FIRMWARE_SEGMENT (object);

  switch (property) {
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_ADDRESS:
    g_value_set_uint64 (value, self->address);
    break;
  case PROP_SIZE:
    g_value_set_uint64 (value, g_bytes_get_size (self->data));
    break;
  case PROP_ROLE:
    g_value_set_enum (value, self->role);
    break;
  case PROP_ALTERNATE:
    g_value_set_uint (value, self->alternate);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
  }
}

static void
firmware_segment_finalize (GObject *object)
{
  FirmwareSegment *self = FIRMWARE_SEGMENT (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_clear_pointer (&self->facts, firmware_esp_facts_unref);
  g_clear_pointer (&self->md5, g_free);

  G_OBJECT_CLASS (firmware_segment_parent_class)->finalize (object);
}

static void
firmware_segment_class_init (FirmwareSegmentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = firmware_segment_get_property;
  object_class->finalize = firmware_segment_finalize;

  /**
   * FirmwareSegment:name:
   *
   * The name that the file gives this part.
   */
  properties[PROP_NAME] =
    g_param_spec_string ("name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * FirmwareSegment:address:
   *
   * Where the segment goes, in bytes from the start of the flash.
   */
  properties[PROP_ADDRESS] = g_param_spec_uint64 ("address", NULL, NULL, 0, G_MAXUINT64, 0,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * FirmwareSegment:size:
   *
   * How many bytes the segment has.
   */
  properties[PROP_SIZE] = g_param_spec_uint64 ("size", NULL, NULL, 0, G_MAXUINT64, 0,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * FirmwareSegment:role:
   *
   * What the segment was recognised as.
   */
  properties[PROP_ROLE] =
    g_param_spec_enum ("role", NULL, NULL, FIRMWARE_TYPE_ROLE, FIRMWARE_ROLE_DATA,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * FirmwareSegment:alternate:
   *
   * The alternate setting of the device that the segment goes to.
   */
  properties[PROP_ALTERNATE] = g_param_spec_uint ("alternate", NULL, NULL, 0, G_MAXUINT8, 0,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
firmware_segment_init (FirmwareSegment *self)
{
}

/**
 * firmware_segment_new:
 * @name: the name that the file gives this part
 * @address: where it goes, in bytes from the start of the flash
 * @data: its bytes
 * @role: what it was recognised as
 *
 * Creates a segment. It never changes afterwards.
 *
 * Returns: (transfer full): a segment
 */
FirmwareSegment *
firmware_segment_new (const char *name, guint64 address, GBytes *data, FirmwareRole role)
{
  FirmwareSegment *self = NULL;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (data != NULL, NULL);

  self = g_object_new (FIRMWARE_TYPE_SEGMENT, NULL);
  self->name = g_strdup (name);
  self->address = address;
  self->data = g_bytes_ref (data);
  self->role = role;

  return self;
}

/**
 * firmware_segment_new_for_alternate:
 * @name: what the file calls the memory
 * @alternate: bAlternateSetting of the memory
 * @address: where it goes in that memory
 * @data: its bytes
 *
 * Creates a segment for one of the memories of a DfuSe device.
 *
 * Returns: (transfer full): a segment
 */
FirmwareSegment *
firmware_segment_new_for_alternate (const char *name,
                                    guint8 alternate,
                                    guint64 address,
                                    GBytes *data)
{
  FirmwareSegment *self = firmware_segment_new (name, address, data, FIRMWARE_ROLE_DATA);

  if (self != NULL)
    self->alternate = alternate;

  return self;
}

/**
 * firmware_segment_new_with_facts:
 * @name: the name that the file gives this part
 * @address: where it goes, in bytes from the start of the flash
 * @data: its bytes
 * @role: what it was recognised as
 * @facts: (nullable): what @data tell when they are an image for an ESP chip
 *
 * Creates a segment that was looked into. It never changes afterwards.
 *
 * Returns: (transfer full): a segment
 */
FirmwareSegment *
firmware_segment_new_with_facts (const char *name,
                                 guint64 address,
                                 GBytes *data,
                                 FirmwareRole role,
                                 const FirmwareEspFacts *facts)
{
  FirmwareSegment *self = firmware_segment_new (name, address, data, role);

  if (self != NULL && facts != NULL)
    self->facts = firmware_esp_facts_ref (facts);

  return self;
}
