/* setup-zadig-guide.h: three clicks in Zadig's window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "setup-zadig.h"

G_BEGIN_DECLS

/**
 * SetupZadigPart:
 * @SETUP_ZADIG_PART_LIST: the list of devices at the top
 * @SETUP_ZADIG_PART_DRIVER: the driver to the right of the green arrow, and the id below it
 * @SETUP_ZADIG_PART_BUTTON: the button below them
 *
 * What a step is about, in the order in which Zadig's window has it.
 */
typedef enum {
  SETUP_ZADIG_PART_LIST,
  SETUP_ZADIG_PART_DRIVER,
  SETUP_ZADIG_PART_BUTTON,
} SetupZadigPart;

/**
 * SetupZadigStep:
 * @part: what it is about
 * @title: what to do, a few words, translated
 * @text: how, a sentence or two, translated
 *
 * A step.
 */
typedef struct {
  SetupZadigPart part;
  char *title;
  char *text;
} SetupZadigStep;

GPtrArray *setup_zadig_list_steps (const SetupZadigTarget *target);
char **setup_zadig_list_warnings (const SetupZadigTarget *target);
char *setup_zadig_dup_remedy (const SetupZadigTarget *target, const char *folder);
char *setup_zadig_dup_origin (const char *path);

G_END_DECLS
