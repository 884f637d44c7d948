/* firmware-finding.c: what a look into a firmware found that a person should know
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "firmware-finding.h"

struct _FirmwareFinding {
  GObject parent_instance;

  FirmwareFindingKind kind;
  char *part;
  char *found;
  char *expected;
};

enum {
  PROP_KIND = 1,
  PROP_SEVERITY,
  PROP_PART,
  PROP_FOUND,
  PROP_EXPECTED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (FirmwareSeverity,
                    firmware_severity,
                    G_DEFINE_ENUM_VALUE (FIRMWARE_SEVERITY_NOTE, "note"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_SEVERITY_WARNING, "warning"),
                    G_DEFINE_ENUM_VALUE (FIRMWARE_SEVERITY_ERROR, "error"))

G_DEFINE_ENUM_TYPE (
  FirmwareFindingKind,
  firmware_finding_kind,
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_OTHER_CHIP, "other-chip"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_IMAGE_CUT, "image-cut"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_IMAGE_CHECKSUM, "image-checksum"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_IMAGE_HASH, "image-hash"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_TABLE_DAMAGED, "table-damaged"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_BOOTLOADER_MISPLACED, "bootloader-misplaced"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_APPLICATION_HOMELESS, "application-homeless"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_APPLICATION_TOO_LARGE, "application-too-large"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_TABLE_BEYOND_BOOTLOADER, "table-beyond-bootloader"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_NO_HEADER, "no-header"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_NO_CHIP, "no-chip"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_TABLE_ENTRY, "table-entry"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_PART_TOO_LARGE, "part-too-large"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_ACROSS_PARTITIONS, "across-partitions"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_BOOTLOADER_HASH, "bootloader-hash"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_UNRECOGNISED, "unrecognised"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_OVERWRITES, "overwrites"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_TABLE_BEYOND_FLASH, "table-beyond-flash"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_HEADER_FLASH_SIZE, "header-flash-size"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_SIGNED, "signed"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_SIGNATURE_DAMAGED, "signature-damaged"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_ENCRYPTED, "encrypted"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_ALONE, "alone"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_USB_PINS, "usb-pins"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_TAKEN_RAW, "taken-raw"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_PLACE_PROPOSED, "place-proposed"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_TABLE_MOVED, "table-moved"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_NO_PARAMETERS, "no-parameters"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_PART_UNCUT, "part-uncut"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_NO_HASH, "no-hash"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_IDF_VERSIONS, "idf-versions"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_LEFT_UNTOUCHED, "left-untouched"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_REST_LEFT_OUT, "rest-left-out"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_BUILD_TAKEN, "build-taken"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_IMAGE_MADE, "image-made"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_BOOT_PINS, "boot-pins"),
  G_DEFINE_ENUM_VALUE (FIRMWARE_FINDING_RENAMED, "renamed"))

G_DEFINE_FINAL_TYPE (FirmwareFinding, firmware_finding, G_TYPE_OBJECT)

/**
 * firmware_finding_get_kind:
 * @self: a finding
 *
 * Returns: what was found
 */
FirmwareFindingKind
firmware_finding_get_kind (FirmwareFinding *self)
{
  g_return_val_if_fail (FIRMWARE_IS_FINDING (self), FIRMWARE_FINDING_OTHER_CHIP);

  return self->kind;
}

/**
 * firmware_finding_get_severity:
 * @self: a finding
 *
 * Gets how much it weighs, which follows from what was found.
 *
 * Returns: the severity
 */
FirmwareSeverity
firmware_finding_get_severity (FirmwareFinding *self)
{
  g_return_val_if_fail (FIRMWARE_IS_FINDING (self), FIRMWARE_SEVERITY_NOTE);

  switch (self->kind) {
  case FIRMWARE_FINDING_OTHER_CHIP:
  case FIRMWARE_FINDING_IMAGE_CUT:
  case FIRMWARE_FINDING_IMAGE_CHECKSUM:
  case FIRMWARE_FINDING_IMAGE_HASH:
  case FIRMWARE_FINDING_TABLE_DAMAGED:
  case FIRMWARE_FINDING_BOOTLOADER_MISPLACED:
  case FIRMWARE_FINDING_APPLICATION_HOMELESS:
  case FIRMWARE_FINDING_APPLICATION_TOO_LARGE:
  case FIRMWARE_FINDING_TABLE_BEYOND_BOOTLOADER:
  case FIRMWARE_FINDING_NO_HEADER:
  case FIRMWARE_FINDING_NO_CHIP:
    return FIRMWARE_SEVERITY_ERROR;
  case FIRMWARE_FINDING_TABLE_ENTRY:
  case FIRMWARE_FINDING_PART_TOO_LARGE:
  case FIRMWARE_FINDING_ACROSS_PARTITIONS:
  case FIRMWARE_FINDING_BOOTLOADER_HASH:
  case FIRMWARE_FINDING_UNRECOGNISED:
  case FIRMWARE_FINDING_OVERWRITES:
  case FIRMWARE_FINDING_TABLE_BEYOND_FLASH:
  case FIRMWARE_FINDING_HEADER_FLASH_SIZE:
  case FIRMWARE_FINDING_SIGNED:
  case FIRMWARE_FINDING_SIGNATURE_DAMAGED:
  case FIRMWARE_FINDING_ENCRYPTED:
  case FIRMWARE_FINDING_ALONE:
  case FIRMWARE_FINDING_USB_PINS:
  case FIRMWARE_FINDING_TAKEN_RAW:
    return FIRMWARE_SEVERITY_WARNING;
  case FIRMWARE_FINDING_PLACE_PROPOSED:
  case FIRMWARE_FINDING_TABLE_MOVED:
  case FIRMWARE_FINDING_NO_PARAMETERS:
  case FIRMWARE_FINDING_PART_UNCUT:
  case FIRMWARE_FINDING_NO_HASH:
  case FIRMWARE_FINDING_IDF_VERSIONS:
  case FIRMWARE_FINDING_LEFT_UNTOUCHED:
  case FIRMWARE_FINDING_REST_LEFT_OUT:
  case FIRMWARE_FINDING_BUILD_TAKEN:
  case FIRMWARE_FINDING_IMAGE_MADE:
  case FIRMWARE_FINDING_BOOT_PINS:
  case FIRMWARE_FINDING_RENAMED:
    break;
  }

  return FIRMWARE_SEVERITY_NOTE;
}

