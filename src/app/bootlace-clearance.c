/* bootlace-clearance.c: whether the chosen firmware may be flashed at all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-clearance.h"

struct _BootlaceClearance {
  GObject parent_instance;

  FirmwareImage *image; /* nullable */
  gboolean consent;
  gboolean written_beside;
  BootlaceVerdict verdict;
};

enum {
  PROP_0,
  PROP_IMAGE,
  PROP_CONSENT,
  PROP_WRITTEN_BESIDE,
  PROP_VERDICT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ENUM_TYPE (BootlaceVerdict,
                    bootlace_verdict,
                    G_DEFINE_ENUM_VALUE (BOOTLACE_VERDICT_NOTHING, "nothing"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_VERDICT_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_VERDICT_NEEDS_CONSENT, "needs-consent"),
                    G_DEFINE_ENUM_VALUE (BOOTLACE_VERDICT_CLEAR, "clear"))

G_DEFINE_FINAL_TYPE (BootlaceClearance, bootlace_clearance, G_TYPE_OBJECT)

static BootlaceVerdict
find_verdict (BootlaceClearance *self)
{
  if (self->image == NULL)
    return BOOTLACE_VERDICT_NOTHING;
  if (bootlace_clearance_count (self, FIRMWARE_SEVERITY_ERROR) > 0)
    return BOOTLACE_VERDICT_REFUSED;
  if (bootlace_clearance_count (self, FIRMWARE_SEVERITY_WARNING) > 0 && !self->consent)
    return BOOTLACE_VERDICT_NEEDS_CONSENT;

  return BOOTLACE_VERDICT_CLEAR;
}

static void
derive (BootlaceClearance *self)
{
  BootlaceVerdict verdict = find_verdict (self);

  if (self->verdict == verdict)
    return;

  self->verdict = verdict;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VERDICT]);
}

static void
store_consent (BootlaceClearance *self, gboolean consent)
{
  if (self->consent == consent)
    return;

  self->consent = consent;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CONSENT]);
}

/**
 * bootlace_clearance_get_verdict:
 * @self: a clearance
 *
 * Returns: whether the firmware may be flashed, and if not, why
 */
BootlaceVerdict
bootlace_clearance_get_verdict (BootlaceClearance *self)
{
  g_return_val_if_fail (BOOTLACE_IS_CLEARANCE (self), BOOTLACE_VERDICT_NOTHING);

  return self->verdict;
}

/**
 * bootlace_clearance_get_consent:
 * @self: a clearance
 *
 * Returns: whether a person agreed to the warnings
 */
gboolean
bootlace_clearance_get_consent (BootlaceClearance *self)
{
  g_return_val_if_fail (BOOTLACE_IS_CLEARANCE (self), FALSE);

  return self->consent;
}

/**
 * bootlace_clearance_matters:
 * @self: a clearance
 * @finding: something that was found in the firmware
 *
 * Returns: whether it matters to the boards that would be flashed
 */
gboolean
bootlace_clearance_matters (BootlaceClearance *self, FirmwareFinding *finding)
{
  g_return_val_if_fail (BOOTLACE_IS_CLEARANCE (self), TRUE);
  g_return_val_if_fail (FIRMWARE_IS_FINDING (finding), TRUE);

  return !self->written_beside || firmware_finding_get_kind (finding) != FIRMWARE_FINDING_ALONE;
}

/**
 * bootlace_clearance_count:
 * @self: a clearance
 * @severity: how bad
 *
 * Returns: how many findings of this severity matter to the boards that would be flashed
 */
guint
bootlace_clearance_count (BootlaceClearance *self, FirmwareSeverity severity)
{
  GListModel *findings;
  guint n = 0;

  g_return_val_if_fail (BOOTLACE_IS_CLEARANCE (self), 0);

  if (self->image == NULL)
    return 0;

  findings = firmware_image_get_findings (self->image);
  for (guint i = 0; i < g_list_model_get_n_items (findings); i++) {
    g_autoptr (FirmwareFinding) finding = g_list_model_get_item (findings, i);

    n += firmware_finding_get_severity (finding) == severity &&
         bootlace_clearance_matters (self, finding);
  }

  return n;
}

