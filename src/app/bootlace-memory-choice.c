/* bootlace-memory-choice.c: which of a board's memories is meant
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-memory-choice.h"

#include <glib/gi18n.h>

#include "dfu-alternates.h"
#include "dfu-memory-layout.h"

#define UNDECIDED 0 /* the position of “Choose…” */

struct _BootlaceMemoryChoice {
  GObject parent_instance;

  DfuDevice *device;
  FirmwareImage *image;      /* nullable: what has to find a place */
  GPtrArray *alternates;     /* nullable: of DfuAlternate, once they were read */
  gboolean is_of_interfaces; /* whether each choice stands for all of its interface */
  GPtrArray *choices;        /* those of the alternates that are offered */
  GPtrArray *refusals;       /* of GError, one for each choice: NULL where the firmware fits */
  GtkStringList *labels;
  guint selected;

  GCancellable *reading; /* nullable: of the reading that is under way */
};

enum {
  PROP_0,
  PROP_DEVICE,
  PROP_LABELS,
  PROP_SELECTED,
  PROP_OFFERED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BootlaceMemoryChoice, bootlace_memory_choice, G_TYPE_OBJECT)

static char *
dup_label (const DfuAlternate *alternate)
{
  if (alternate->name == NULL)
    /* Translators: a memory of a board that has only a number */
    return g_strdup_printf (_ ("Memory %u"), alternate->number);

  /* Translators: the number and the name of a memory of a board, like "0 · Internal Flash" */
  return g_strdup_printf (C_ ("memory", "%u · %s"), alternate->number, alternate->name);
}

static char *
dup_label_with_interface (const DfuAlternate *alternate)
{
  if (alternate->name == NULL)
    /* Translators: a memory of a board where each USB interface has memories of its own */
    return g_strdup_printf (_ ("Interface %u, memory %u"), alternate->interface, alternate->number);

  /* Translators: the same of a memory with a name, like "Interface 1, 0 · Internal Flash" */
  return g_strdup_printf (_ ("Interface %u, %u · %s"), alternate->interface, alternate->number,
                          alternate->name);
}

/* With DfuSe the name stands before the layout. */
static char *
dup_label_of_interface (const DfuAlternate *first)
{
  g_autoptr (DfuMemoryLayout) layout =
    first->name != NULL ? dfu_memory_layout_parse (first->name, NULL) : NULL;

  if (layout == NULL)
    /* Translators: a USB interface of a board that leads to memories of its own */
    return g_strdup_printf (_ ("Interface %u"), first->interface);

  /* Translators: the same, and the name of its first memory, like "Interface 1 · Internal Flash" */
  return g_strdup_printf (_ ("Interface %u · %s"), first->interface,
                          dfu_memory_layout_get_name (layout));
}

static char *
dup_fitting_label (BootlaceMemoryChoice *self, const DfuAlternate *alternate)
{
  if (self->is_of_interfaces)
    return dup_label_of_interface (alternate);

  return dfu_device_get_interface (self->device)->n_interfaces > 1
           ? dup_label_with_interface (alternate)
           : dup_label (alternate);
}

static void
set_selected (BootlaceMemoryChoice *self, guint selected)
{
  if (self->selected == selected)
    return;

  self->selected = selected;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

static void
free_refusal (gpointer refusal)
{
  g_clear_error ((GError **) &refusal);
}

static void
judge (BootlaceMemoryChoice *self)
{
  g_ptr_array_set_size (self->refusals, 0);
  for (guint i = 0; i < self->choices->len; i++) {
    GError *refusal = NULL;

    if (self->image != NULL)
      dfu_device_accepts_at (self->device, self->image, self->alternates, self->choices->pdata[i],
                             &refusal);
    g_ptr_array_add (self->refusals, refusal);
  }
}

static char *
dup_label_and_fitness (BootlaceMemoryChoice *self, guint i)
{
  g_autofree char *label = dup_fitting_label (self, self->choices->pdata[i]);

  if (self->refusals->pdata[i] == NULL)
    return g_steal_pointer (&label);

  /* Translators: %s is a memory of a board that has no place for the firmware, like
   * "Interface 1 · Flash" */
  return g_strdup_printf (_ ("%s · does not fit"), label);
}

static gboolean
has_labels (BootlaceMemoryChoice *self, GStrv labels)
{
  for (guint i = 0; labels[i] != NULL; i++)
    if (g_strcmp0 (labels[i], gtk_string_list_get_string (self->labels, i + 1)) != 0)
      return FALSE;

  return TRUE;
}

/* The list forgets what was selected when its items are others. */
static void
relabel (BootlaceMemoryChoice *self)
{
  const guint n_labels = g_list_model_get_n_items (G_LIST_MODEL (self->labels)) - 1;
  const guint selected = self->selected;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) labels = NULL;

  for (guint i = 0; i < self->choices->len; i++) {
    g_autofree char *label = dup_label_and_fitness (self, i);

    g_strv_builder_add (builder, label);
  }

  labels = g_strv_builder_end (builder);
  if (n_labels == self->choices->len && has_labels (self, labels))
    return;

  gtk_string_list_splice (self->labels, 1, n_labels, (const char *const *) labels);
  set_selected (self, selected <= self->choices->len ? selected : UNDECIDED);
}