/**
 * firmware_finding_get_part:
 * @self: a finding
 *
 * Gets the name of the part that it is about.
 *
 * Returns: (transfer none) (nullable): the name, or %NULL when it is about the whole firmware
 */
const char *
firmware_finding_get_part (FirmwareFinding *self)
{
  g_return_val_if_fail (FIRMWARE_IS_FINDING (self), NULL);

  return self->part;
}

/**
 * firmware_finding_get_found:
 * @self: a finding
 *
 * Gets what there is; see #FirmwareFindingKind. Addresses are like "0x00010000", sizes are decimal
 * numbers of bytes, chips like "ESP32-S2".
 *
 * Returns: (transfer none) (nullable): the value
 */
const char *
firmware_finding_get_found (FirmwareFinding *self)
{
  g_return_val_if_fail (FIRMWARE_IS_FINDING (self), NULL);

  return self->found;
}

/**
 * firmware_finding_get_expected:
 * @self: a finding
 *
 * Gets what there should be, written as firmware_finding_get_found() is.
 *
 * Returns: (transfer none) (nullable): the value
 */
const char *
firmware_finding_get_expected (FirmwareFinding *self)
{
  g_return_val_if_fail (FIRMWARE_IS_FINDING (self), NULL);

  return self->expected;
}

static void
firmware_finding_get_property (GObject *object, guint property, GValue *value, GParamSpec *pspec)
{
  FirmwareFinding *self = FIRMWARE_FINDING (object);

  switch (property) {
  case PROP_KIND:
    g_value_set_enum (value, self->kind);
    break;
  case PROP_SEVERITY:
    g_value_set_enum (value, firmware_finding_get_severity (self));
    break;
  case PROP_PART:
    g_value_set_string (value, self->part);
    break;
  case PROP_FOUND:
    g_value_set_string (value, self->found);
    break;
  case PROP_EXPECTED:
    g_value_set_string (value, self->expected);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property, pspec);
  }
}

static void
firmware_finding_finalize (GObject *object)
{
  FirmwareFinding *self = FIRMWARE_FINDING (object);

  g_clear_pointer (&self->part, g_free);
  g_clear_pointer (&self->found, g_free);
  g_clear_pointer (&self->expected, g_free);

  G_OBJECT_CLASS (firmware_finding_parent_class)->finalize (object);
}

static void
firmware_finding_class_init (FirmwareFindingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = firmware_finding_get_property;
  object_class->finalize = firmware_finding_finalize;

  /**
   * FirmwareFinding:kind:
   *
   * What was found.
   */
  properties[PROP_KIND] =
    g_param_spec_enum ("kind", NULL, NULL, FIRMWARE_TYPE_FINDING_KIND, FIRMWARE_FINDING_OTHER_CHIP,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * FirmwareFinding:severity:
   *
   * How much it weighs.
   */
  properties[PROP_SEVERITY] =
    g_param_spec_enum ("severity", NULL, NULL, FIRMWARE_TYPE_SEVERITY, FIRMWARE_SEVERITY_NOTE,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * FirmwareFinding:part:
   *
   * The name of the part that it is about.
   */
  properties[PROP_PART] =
    g_param_spec_string ("part", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * FirmwareFinding:found:
   *
   * What there is.
   */
  properties[PROP_FOUND] =
    g_param_spec_string ("found", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  /**
   * FirmwareFinding:expected:
   *
   * What there should be.
   */
  properties[PROP_EXPECTED] =
    g_param_spec_string ("expected", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
firmware_finding_init (FirmwareFinding *self)
{
}

/**
 * firmware_finding_new:
 * @kind: what was found
 * @part: (nullable): the part that it is about
 * @found: (nullable): what there is
 * @expected: (nullable): what there should be
 *
 * Creates a finding; see #FirmwareFindingKind for what the values mean.
 *
 * Returns: (transfer full): a finding
 */
FirmwareFinding *
firmware_finding_new (FirmwareFindingKind kind,
                      const char *part,
                      const char *found,
                      const char *expected)
{
  FirmwareFinding *self = g_object_new (FIRMWARE_TYPE_FINDING, NULL);

  self->kind = kind;
  self->part = g_strdup (part);
  self->found = g_strdup (found);
  self->expected = g_strdup (expected);

  return self;
}
