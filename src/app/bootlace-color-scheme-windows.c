/* bootlace-color-scheme-windows.c: whether Windows is light or dark, as its registry tells
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "bootlace-color-scheme.h"

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

/* There since Windows 10; Settings, Personalization, Colors changes it. */
#define PERSONALIZE L"Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize"
#define LIGHT_APPS L"AppsUseLightTheme"

struct _BootlaceColorSchemeWatch {
  BootlaceColorSchemeFunc func;
  gpointer user_data;

  HKEY key;
  HANDLE changed;
  GSource *source;
};

typedef struct {
  GSource parent_instance;

  GPollFD poll;
} HandleSource;

static gboolean
handle_source_prepare (GSource *source, int *timeout)
{
  *timeout = -1;
  return FALSE;
}

static gboolean
handle_source_check (GSource *source)
{
  return ((HandleSource *) source)->poll.revents != 0;
}

static gboolean
handle_source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return callback (user_data);
}

static GSourceFuncs handle_source_funcs = {
  .prepare = handle_source_prepare,
  .check = handle_source_check,
  .dispatch = handle_source_dispatch,
};

static GSource *
create_source (HANDLE handle)
{
  GSource *source = g_source_new (&handle_source_funcs, sizeof (HandleSource));
  HandleSource *self = (HandleSource *) source;

  self->poll.fd = (gintptr) handle;
  self->poll.events = G_IO_IN;
  g_source_add_poll (source, &self->poll);

  return source;
}

/* Once for each change that is to be told. */
static void
ask_for_changes (BootlaceColorSchemeWatch *self)
{
  RegNotifyChangeKeyValue (self->key, FALSE, REG_NOTIFY_CHANGE_LAST_SET, self->changed, TRUE);
}

static void
tell (BootlaceColorSchemeWatch *self)
{
  DWORD light = 1;
  DWORD size = sizeof light;
  LSTATUS status =
    RegGetValueW (self->key, NULL, LIGHT_APPS, RRF_RT_REG_DWORD, NULL, &light, &size);

  if (status == ERROR_SUCCESS)
    self->func (light == 0 ? BOOTLACE_COLOR_SCHEME_DARK : BOOTLACE_COLOR_SCHEME_LIGHT,
                self->user_data);
}

static gboolean
changed_cb (gpointer user_data)
{
  BootlaceColorSchemeWatch *self = user_data;

  ask_for_changes (self);
  tell (self);

  return G_SOURCE_CONTINUE;
}

static void
follow (BootlaceColorSchemeWatch *self)
{
  self->changed = CreateEventW (NULL, FALSE, FALSE, NULL);
  self->source = create_source (self->changed);
  g_source_set_callback (self->source, changed_cb, self, NULL);
  g_source_attach (self->source, NULL);

  changed_cb (self);
}

BootlaceColorSchemeWatch *
bootlace_color_scheme_watch_new (GDBusConnection *connection,
                                 BootlaceColorSchemeFunc func,
                                 gpointer user_data)
{
  BootlaceColorSchemeWatch *self = g_new0 (BootlaceColorSchemeWatch, 1);

  self->func = func;
  self->user_data = user_data;
  if (RegOpenKeyExW (HKEY_CURRENT_USER, PERSONALIZE, 0, KEY_READ, &self->key) == ERROR_SUCCESS)
    follow (self);

  return self;
}

void
bootlace_color_scheme_watch_free (BootlaceColorSchemeWatch *self)
{
  if (self->source != NULL) {
    g_source_destroy (self->source);
    g_source_unref (self->source);
    CloseHandle (self->changed);
    RegCloseKey (self->key);
  }

  g_free (self);
}
