/* firmware-partition.c: one entry of an ESP partition table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-partition.h"

/* ESP-IDF's PART_FLAG_ENCRYPTED and PART_FLAG_READONLY. */
#define FLAG_ENCRYPTED (1u << 0)
#define FLAG_READ_ONLY (1u << 1)

struct _FirmwarePartition {
  GObject parent_instance;

  char *label;
  char *kind;
  guint8 type;
  guint8 subtype;
  guint32 address;
  guint32 size;
  guint32 flags;
};

enum {
  PROP_LABEL = 1,
  PROP_ADDRESS,
  PROP_SIZE,
  PROP_KIND,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static const struct {
  guint8 type;
  const char *name;
} types[] = {
  { FIRMWARE_PARTITION_TYPE_APP, "app" },
  { FIRMWARE_PARTITION_TYPE_DATA, "data" },
  { FIRMWARE_PARTITION_TYPE_BOOTLOADER, "bootloader" },
  { FIRMWARE_PARTITION_TYPE_TABLE, "partition_table" },
};

/* The names that ESP-IDF's partition tables are written with. */
static const struct {
  guint8 type;
  guint8 subtype;
  const char *name;
} subtypes[] = {
  { FIRMWARE_PARTITION_TYPE_APP, 0x00, "factory" },
  { FIRMWARE_PARTITION_TYPE_APP, 0x20, "test" },
  { FIRMWARE_PARTITION_TYPE_APP, 0x30, "tee_0" },
  { FIRMWARE_PARTITION_TYPE_APP, 0x31, "tee_1" },
  { FIRMWARE_PARTITION_TYPE_DATA, 0x00, "ota" },
  { FIRMWARE_PARTITION_TYPE_DATA, 0x01, "phy" },
  { FIRMWARE_PARTITION_TYPE_DATA, 0x02, "nvs" },
  { FIRMWARE_PARTITION_TYPE_DATA, 0x03, "coredump" },
  { FIRMWARE_PARTITION_TYPE_DATA, 0x04, "nvs_keys" },
  { FIRMWARE_PARTITION_TYPE_DATA, 0x05, "efuse" },
  { FIRMWARE_PARTITION_TYPE_DATA, 0x06, "undefined" },
  { FIRMWARE_PARTITION_TYPE_DATA, 0x80, "esphttpd" },
  { FIRMWARE_PARTITION_TYPE_DATA, 0x81, "fat" },
  { FIRMWARE_PARTITION_TYPE_DATA, 0x82, "spiffs" },
  { FIRMWARE_PARTITION_TYPE_DATA, 0x83, "littlefs" },
  { FIRMWARE_PARTITION_TYPE_DATA, 0x90, "tee_ota" },
  { FIRMWARE_PARTITION_TYPE_BOOTLOADER, 0x00, "primary" },
  { FIRMWARE_PARTITION_TYPE_BOOTLOADER, 0x01, "ota" },
  { FIRMWARE_PARTITION_TYPE_BOOTLOADER, 0x02, "recovery" },
  { FIRMWARE_PARTITION_TYPE_TABLE, 0x00, "primary" },
  { FIRMWARE_PARTITION_TYPE_TABLE, 0x01, "ota" },
};

G_DEFINE_FINAL_TYPE (FirmwarePartition, firmware_partition, G_TYPE_OBJECT)

static char *
name_type (guint8 type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++) {
    if (types[i].type == type)
      return g_strdup (types[i].name);
  }

  return g_strdup_printf ("0x%02x", type);
}

static char *
name_subtype (guint8 type, guint8 subtype)
{
  if (type == FIRMWARE_PARTITION_TYPE_APP && subtype >= FIRMWARE_PARTITION_SUBTYPE_OTA_FIRST &&
      subtype <= FIRMWARE_PARTITION_SUBTYPE_OTA_LAST)
    return g_strdup_printf ("ota_%d", subtype - FIRMWARE_PARTITION_SUBTYPE_OTA_FIRST);

  for (gsize i = 0; i < G_N_ELEMENTS (subtypes); i++) {
    if (subtypes[i].type == type && subtypes[i].subtype == subtype)
      return g_strdup (subtypes[i].name);
  }

  return g_strdup_printf ("0x%02x", subtype);
}

/**
 * firmware_partition_get_label:
 * @self: a partition
 *
 * Returns: (transfer none): its name, which may be empty
 */
const char *
firmware_partition_get_label (FirmwarePartition *self)
{
  g_return_val_if_fail (FIRMWARE_IS_PARTITION (self), NULL);

  return self->label;
}

/**
 * firmware_partition_get_partition_type:
 * @self: a partition
 *
 * Returns: its type, such as %FIRMWARE_PARTITION_TYPE_APP
 */
guint8
firmware_partition_get_partition_type (FirmwarePartition *self)
{
  g_return_val_if_fail (FIRMWARE_IS_PARTITION (self), 0);

  return self->type;
}