static void
take_alternates (BootlaceMemoryChoice *self, GPtrArray *alternates)
{
  self->alternates = alternates;
  for (guint i = 0; i < alternates->len; i++)
    if (!self->is_of_interfaces || dfu_alternates_is_first (alternates, i))
      g_ptr_array_add (self->choices, alternates->pdata[i]);

  judge (self);
  relabel (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OFFERED]);
}

static void
read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (BootlaceMemoryChoice) self = user_data;
  GPtrArray *alternates = dfu_alternates_read_all_finish (result, NULL);

  /* Stopped; perhaps to begin anew. */
  if (alternates == NULL)
    return;

  g_clear_object (&self->reading);
  take_alternates (self, alternates);
}

/* Firmware for a DfuSe board says itself to which memory of an interface it goes. */
static void
start_reading (BootlaceMemoryChoice *self)
{
  const DfuInterface *interface = dfu_device_get_interface (self->device);

  self->is_of_interfaces = dfu_interface_takes_addresses (interface);
  self->reading = g_cancellable_new ();
  dfu_alternates_read_all_async (interface, dfu_device_get_usb_device (self->device), self->reading,
                                 read_cb, g_object_ref (self));
}

static void
stop_reading (BootlaceMemoryChoice *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static gboolean
is_needed (BootlaceMemoryChoice *self)
{
  return dfu_choice_is_needed (dfu_device_get_interface (self->device));
}

/* Returns why not, where the firmware has a place nowhere. */
static const GError *
find_common_refusal (BootlaceMemoryChoice *self)
{
  for (guint i = 0; i < self->refusals->len; i++)
    if (self->refusals->pdata[i] == NULL)
      return NULL;

  return self->refusals->len > 0 ? self->refusals->pdata[0] : NULL;
}

/**
 * bootlace_memory_choice_is_missing:
 * @self: a choice
 *
 * Asks the board nothing.
 *
 * Returns: whether the board cannot be flashed before the person has chosen
 */
gboolean
bootlace_memory_choice_is_missing (BootlaceMemoryChoice *self)
{
  g_return_val_if_fail (BOOTLACE_IS_MEMORY_CHOICE (self), FALSE);

  return self->selected == UNDECIDED && is_needed (self);
}

/**
 * bootlace_memory_choice_check:
 * @self: a choice
 * @error: return location for why not
 *
 * Returns: whether the firmware has a place in what is chosen, or in one that may be chosen yet, as
 *   far as that is known
 */
gboolean
bootlace_memory_choice_check (BootlaceMemoryChoice *self, GError **error)
{
  const GError *refusal;

  g_return_val_if_fail (BOOTLACE_IS_MEMORY_CHOICE (self), FALSE);

  refusal = self->selected != UNDECIDED ? self->refusals->pdata[self->selected - 1]
                                        : find_common_refusal (self);
  if (refusal == NULL)
    return TRUE;

  g_propagate_error (error, g_error_copy (refusal));
  return FALSE;
}

/**
 * bootlace_memory_choice_set_image:
 * @self: a choice
 * @image: (nullable): the firmware, if it is for the board at all
 *
 * Finds out which memories have a place for it.
 */
void
bootlace_memory_choice_set_image (BootlaceMemoryChoice *self, FirmwareImage *image)
{
  g_return_if_fail (BOOTLACE_IS_MEMORY_CHOICE (self));

  if (!g_set_object (&self->image, image))
    return;

  judge (self);
  relabel (self);
}

/**
 * bootlace_memory_choice_get:
 * @self: a choice
 * @choice: (out caller-allocates): the same for a job; of the only memory where nothing was chosen
 */
void
bootlace_memory_choice_get (BootlaceMemoryChoice *self, DfuChoice *choice)
{
  const DfuAlternate *alternate;

  g_return_if_fail (BOOTLACE_IS_MEMORY_CHOICE (self));
  g_return_if_fail (choice != NULL);

  dfu_choice_init (choice);
  if (self->selected == UNDECIDED)
    return;

  alternate = self->choices->pdata[self->selected - 1];
  choice->interface = alternate->interface;
  if (!self->is_of_interfaces)
    choice->alternate = alternate->number;
}

/**
 * bootlace_memory_choice_set_asking:
 * @self: a choice
 * @asking: whether the board may be asked now
 *
 * Asks the board what its memories are called, where that is needed and not known yet; or lets it
 * be, for whatever else is to be done with it.
 */
void
bootlace_memory_choice_set_asking (BootlaceMemoryChoice *self, gboolean asking)
{
  g_return_if_fail (BOOTLACE_IS_MEMORY_CHOICE (self));

  if (!asking)
    stop_reading (self);
  else if (self->alternates == NULL && self->reading == NULL && is_needed (self))
    start_reading (self);
}

/**
 * bootlace_memory_choice_take_back:
 * @self: a choice
 *
 * Nothing is chosen any more: the firmware is another.
 */
void
bootlace_memory_choice_take_back (BootlaceMemoryChoice *self)
{
  g_return_if_fail (BOOTLACE_IS_MEMORY_CHOICE (self));

  set_selected (self, UNDECIDED);
}

/**
 * bootlace_memory_choice_forget:
 * @self: a choice
 *
 * Nothing is known any more: the board may be another.
 */
void
bootlace_memory_choice_forget (BootlaceMemoryChoice *self)
{
  g_return_if_fail (BOOTLACE_IS_MEMORY_CHOICE (self));

  stop_reading (self);
  set_selected (self, UNDECIDED);
  if (self->alternates == NULL)
    return;

  g_ptr_array_set_size (self->choices, 0);
  judge (self);
  relabel (self);
  g_clear_pointer (&self->alternates, g_ptr_array_unref);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OFFERED]);
}

