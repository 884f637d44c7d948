/* bootlace-setup-voice.c: the setup window for those who read with the ears
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bootlace-setup-voice.h"

#include "bootlace-announce.h"
#include "bootlace-check-row.h"
#include "bootlace-focus-keeper.h"

struct _BootlaceSetupVoice {
  GObject parent_instance;

  GtkWindow *window; /* borrowed: it owns this */
  GtkListBox *list;  /* borrowed, in the window; of BootlaceCheckRow */
  SetupAssistant *assistant;
  BootlaceSetupStatus *status;
  BootlaceFocusKeeper *focus_keeper;

  char *announced;   /* nullable: what was said last */
  guint announce_id; /* the source that will say something */
  gboolean leading;  /* whether the focus is to go to what is found to be in the way */
};

G_DEFINE_FINAL_TYPE (BootlaceSetupVoice, bootlace_setup_voice, G_TYPE_OBJECT)

static void
focus_check (BootlaceSetupVoice *self, SetupCheck *check)
{
  GtkListBoxRow *row = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (bootlace_check_row_get_check (BOOTLACE_CHECK_ROW (row)) == check)
      bootlace_check_row_focus (BOOTLACE_CHECK_ROW (row));
}

/* Once, and only as long as the person has not moved it. */
static void
lead (BootlaceSetupVoice *self)
{
  if (!self->leading || setup_assistant_is_busy (self->assistant))
    return;

  self->leading = FALSE;
  if (!bootlace_focus_keeper_has_moved (self->focus_keeper))
    focus_check (self, setup_assistant_get_worst (self->assistant));
}

static gboolean
announce_cb (gpointer user_data)
{
  BootlaceSetupVoice *self = user_data;
  g_autofree char *text = bootlace_setup_status_dup_announcement (self->status);

  self->announce_id = 0;
  lead (self);
  if (g_strcmp0 (self->announced, text) != 0)
    bootlace_announce (GTK_WIDGET (self->window), text);
  g_free (self->announced);
  self->announced = g_steal_pointer (&text);

  return G_SOURCE_REMOVE;
}

/* Many answers come at once, and are worth one sentence. */
static void
changed_cb (BootlaceSetupVoice *self)
{
  if (self->announce_id == 0)
    self->announce_id = g_idle_add_full (G_PRIORITY_DEFAULT, announce_cb, self, NULL);
}

static void
bootlace_setup_voice_dispose (GObject *object)
{
  BootlaceSetupVoice *self = BOOTLACE_SETUP_VOICE (object);

  g_clear_handle_id (&self->announce_id, g_source_remove);
  g_clear_object (&self->focus_keeper);
  g_clear_object (&self->status);
  g_clear_object (&self->assistant);
  g_clear_pointer (&self->announced, g_free);

  G_OBJECT_CLASS (bootlace_setup_voice_parent_class)->dispose (object);
}

static void
bootlace_setup_voice_class_init (BootlaceSetupVoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bootlace_setup_voice_dispose;
}

static void
bootlace_setup_voice_init (BootlaceSetupVoice *self)
{
}

/**
 * bootlace_setup_voice_new:
 * @list: the questions, in a window that lets go of the voice when it is disposed
 * @assistant: whose answers are shown
 * @status: what they come to
 *
 * Returns: (transfer full): a voice, at work
 */
BootlaceSetupVoice *
bootlace_setup_voice_new (GtkListBox *list, SetupAssistant *assistant, BootlaceSetupStatus *status)
{
  BootlaceSetupVoice *self = NULL;

  g_return_val_if_fail (GTK_IS_LIST_BOX (list), NULL);
  g_return_val_if_fail (SETUP_IS_ASSISTANT (assistant), NULL);
  g_return_val_if_fail (BOOTLACE_IS_SETUP_STATUS (status), NULL);

  self = g_object_new (BOOTLACE_TYPE_SETUP_VOICE, NULL);
  self->window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (list)));
  self->list = list;
  self->assistant = g_object_ref (assistant);
  self->status = g_object_ref (status);
  self->focus_keeper = bootlace_focus_keeper_new (self->window);

  g_signal_connect_object (status, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (assistant, "notify::busy", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}

/**
 * bootlace_setup_voice_lead:
 * @self: a voice
 *
 * Moves the keyboard's focus to the question to look at first, as soon as that is known.
 */
void
bootlace_setup_voice_lead (BootlaceSetupVoice *self)
{
  g_return_if_fail (BOOTLACE_IS_SETUP_VOICE (self));

  self->leading = TRUE;
  bootlace_focus_keeper_watch (self->focus_keeper,
                               GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, 0)));
  changed_cb (self);
}