/**
 * firmware_partition_get_subtype:
 * @self: a partition
 *
 * Returns: its subtype, whose meaning depends on the type
 */
guint8
firmware_partition_get_subtype (FirmwarePartition *self)
{
  g_return_val_if_fail (FIRMWARE_IS_PARTITION (self), 0);

  return self->subtype;
}

/**
 * firmware_partition_get_address:
 * @self: a partition
 *
 * Returns: where it begins, in bytes from the start of the flash
 */
guint32
firmware_partition_get_address (FirmwarePartition *self)
{
  g_return_val_if_fail (FIRMWARE_IS_PARTITION (self), 0);

  return self->address;
}

/**
 * firmware_partition_get_size:
 * @self: a partition
 *
 * Returns: how many bytes it has
 */
guint32
firmware_partition_get_size (FirmwarePartition *self)
{
  g_return_val_if_fail (FIRMWARE_IS_PARTITION (self), 0);

  return self->size;
}

/**
 * firmware_partition_get_kind:
 * @self: a partition
 *
 * Gets type and subtype in ESP-IDF's words, such as "app, factory"; "data, 0x41" where it has none.
 *
 * Returns: (transfer none): the words
 */
const char *
firmware_partition_get_kind (FirmwarePartition *self)
{
  g_return_val_if_fail (FIRMWARE_IS_PARTITION (self), NULL);

  return self->kind;
}

/**
 * firmware_partition_is_encrypted:
 * @self: a partition
 *
 * Returns: whether the chip keeps it encrypted once flash encryption is on
 */
gboolean
firmware_partition_is_encrypted (FirmwarePartition *self)
{
  g_return_val_if_fail (FIRMWARE_IS_PARTITION (self), FALSE);

  return (self->flags & FLAG_ENCRYPTED) != 0;
}

/**
 * firmware_partition_is_read_only:
 * @self: a partition
 *
 * Returns: whether the application may not write it
 */
gboolean
firmware_partition_is_read_only (FirmwarePartition *self)
{
  g_return_val_if_fail (FIRMWARE_IS_PARTITION (self), FALSE);

  return (self->flags & FLAG_READ_ONLY) != 0;
}

static void
firmware_partition_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  FirmwarePartition *self = FIRMWARE_PARTITION (object);

  switch (property) {
  case PROP_LABEL:
    g_value_set_string (value, self->label);
    break;
  case PROP_ADDRESS:
    g_value_set_uint64 (value, self->address);
    break;
  case PROP_SIZE:
    g_value_set_uint64 (value, self->size);
    break;
  case PROP_KIND:
    g_value_set_string (value, self->kind);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
  }
}

static void
firmware_partition_finalize (GObject *object)
{
  FirmwarePartition *self = FIRMWARE_PARTITION (object);

  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->kind, g_free);

  G_OBJECT_CLASS (firmware_partition_parent_class)->finalize (object);
}

static void
firmware_partition_class_init (FirmwarePartitionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = firmware_partition_get_property;
  object_class->finalize = firmware_partition_finalize;

  /**
   * FirmwarePartition:label:
   *
   * Its name, which may be empty.
   */
  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * FirmwarePartition:address:
   *
   * Where it begins, in bytes from the start of the flash.
   */
  properties[PROP_ADDRESS] = g_param_spec_uint64 ("address", NULL, NULL, 0, G_MAXUINT64, 0,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * FirmwarePartition:size:
   *
   * How many bytes it has.
   */
  properties[PROP_SIZE] = g_param_spec_uint64 ("size", NULL, NULL, 0, G_MAXUINT64, 0,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * FirmwarePartition:kind:
   *
   * Type and subtype in ESP-IDF's words.
   */
  properties[PROP_KIND] =
    g_param_spec_string ("kind", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
firmware_partition_init (FirmwarePartition *self)
{
}

/**
 * firmware_partition_new:
 * @label: its name
 * @type: its type
 * @subtype: its subtype
 * @address: where it begins in the flash
 * @size: how many bytes it has
 * @flags: the flags of its entry
 *
 * Creates a partition from the fields of its entry, ESP-IDF's esp_partition_info_t.
 *
 * Returns: (transfer full): a partition
 */
FirmwarePartition *
firmware_partition_new (const char *label,
                        guint8 type,
                        guint8 subtype,
                        guint32 address,
                        guint32 size,
                        guint32 flags)
{
  FirmwarePartition *self = NULL;
  g_autofree char *type_name = NULL;
  g_autofree char *subtype_name = NULL;

  g_return_val_if_fail (label != NULL, NULL);

  type_name = name_type (type);
  subtype_name = name_subtype (type, subtype);

  self = g_object_new (FIRMWARE_TYPE_PARTITION, NULL);
  self->label = g_strdup (label);
  self->kind = g_strdup_printf ("%s, %s", type_name, subtype_name);
  self->type = type;
  self->subtype = subtype;
  self->address = address;
  self->size = size;
  self->flags = flags;

  return self;
}