static void
bootlace_memory_choice_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BootlaceMemoryChoice *self = BOOTLACE_MEMORY_CHOICE (object);

  switch (id) {
  case PROP_LABELS:
    g_value_set_object (value, self->labels);
    break;
  case PROP_SELECTED:
    g_value_set_uint (value, self->selected);
    break;
  case PROP_OFFERED:
    g_value_set_boolean (value, self->alternates != NULL);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_memory_choice_set_property (GObject *object,
                                     guint id,
                                     const GValue *value,
                                     GParamSpec *pspec)
{
  BootlaceMemoryChoice *self = BOOTLACE_MEMORY_CHOICE (object);
  guint selected;

  switch (id) {
  case PROP_DEVICE:
    self->device = g_value_dup_object (value);
    break;
  case PROP_SELECTED:
    selected = g_value_get_uint (value);
    if (selected <= self->choices->len)
      set_selected (self, selected);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
bootlace_memory_choice_finalize (GObject *object)
{
  BootlaceMemoryChoice *self = BOOTLACE_MEMORY_CHOICE (object);

  g_clear_object (&self->device);
  g_clear_object (&self->image);
  g_clear_object (&self->labels);
  g_clear_pointer (&self->choices, g_ptr_array_unref);
  g_clear_pointer (&self->refusals, g_ptr_array_unref);
  g_clear_pointer (&self->alternates, g_ptr_array_unref);

  G_OBJECT_CLASS (bootlace_memory_choice_parent_class)->finalize (object);
}

static void
bootlace_memory_choice_class_init (BootlaceMemoryChoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags given = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bootlace_memory_choice_get_property;
  object_class->set_property = bootlace_memory_choice_set_property;
  object_class->finalize = bootlace_memory_choice_finalize;

  properties[PROP_DEVICE] = g_param_spec_object ("device", NULL, NULL, DFU_TYPE_DEVICE, given);
  properties[PROP_LABELS] = g_param_spec_object ("labels", NULL, NULL, G_TYPE_LIST_MODEL, shown);
  properties[PROP_SELECTED] =
    g_param_spec_uint ("selected", NULL, NULL, 0, G_MAXUINT, UNDECIDED, G_PARAM_WRITABLE | shown);
  properties[PROP_OFFERED] = g_param_spec_boolean ("offered", NULL, NULL, FALSE, shown);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bootlace_memory_choice_init (BootlaceMemoryChoice *self)
{
  self->choices = g_ptr_array_new ();
  self->refusals = g_ptr_array_new_with_free_func (free_refusal);
  self->labels = gtk_string_list_new (NULL);
  /* Translators: no memory of the board is chosen yet */
  gtk_string_list_append (self->labels, _ ("Choose…"));
}

/**
 * bootlace_memory_choice_new:
 * @device: a board's device
 *
 * Returns: (transfer full): a choice that nobody has made yet
 */
BootlaceMemoryChoice *
bootlace_memory_choice_new (DfuDevice *device)
{
  return g_object_new (BOOTLACE_TYPE_MEMORY_CHOICE, "device", device, NULL);
}