/**
 * bootlace_clearance_set_image:
 * @self: a clearance
 * @image: (nullable): the firmware that is chosen
 *
 * Nobody agreed to anything about other firmware yet.
 */
void
bootlace_clearance_set_image (BootlaceClearance *self, FirmwareImage *image)
{
  g_return_if_fail (BOOTLACE_IS_CLEARANCE (self));
  g_return_if_fail (image == NULL || FIRMWARE_IS_IMAGE (image));

  if (!g_set_object (&self->image, image))
    return;

  g_object_freeze_notify (G_OBJECT (self));
  store_consent (self, FALSE);
  derive (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IMAGE]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * bootlace_clearance_set_consent:
 * @self: a clearance
 * @consent: whether a person agrees to the warnings
 */
void
bootlace_clearance_set_consent (BootlaceClearance *self, gboolean consent)
{
  g_return_if_fail (BOOTLACE_IS_CLEARANCE (self));

  g_object_freeze_notify (G_OBJECT (self));
  store_consent (self, consent);
  derive (self);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * bootlace_clearance_set_written_beside:
 * @self: a clearance
 * @written_beside: whether the boards that would be flashed leave everything as it is but the
 *   application
 */
void
bootlace_clearance_set_written_beside (BootlaceClearance *self, gboolean written_beside)
{
  g_return_if_fail (BOOTLACE_IS_CLEARANCE (self));

  if (self->written_beside == written_beside)
    return;

  self->written_beside = written_beside;
  g_object_freeze_notify (G_OBJECT (self));
  derive (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WRITTEN_BESIDE]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
bootlace_clearance_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceClearance *self = BOOTLACE_CLEARANCE (object);

  switch (id) {
  case PROP_IMAGE:
    g_value_set_object (value, self->image);
    break;
  case PROP_CONSENT:
    g_value_set_boolean (value, self->consent);
    break;
  case PROP_WRITTEN_BESIDE:
    g_value_set_boolean (value, self->written_beside);
    break;
  case PROP_VERDICT:
    g_value_set_enum (value, self->verdict);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_clearance_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BootlaceClearance *self = BOOTLACE_CLEARANCE (object);

  switch (id) {
  case PROP_IMAGE:
    bootlace_clearance_set_image (self, g_value_get_object (value));
    break;
  case PROP_CONSENT:
    bootlace_clearance_set_consent (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_clearance_dispose (GObject *object)
{
  g_clear_object (&BOOTLACE_CLEARANCE (object)->image);

  G_OBJECT_CLASS (bootlace_clearance_parent_class)->dispose (object);
}

static void
bootlace_clearance_class_init (BootlaceClearanceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bootlace_clearance_get_property;
  object_class->set_property = bootlace_clearance_set_property;
  object_class->dispose = bootlace_clearance_dispose;

  properties[PROP_IMAGE] =
    g_param_spec_object ("image", NULL, NULL, FIRMWARE_TYPE_IMAGE, G_PARAM_READWRITE | flags);
  properties[PROP_CONSENT] =
    g_param_spec_boolean ("consent", NULL, NULL, FALSE, G_PARAM_READWRITE | flags);
  properties[PROP_WRITTEN_BESIDE] =
    g_param_spec_boolean ("written-beside", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
  properties[PROP_VERDICT] = g_param_spec_enum ("verdict", NULL, NULL, BOOTLACE_TYPE_VERDICT,
                                                BOOTLACE_VERDICT_NOTHING, G_PARAM_READABLE | flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bootlace_clearance_init (BootlaceClearance *self)
{
}

/**
 * bootlace_clearance_new:
 *
 * Returns: (transfer full): a clearance without firmware
 */
BootlaceClearance *
bootlace_clearance_new (void)
{
  return g_object_new (BOOTLACE_TYPE_CLEARANCE, NULL);
}
