/* SPDX-License-Identifier: MIT */
#include "roles.h"

#include <string.h>

#include "slice.h"
#include "why.h"

enum { SPELLINGS = 12 };

/* The names that exports use, the most telling first; case, blanks, - and _ do not matter.  The
 * first is the role's own. */
static const char *const spellings[ROLES][SPELLINGS] = {
    [ROLE_ID] = {"id", "ticket id", "ticket", "ticket number", "issue key", "key", "number",
                 "case number", "reference"},
    [ROLE_SUBJECT] = {"subject", "title", "summary", "short description", "ticket name"},
    [ROLE_PRIORITY] = {"priority", "ticket priority"},
    [ROLE_STATUS] = {"status", "ticket status", "state", "ticket state", "incident state"},
    [ROLE_CREATED] = {"created", "created at", "created on", "created time", "date created",
                      "create date", "creation date", "opened", "opened at", "received at"},
    [ROLE_FIRST_RESPONSE] = {"first response", "first response at", "first responded at",
                             "first reply", "first reply at", "first replied at",
                             "initial response at", "initial response time",
                             "first agent email response date"},
    [ROLE_WAITING_SINCE] = {"waiting since", "customer waiting since", "awaiting reply since"},
    [ROLE_SOLVED] = {"solved", "solved at", "resolved", "resolved at", "date solved",
                     "date resolved", "resolution date", "resolved time", "close date", "closed at"},
    [ROLE_STATUS_SINCE] = {"status since", "status changed", "status changed at",
                           "status updated at", "in status since", "state since"},
    [ROLE_PAUSED] = {"paused", "paused for", "paused seconds", "pause", "time paused"},
};

const char *role_name(enum role role) { return spellings[role][0]; }

/* The column of this name; two of them are one too many to choose from. */
static bool find_column(char *const *names, size_t count, slice name, size_t *column, bytes *why) {
  *column = NO_COLUMN;
  for (size_t i = 0; i < count; i++) {
    if (!slice_is_word(name, names[i])) continue;
    if (*column != NO_COLUMN) {
      bytes_format(why, "two columns are named '" SLICE_FORMAT "'", SLICE_ARGUMENTS(name));
      return false;
    }
    *column = i;
  }
  return true;
}

static const char *told_by(void) { return program_has_file ? "columns" : "--column"; }

/* "created=opened": the role and its column; "paused=": no column plays that role. */
static bool assign(size_t of[ROLES], bool unused[ROLES], char *const *names, size_t count,
                   slice item, bytes *why) {
  slice role, name;
  if (!slice_cut(item, '=', &role, &name)) {
    bytes_format(why, "--column: '" SLICE_FORMAT "' is not 'role=name of a column'",
                 SLICE_ARGUMENTS(item));
    return false;
  }
  for (int i = 0; i < ROLES; i++) {
    if (!slice_is_word(role, role_name((enum role)i))) continue;
    unused[i] = name.length == 0;
    if (unused[i]) return true;
    if (!find_column(names, count, name, &of[i], why)) return false;
    if (of[i] != NO_COLUMN) return true;
    bytes_format(why, "%s: there is no column '" SLICE_FORMAT "'", told_by(),
                 SLICE_ARGUMENTS(name));
    return false;
  }
  bytes_format(why, "--column: '" SLICE_FORMAT "' is none of", SLICE_ARGUMENTS(role));
  for (int i = 0; i < ROLES; i++)
    bytes_format(why, "%s %s", i == 0 ? "" : ",", role_name((enum role)i));
  return false;
}

static bool find_by_spelling(size_t *column, enum role role, char *const *names, size_t count,
                             bytes *why) {
  for (int i = 0; i < SPELLINGS && spellings[role][i] != NULL && *column == NO_COLUMN; i++)
    if (!find_column(names, count, slice_of(spellings[role][i]), column, why)) return false;
  return true;
}

static bool created_is_missing(char *const *names, size_t count, bytes *why) {
  bytes_format(why, "no column says when a ticket was created (%s created%sNAME names it); the"
               " columns are", told_by(), program_has_file ? ": " : "=");
  for (size_t i = 0; i < count && i < 30; i++)
    bytes_format(why, "%s '%.60s'", i == 0 ? "" : ",", names[i]);
  if (count == 1 && strpbrk(names[0], ";\t|") != NULL)
    bytes_add_text(why, "; fields must be separated by commas");
  return false;
}

bool roles_find(size_t of[ROLES], char *const *names, size_t count, const char *assignments,
                bytes *why) {
  slice rest = slice_of(assignments), item;
  bool unused[ROLES] = {false};
  for (int i = 0; i < ROLES; i++) of[i] = NO_COLUMN;
  while (rest.length != 0 && slice_next(&rest, ',', &item))
    if (!assign(of, unused, names, count, item, why)) return false;
  for (int i = 0; i < ROLES; i++)
    if (!unused[i] && !find_by_spelling(&of[i], (enum role)i, names, count, why)) return false;
  return of[ROLE_CREATED] != NO_COLUMN || created_is_missing(names, count, why);
}

static void note(enum role role, const char *what, const char *so) {
  bytes sentence = {0};
  bytes_format(&sentence, "note: no column says %s (%s '%s%sNAME' names it), so %s", what,
               told_by(), role_name(role), program_has_file ? ": " : "=", so);
  complain(bytes_text(&sentence));
  bytes_free(&sentence);
}

void roles_note_missing(const size_t of[ROLES], const uint32_t *metrics, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (metrics[i] == SLA_FIRST_RESPONSE && of[ROLE_FIRST_RESPONSE] == NO_COLUMN)
      note(ROLE_FIRST_RESPONSE, "when somebody first replied",
           "every ticket waits for its first reply");
    if (metrics[i] == SLA_NEXT_RESPONSE && of[ROLE_WAITING_SINCE] == NO_COLUMN)
      note(ROLE_WAITING_SINCE, "since when a customer waits", "no ticket waits for another reply");
    if (metrics[i] == SLA_RESOLUTION && of[ROLE_SOLVED] == NO_COLUMN &&
        of[ROLE_STATUS] == NO_COLUMN)
      note(ROLE_SOLVED, "when a ticket was solved", "no ticket is solved");
  }
}
