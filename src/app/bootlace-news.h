/* bootlace-news.h: what is told about the files of the loaded firmware
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BootlaceNewsKind:
 * @BOOTLACE_NEWS_NONE: the files are as they were read, or nobody needs to know
 * @BOOTLACE_NEWS_CHANGING: they are not complete
 * @BOOTLACE_NEWS_GONE: they are not there any more
 * @BOOTLACE_NEWS_WAITING: they are new, and boards are being flashed
 * @BOOTLACE_NEWS_OFFERING: they are new, and for another board
 * @BOOTLACE_NEWS_LOADED: they were new, and what they hold was loaded
 * @BOOTLACE_NEWS_LOADED_LATE: the same, after boards were given what was there before
 */
typedef enum {
  BOOTLACE_NEWS_NONE,
  BOOTLACE_NEWS_CHANGING,
  BOOTLACE_NEWS_GONE,
  BOOTLACE_NEWS_WAITING,
  BOOTLACE_NEWS_OFFERING,
  BOOTLACE_NEWS_LOADED,
  BOOTLACE_NEWS_LOADED_LATE,
} BootlaceNewsKind;

/**
 * BootlaceNews:
 *
 * Says the news, with their age, for as long as they are news. Sleeps until the age has changed in
 * a way that can be seen.
 *
 * Properties: "text" (a sentence or two, or %NULL).
 *
 * Signal "told": the text is about something new, not only older. To be announced.
 */
#define BOOTLACE_TYPE_NEWS (bootlace_news_get_type ())
G_DECLARE_FINAL_TYPE (BootlaceNews, bootlace_news, BOOTLACE, NEWS, GObject)

BootlaceNews *bootlace_news_new (void);

void bootlace_news_tell (BootlaceNews *self,
                         BootlaceNewsKind kind,
                         const char *title,
                         const char *chip,
                         gint64 time);

BootlaceNewsKind bootlace_news_get_kind (BootlaceNews *self);
const char *bootlace_news_get_text (BootlaceNews *self);

G_END_DECLS
